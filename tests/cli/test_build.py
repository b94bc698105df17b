"""`paracorp build` as a person runs it: what it makes, what it redoes, what it says of bad input."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.formats.pair_table import PAIR_COLUMNS
from paracorp.formats.tmx import read_tmx
from paracorp.formats.tsv import read_tsv

EXPORTS = ("zh-he", "zh-en", "he-en")


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(argv)
    out, err = capsys.readouterr()
    return code, out, err


def derived(corpus: Path) -> dict[str, str]:
    """The hash of every derived file, by its name under build."""
    build = corpus / "build"
    return {
        path.relative_to(build).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(build.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_shipped_corpus_becomes_corpora_and_a_report(
    stargate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "build", str(stargate), "--json")
    assert code == 0, err
    result = json.loads(out)
    assert result["articles"] == {"zh": 4, "he": 4}
    assert result["untranslated"] == {}
    assert result["problems"] == []
    assert result["links"] > 40
    assert result["article_pairs"] >= 3
    for pair in EXPORTS:
        table = stargate / "build" / "export" / f"stargate.{pair}.tsv"
        rows = list(read_tsv(table, required=PAIR_COLUMNS))
        units = list(read_tmx(table.with_suffix(".tmx"), on_reject=None))
        assert len(rows) == len(units) == result["units"][pair]
    assert (stargate / "build" / "report.html").is_file()
    assert (stargate / "build" / "english" / "he" / "ssi-sutskever.md").is_file()


def test_articles_without_a_partner_get_none(stargate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "build", str(stargate))
    rows = read_tsv(stargate / "build" / "export" / "stargate.zh-he.tsv")
    articles = {(row["source_article"], row["target_article"]) for row in rows}
    assert articles <= {
        ("zh/stargate-launch", "he/stargate-announcement"),
        ("zh/stargate-money", "he/stargate-announcement"),
        ("zh/stargate-abu-dhabi", "he/stargate-uae"),
        ("zh/stargate-abu-dhabi", "he/gulf-chips"),
    }


def test_a_corpus_of_the_three_seed_reports_runs_end_to_end(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "seeds"
    seeds = shared / "seeds"
    assert run(capsys, "init", str(corpus))[0] == 0
    files = [*sorted(seeds.glob("*.txt")), *sorted((seeds / "memory").glob("*.tmx"))]
    assert run(capsys, "add", str(corpus), *map(str, files))[0] == 0
    code, out, err = run(capsys, "build", str(corpus), "--json")
    assert code == 0, err
    result = json.loads(out)
    assert result["articles"] == {"zh": 2, "he": 1}
    assert result["untranslated"] == {}
    assert result["links"] > 0
    for pair in EXPORTS:
        assert list(read_tmx(corpus / "build" / "export" / f"seeds.{pair}.tmx", on_reject=None))


def test_a_second_run_does_nothing_and_says_so(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "build", str(small))
    before = {path: path.stat().st_mtime_ns for path in (small / "build").rglob("*") if path.is_file()}
    _, out, err = run(capsys, "build", str(small))
    assert "nothing to do" in err
    assert "segments" in out
    assert before == {
        path: path.stat().st_mtime_ns for path in before if path.exists() or not path.name.startswith(".")
    }


def test_building_from_scratch_gives_the_same_bytes(
    stargate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "build", str(stargate))
    first = derived(stargate)
    shutil.rmtree(stargate / "build")
    run(capsys, "build", str(stargate))
    assert derived(stargate) == first


def test_an_edited_article_redoes_only_its_own_rows_and_ends_as_a_fresh_build(
    stargate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "build", str(stargate))
    path = stargate / "articles" / "he" / "ssi-sutskever.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\nמשפט חדש לגמרי נוסף כאן.\n", encoding="utf-8")
    code, _, err = run(capsys, "build", str(stargate))
    assert code == 4
    assert "articles            1 of 1" in err
    assert "segments            1 of 1" in err
    assert "links" not in err
    incremental = derived(stargate)
    shutil.rmtree(stargate / "build")
    run(capsys, "build", str(stargate))
    assert derived(stargate) == incremental


def test_a_removed_article_leaves_no_trace(stargate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "build", str(stargate))
    (stargate / "articles" / "he" / "gulf-chips.md").unlink()
    run(capsys, "build", str(stargate))
    assert not (stargate / "build" / "english" / "he" / "gulf-chips.md").exists()
    incremental = derived(stargate)
    shutil.rmtree(stargate / "build")
    run(capsys, "build", str(stargate))
    assert derived(stargate) == incremental


@pytest.mark.parametrize("damage", ["truncate", "garbage", "delete"])
def test_a_damaged_derived_file_is_made_again(
    small: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    run(capsys, "build", str(small))
    whole = derived(small)
    for name in whole:
        path = small / "build" / name
        if damage == "delete":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:40] if damage == "truncate" else b"garbage")
        run(capsys, "build", str(small))
        assert derived(small) == whole, name


def test_killed_runs_end_with_the_same_bytes(stargate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "build", str(stargate))
    whole = derived(stargate)
    shutil.rmtree(stargate / "build")
    chance = random.Random(7)
    command = [sys.executable, "-m", "paracorp", "build", str(stargate)]
    for _ in range(4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert run(capsys, "build", str(stargate))[0] == 0
    assert derived(stargate) == whole
    assert not list((stargate / "build").rglob("*.tmp"))


def test_what_has_no_english_is_listed_with_the_command_that_helps(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "build", str(small))
    assert code == 4
    assert "not translated: he 1" in err
    assert "הנהגים מרוצים" in err
    assert "paracorp models install he" in err
    rows = list(read_tsv(small / "build" / "export" / "small.zh-he.tsv"))
    assert any("12公里" in row["source"] and "12 קילומטרים" in row["target"] for row in rows)


def test_without_argos_in_the_settings_missing_english_is_no_failure(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "corpus.toml").write_text('[translation]\nengines = ["memory"]\n', encoding="utf-8")
    assert run(capsys, "build", str(small))[0] == 0


BAD_FILES = {
    "binary.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary.txt"),
    "frontmatter.md": (
        '---\ntitle: "不完整\ndate: [\n---\n\n正文在这里。\n'.encode(),
        "frontmatter.md:",
    ),
    "empty.txt": (b"", "empty.txt"),
    "hebrew-here.txt": ("זה טקסט בעברית שמונח בתיקייה הלא נכונה לגמרי.".encode(), "hebrew-here.txt"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_article_is_named_and_the_others_go_through(
    small: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    body, place = BAD_FILES[name]
    (small / "articles" / "zh" / name).write_bytes(body)
    for _ in range(2):
        code, out, err = run(capsys, "build", str(small), "--json")
        assert code == 3
        assert place in err
        assert json.loads(out)["articles"] == {"zh": 1, "he": 1}
        error = err[err.index("error: ") :].split("\n")
        assert error[1].startswith("  ")
        assert "Traceback" not in err


BAD_MEMORIES = {
    "broken.tmx": '<?xml version="1.0"?>\n<tmx version="1.4"><header/><body>\n<tu></body></tmx>\n',
    "entity.tmx": '<?xml version="1.0"?>\n<!DOCTYPE tmx [<!ENTITY a "b">]>\n<tmx version="1.4"></tmx>\n',
}


@pytest.mark.parametrize("name", BAD_MEMORIES)
def test_a_bad_memory_is_named_every_time_and_the_rest_goes_through(
    small: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (small / "memory" / name).write_text(BAD_MEMORIES[name], encoding="utf-8")
    for _ in range(2):
        code, out, err = run(capsys, "build", str(small), "--json")
        assert code == 3
        assert f"{name}:" in err
        assert json.loads(out)["translations"]["memory"] == 7


def test_a_bad_glossary_row_is_named_and_the_rest_is_used(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "id,kind,en,zh,he,status,note\nbridge,place,harbour bridge,港口大桥,גשר הנמל,preferred,\nbad,place\n"
    )
    (small / "terms.csv").write_text(text, encoding="utf-8")
    (small / "corpus.toml").write_text('glossaries = ["terms.csv"]\n', encoding="utf-8")
    code, _, err = run(capsys, "build", str(small))
    assert code == 3
    assert "terms.csv:3" in err


def test_an_unknown_key_in_corpus_toml_is_an_error_with_its_line(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "corpus.toml").write_text('title = "x"\nglosaries = []\n', encoding="utf-8")
    code, _, err = run(capsys, "build", str(small))
    assert code == 3
    assert "corpus.toml:2: unknown key glosaries" in err
    assert "Did you mean glossaries?" in err


def test_an_unknown_rule_in_corpus_toml_is_an_error_with_its_line(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'title = "x"\n[checks.rules]\nentity-onesided = "off"\n'
    (small / "corpus.toml").write_text(text, encoding="utf-8")
    for command in ("build", "status"):
        code, _, err = run(capsys, command, str(small))
        assert code == 3
        assert "corpus.toml:3: unknown check rule entity-onesided" in err
        assert "Did you mean entity-one-sided?" in err


def test_an_unreadable_corpus_toml_is_an_error(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / "corpus.toml").unlink()
    (small / "corpus.toml").mkdir()
    code, _, err = run(capsys, "build", str(small))
    assert code == 3
    assert "corpus.toml" in err


def test_other_languages_or_another_name_change_what_depends_on_them(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "build", str(small))
    (small / "corpus.toml").write_text('title = "Small"\nlanguages = ["he", "zh"]\n', encoding="utf-8")
    run(capsys, "build", str(small))
    turned = derived(small)
    assert "export/small.he-zh.tsv" in turned
    assert "export/small.zh-he.tsv" not in turned
    moved = small.rename(small.with_name("moved"))
    run(capsys, "build", str(moved))
    assert "export/moved.he-zh.tsv" in derived(moved)
    shutil.rmtree(moved / "build")
    fresh = run(capsys, "build", str(moved))
    assert fresh[0] == 4
    assert "export/small.he-zh.tsv" not in derived(moved)


def test_odd_file_names_are_no_obstacle(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = small / "articles" / "zh"
    text = (folder / "bridge.md").read_text(encoding="utf-8")
    for name in ("a#b.md", "with space.md", "长" * 80 + ".md", "כתבה.md"):
        (folder / name).write_text(text, encoding="utf-8")
    assert run(capsys, "build", str(small))[0] == 4
    (folder / "with space.md").write_text(text + "又一句。\n", encoding="utf-8")
    code, out, err = run(capsys, "build", str(small), "--json")
    assert code == 4, err
    assert json.loads(out)["articles"] == {"zh": 5, "he": 1}
    assert err.count("note: nearly the same text") == 1


def test_a_folder_without_articles_says_how_to_add_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "init", str(tmp_path / "new"))[0] == 0
    code, _, err = run(capsys, "build", str(tmp_path / "new"))
    assert code == 3
    assert "paracorp add" in err


def test_what_a_killed_run_exported_and_nothing_names_any_more_goes(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "build", str(small))
    for name in ("english/zh/gone.md", "export/gone.zh-he.tsv"):
        (small / "build" / name).write_text("left by a killed run")
    path = small / "articles" / "zh" / "bridge.md"
    path.write_text(path.read_text(encoding="utf-8") + "又一句。\n", encoding="utf-8")
    run(capsys, "build", str(small))
    assert not [name for name in derived(small) if "gone" in name]


def test_status_and_build_agree_on_a_bad_article(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / "articles" / "zh" / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    run(capsys, "build", str(small))
    assert "nothing to do" in run(capsys, "build", str(small))[2]
    assert "up to date" in run(capsys, "status", str(small))[1]


def test_two_files_with_one_id_are_told_apart(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(small / "articles/zh/bridge.md", small / "articles/zh/bridge.txt")
    code, _, err = run(capsys, "build", str(small))
    assert code == 3
    assert "bridge.txt" in err
    assert "same ids" in err


def test_fail_on_counts_only_findings_of_that_severity(
    stargate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "build", str(stargate), "--json")
    findings = json.loads(out)["findings"]
    for severity, worse in (("info", ("info", "warning", "error")), ("error", ("error",))):
        expected = 1 if any(findings.get(name) for name in worse) else 0
        assert run(capsys, "build", str(stargate), "--fail-on", severity)[0] == expected
    code, _, err = run(capsys, "build", str(stargate), "--fail-on", "loud")
    assert code == 2
    assert "loud" in err


def test_a_held_corpus_is_exit_code_five(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from paracorp.corpus import locked, open_corpus

    with locked(open_corpus(small)):
        done = subprocess.run(
            [sys.executable, "-m", "paracorp", "build", str(small)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 5
    assert "another paracorp run" in done.stderr


def test_a_build_folder_that_cannot_be_written_is_exit_code_six(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "build").write_text("a file where the folder should be")
    code, _, err = run(capsys, "build", str(small))
    assert code == 6
    assert "cannot write" in err


def test_a_name_that_is_not_utf8_is_told_and_the_rest_goes_through(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = os.fsdecode("רעש.txt".encode("cp1255"))
    (small / "articles" / "he" / name).write_text("הנמל נסגר אתמול בגלל רעידת אדמה.", encoding="utf-8")
    code, out, err = run(capsys, "build", str(small))
    assert code == 3
    assert "its name is not UTF-8" in err
    assert "articles       2 (zh 1, he 1)" in out


def test_a_link_to_nothing_is_told_with_where_it_leads(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = small / "articles" / "he" / "link.md"
    link.symlink_to("nowhere.md")
    code, _, err = run(capsys, "build", str(small))
    assert code == 3
    assert f"{link}: a link to nowhere.md, which does not exist" in err
    assert "a link to nowhere.md, which does not exist" in run(capsys, "add", str(small), str(link))[2]
