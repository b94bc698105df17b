"""`paracorp glossary`: check, convert, stats and suggest, as a person runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.lexicon.termbase import read_termbase

HEADER = "id,kind,en,zh,he,status,note\n"
GOOD = (
    HEADER
    + "openai,company,OpenAI|Open AI,OpenAI,OpenAI|אופן איי.איי,preferred,case-sensitive\n"
    + "openai,company,OpenAl,,,forbidden,a slip\n"
    + 'us,place,United States|US,美国|美國,"ארה""ב|ארצות הברית",,\n'
)
BAD = (
    GOOD
    + "oracle,company,,,,,\n"  # 5: no variant
    + "us,place,America,,,,\n"  # 6: the entry stands in line 4
    + "usa,place,US,,,,\n"  # 7: us has the variant
    + "x y,place,Somewhere,,,good,\n"  # 8: id and status
    + "short,row\n"  # 9
)


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main(["glossary", *map(str, argv)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_check_passes_a_good_glossary(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", good)
    assert (code, out) == (0, "")
    assert "3 good entries, 0 problems" in err


def test_check_names_every_bad_row_duplicate_and_contradiction(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "check", bad)
    assert code == 3
    for line, what in ((5, "no variant"), (6, "line 4"), (7, "line 4"), (8, "one word"), (9, "2 cells")):
        assert any(f"bad.csv:{line}: " in row and what in row for row in out.split("\n")), (line, what)
    code, out, _ = run(capsys, "check", bad, "--json")
    assert code == 3
    result = json.loads(out)
    assert result["entries"] == 3
    assert [problem["line"] for problem in result["problems"]] == [5, 6, 7, 8, 8, 9]


@pytest.mark.parametrize("suffix", [".tbx", ".tsv", ".csv"])
def test_convert_loses_nothing_between_the_forms(
    good: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other, again = good.with_name(f"other{suffix}"), good.with_name("again.csv")
    code, out, err = run(capsys, "convert", good, other)
    assert (code, out, err) == (0, f"{other}\n", "")
    assert run(capsys, "check", other)[0] == 0
    assert run(capsys, "convert", other, again)[0] == 0
    assert list(read_termbase(again)) == list(read_termbase(good))


def test_convert_writes_the_older_tbx_when_told(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, again = good.with_name("other.tbx"), good.with_name("again.csv")
    assert run(capsys, "convert", good, other, "--tbx-version", "2")[0] == 0
    assert "<martif" in other.read_text(encoding="utf-8")
    assert run(capsys, "convert", other, again)[0] == 0
    assert list(read_termbase(again)) == list(read_termbase(good))
    assert run(capsys, "convert", good, other, "--tbx-version", "4")[0] == 2


def test_convert_says_what_the_target_cannot_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.tbx"
    source.write_text(
        '<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="a"><note>one\ntwo</note>'
        '<langSec xml:lang="en"><termSec><term>A|B</term></termSec><termSec><term>AB</term></termSec>'
        '</langSec><langSec xml:lang="fr"><termSec><term>Abé</term></termSec></langSec></conceptEntry>'
        "</body></text></tbx>",
        encoding="utf-8",
    )
    code, _, err = run(capsys, "convert", source, tmp_path / "out.tsv")
    assert code == 0
    assert "A|B left out" in err
    assert "fr Abé left out" in err
    assert "line breaks become spaces" in err
    (term,) = read_termbase(tmp_path / "out.tsv")
    assert (term.variants, term.note) == ({"en": ("AB",)}, "one two")


def test_convert_writes_nothing_where_a_row_is_bad(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "convert", bad, bad.with_suffix(".tbx"))
    assert (code, out) == (3, "")
    assert "bad.csv:9: " in err
    assert "--skip-bad" in err
    assert not bad.with_suffix(".tbx").exists()


def test_convert_leaves_bad_rows_out_when_told(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "convert", bad, bad.with_suffix(".tbx"), "--skip-bad")
    assert (code, out) == (3, f"{bad.with_suffix('.tbx')}\n")
    assert "bad.csv:9: " in err
    assert run(capsys, "check", bad.with_suffix(".tbx"))[0] == 0


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("en,SoftBank", "en,SOFTBANK", True),
        ("en,SoftBank", "en,Ｓoftbank", True),
        ("zh,软银集团", "zh,軟銀集團", True),
        ("zh,埃隆·马斯克", "zh,埃隆•馬斯克", True),
        ("he,סופט־בנק", "he,סופט בנק", True),
        ("en,US", "en,us", True),
        ("en,SoftBank", "en,Soft Bank", False),
    ],
)
def test_check_reports_names_of_two_entries_that_matching_cannot_tell_apart(
    first: str, second: str, told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = {"en": "{},,", "zh": ",{},", "he": ",,{}"}
    rows = []
    for name, (lang, variant) in (("one", first.split(",")), ("two", second.split(","))):
        rows.append(f"{name},company,{cells[lang].format(variant)},,\n")
    path = tmp_path / "g.csv"
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    code, out, _ = run(capsys, "check", path)
    assert code == (3 if told else 0)
    assert ("is preferred variant of one in line 2" in out) is told


def test_capitals_that_count_tell_two_names_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "g.csv"
    path.write_text(
        HEADER + "one,company,Apple,,,,case-sensitive\ntwo,term,apple,,,,case-sensitive\n", encoding="utf-8"
    )
    assert run(capsys, "check", path)[0] == 0


def test_a_bad_status_hides_no_other_fault_of_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "g.csv"
    path.write_text(HEADER + "two words,,One||Two,,,sometimes,\n", encoding="utf-8")
    out = run(capsys, "check", path)[1]
    for fault in ("unknown status 'sometimes'", "id must be one word", "has no kind", "an empty variant"):
        assert fault in out


def test_check_asks_about_an_unknown_kind_and_keeps_the_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "g.csv"
    path.write_text(
        HEADER + "one,compny,One,,,,\ntwo,compny,Two,,,,\nthree,comet,Three,,,,\n", encoding="utf-8"
    )
    code, out, err = run(capsys, "check", path)
    assert code == 0
    assert "unknown kind 'compny' of one and 1 more: did you mean company?" in out
    assert "unknown kind 'comet' of three" in out
    assert "3 good entries" in err


def test_convert_makes_an_omegat_glossary_per_pair_or_one(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "convert", good, good.with_name("o.txt"))
    assert code == 0
    assert [Path(line).name for line in out.split()] == ["o.zh-en.txt", "o.he-en.txt", "o.zh-he.txt"]
    assert "cannot be read back" in err
    lines = good.with_name("o.zh-en.txt").read_text(encoding="utf-8").split("\n")
    assert "美國\tUnited States\tplace; also: US" in lines
    assert run(capsys, "convert", good, good.with_name("p.txt"), "--pair", "he-en")[1].endswith("p.txt\n")
    assert "not: OpenAl" in good.with_name("p.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "argv",
    [
        ("check", "g.docx"),
        ("convert", "good.csv", "g.docx"),
        ("convert", "g.txt", "g.csv"),
        ("convert", "good.csv", "g.txt", "--pair", "zh-zh"),
        ("convert", "good.csv", "g.tbx", "--pair", "zh-en"),
    ],
)
def test_forms_that_cannot_be_are_refused(
    good: Path, argv: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(good.parent)
    assert run(capsys, *argv)[0] == 2
    assert not Path("g.tbx").exists()


def test_stats_counts_rows_and_names(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "stats", good, "--json")
    assert code == 0
    assert json.loads(out) == {
        "concepts": 2,
        "entries": {"company": {"preferred": 1, "forbidden": 1}, "place": {"preferred": 1}},
        "covered": {"en": 2, "he": 2, "zh": 2},
        "variants": {"en": 5, "he": 4, "zh": 3},
    }
    table = run(capsys, "stats", good)[1]
    assert "forbidden" in table
    assert "2 concepts" in table


@pytest.fixture
def built(stargate: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["align", str(stargate)]) == 0
    capsys.readouterr()
    return stargate


def test_suggest_needs_a_built_corpus(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "suggest", small)
    assert code == 3
    assert f"paracorp build {small}" in err


# Read by a person: names among the first 30 of each language. 30 of 30 Chinese, 29 Hebrew and 30 English
# ones were names when this was written.
NAMES = {
    "zh": "OpenAI 美国 软银 星际之门 特朗普 英伟达 微软 甲骨文 G42 阿联酋 孙正义 阿布扎比 马斯克 奥尔特曼 "
    "海湾 深度求索 白宫 Arm H800 R1 中国 埃里森 MGX V3 思科 杭州 The_Information xAI 东京 华盛顿 得州 "
    "扎耶德 拜登 海湖庄园 美国能源部 软银集团 阿比林 本·扎耶德",
    "he": 'OpenAI אנבידיה ארה"ב G42 אבו_דאבי טראמפ SSI המפרץ סופטבנק אורקל אלטמן האמירויות ישראל מאסק '
    "מיקרוסופט סוצקבר סטארגייט אליסון גרוס הבית_הלבן סאן תל_אביב סין סם_אלטמן ביידן דונלד_טראמפ טקסס "
    "ירושלים לארי_אליסון מסיושי_סאן סיסקו רויטרס MGX אבילין",
}
COUNTERPARTS = {
    "软银": ("סופטבנק", "SoftBank"),
    "星际之门": ("סטארגייט", "Stargate"),
    "特朗普": ("טראמפ", "Trump"),
    "英伟达": ("אנבידיה", "Nvidia"),
    "甲骨文": ("אורקל", "Oracle"),
    "白宫": ("הבית הלבן", "White House"),
    "孙正义": ("סאן", "Masayoshi Son"),
    "埃里森": ("אליסון", "Larry Ellison"),
    "阿布扎比": ("אבו דאבי", "Abu Dhabi"),
}


def test_suggestions_for_the_sample_corpus_are_names_with_their_counterparts(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "suggest", built, "--empty", "--json")
    assert code == 0
    found = json.loads(out)
    for lang, names in NAMES.items():
        known = {name.replace("_", " ") for name in names.split()}
        right = [item for item in found[lang] if item["name"] in known]
        assert len(found[lang]) == 30
        assert len(right) >= 28, lang
        assert all(item["contexts"] and item["count"] >= 2 for item in found[lang])
    chinese = {item["name"]: item["counterparts"] for item in found["zh"]}
    for name, (hebrew, english) in COUNTERPARTS.items():
        assert chinese[name]["he"][0] == hebrew, name
        assert chinese[name]["en"][0] == english, name


def test_suggested_rows_are_a_good_glossary(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(run(capsys, "suggest", built, "--empty", "--csv", "--top", "8")[1], encoding="utf-8")
    assert run(capsys, "check", rows)[0] == 0
    terms = {term.id: term for term in read_termbase(rows)}
    assert terms["nvidia"].variants == {"en": ("Nvidia",), "zh": ("英伟达",), "he": ("אנבידיה",)}


def test_what_the_glossary_covers_is_not_suggested(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "suggest", built)
    assert code == 0
    assert "特朗普 " not in out
    assert "OpenAI" not in out.replace("…", "").split("English")[-1]


def test_a_missing_name_of_an_entry_is_suggested_as_its_variant(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glossary = built.parents[1] / "glossaries" / "ai-politics.csv"
    text = glossary.read_text(encoding="utf-8")
    changed = "\n".join(line.replace("אנבידיה|", "") for line in text.split("\n"))
    assert changed != text
    glossary.write_text(changed, encoding="utf-8")
    out = run(capsys, "suggest", built, "--csv")[1]
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(out))}
    assert (rows["nvidia"]["he"], rows["nvidia"]["status"]) == ("אנבידיה", "admitted")
    assert run(capsys, "suggest", built, "--csv", "--json")[0] == 2


def test_check_tells_of_names_in_a_tbx_that_matching_cannot_tell_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = "".join(
        f'<conceptEntry id="{name}"><langSec xml:lang="zh"><termSec><term>{text}</term></termSec></langSec>'
        "</conceptEntry>"
        for name, text in (("one", "软银集团"), ("two", "軟銀集團"))
    )
    path = tmp_path / "g.tbx"
    path.write_text(
        f'<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body>{entries}</body></text></tbx>', encoding="utf-8"
    )
    code, out, _ = run(capsys, "check", path)
    assert code == 0
    assert "note: zh variant '軟銀集團' of two is '软银集团' of one for matching" in out
    assert json.loads(run(capsys, "check", path, "--json")[1])["shared"]
