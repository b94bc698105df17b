"""The other commands: init, add, status, explain, mine, models, and how errors look."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.cli.app import app
from tests.tiny_package import argos_folders, build_package

ROOT = Path(__file__).parents[2]


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(item) for item in argv])
    out, err = capsys.readouterr()
    return code, out, err


def test_every_command_is_documented_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [command.name for command in app.registered_commands]
    names += [group.name for group in app.registered_groups]
    for name in names:
        assert f"`paracorp {name}" in readme, name
        assert run(capsys, name, "--help")[0] == 0


def test_no_command_shows_the_help_and_a_wrong_one_is_exit_code_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "Commands" in "".join(run(capsys)[1:])
    assert run(capsys, "bild", "x")[0] == 2
    assert run(capsys, "build")[0] == 2


@pytest.mark.parametrize("command", ["build", "status", "ingest", "align", "check", "export"])
def test_a_wrong_path_is_two_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, err = run(capsys, command, tmp_path / "nowhere")
    assert (code, out) == (3, "")
    assert len(err.strip().split("\n")) == 2
    assert "nowhere: no such folder" in err


def test_init_makes_a_corpus_that_opens_and_never_overwrites_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glossary = tmp_path / "terms.csv"
    glossary.write_text("id,kind,en,zh,he,status,note\n", encoding="utf-8")
    folder = tmp_path / "a" / "b"
    title = 'He said "so" \\ מה'
    assert run(capsys, "init", folder, "--title", title, "--glossary", glossary)[0] == 0
    from paracorp.corpus import open_corpus

    settings = open_corpus(folder).settings
    assert (settings.title, settings.glossaries) == (title, ("../../terms.csv",))
    code, _, err = run(capsys, "init", folder)
    assert code == 2
    assert "is a corpus already" in err


@pytest.mark.parametrize("languages", ["zh", "zh,zh", "zh,en", "zh,fr"])
def test_init_refuses_languages_that_make_no_pair(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: str
) -> None:
    assert run(capsys, "init", tmp_path / "x", "--languages", languages)[0] == 2
    assert not (tmp_path / "x").exists()


def test_add_puts_files_in_their_places_by_their_content(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loose = tmp_path / "loose"
    loose.mkdir()
    (loose / "one.txt").write_text("这是一篇关于港口大桥的短消息。它只有两句话。", encoding="gb18030")
    (loose / "two.txt").write_text(
        "זו ידיעה קצרה על הגשר החדש בנמל. יש בה שני משפטים.", encoding="windows-1255"
    )
    (loose / "m.tmx").write_bytes((small / "memory" / "zh-en.tmx").read_bytes())
    (loose / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    code, out, err = run(capsys, "add", small, loose, tmp_path / "absent.txt")
    assert code == 3
    assert (small / "articles" / "zh" / "one.txt").read_bytes() == (loose / "one.txt").read_bytes()
    assert (small / "articles" / "he" / "two.txt").is_file()
    assert (small / "memory" / "m.tmx").is_file()
    assert out.count("added") == 3
    assert "picture.txt" in err
    assert "absent.txt: no such file" in err
    assert run(capsys, "add", small, loose / "one.txt")[1].count("already there") == 1


def test_add_never_overwrites_another_text(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "bridge.md"
    other.write_text("---\nlang: zh\n---\n\n完全不同的另一篇文章，说的是别的事情。\n", encoding="utf-8")
    before = (small / "articles" / "zh" / "bridge.md").read_bytes()
    code, _, err = run(capsys, "add", small, other)
    assert code == 3
    assert "holds another text under this name" in err
    assert (small / "articles" / "zh" / "bridge.md").read_bytes() == before


def test_add_refuses_what_a_build_would_not_take(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "这是一篇关于港口大桥的短消息。它只有两句话。"
    for name in ("bridge.txt", ".hidden.txt", "broken.tmx"):
        (tmp_path / name).write_text("<tmx>" if name.endswith("tmx") else text, encoding="utf-8")
        assert run(capsys, "add", small, tmp_path / name)[0] == 3, name
    assert len(list((small / "articles" / "zh").iterdir())) == 1
    assert len(list((small / "memory").iterdir())) == 2


def test_status_tells_what_is_stale_and_changes_nothing(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "2 files in" in run(capsys, "status", small)[1]
    assert not (small / "build").exists()
    run(capsys, "build", small)
    assert "up to date" in run(capsys, "status", small)[1]
    path = small / "articles" / "zh" / "bridge.md"
    path.write_text(path.read_text(encoding="utf-8") + "新的一句。\n", encoding="utf-8")
    code, out, _ = run(capsys, "status", small, "--json")
    assert code == 0
    assert json.loads(out)["stale"][0] == "articles"
    assert json.loads(out)["segments"] == 8


def test_ingest_explain_shows_blocks_and_cuts(stargate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ingest", stargate, "--explain")
    assert code == 0
    assert "== zh/stargate-money" in out
    assert "cut " in out
    assert "4e1f7a90c3d25b688d0a6f19be7342c5.jpg" in out
    code, out, _ = run(capsys, "ingest", stargate, "--explain", "--json")
    assert {"zh/stargate-money", "he/ssi-sutskever"} <= {row["id"] for row in json.loads(out)}


def test_align_explain_shows_one_link_or_all(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "align", small, "--explain", "all", "--json")
    links = json.loads(out)
    assert links
    one = links[0]["id"]
    for name in (one, f"zh-he-{one}"):
        out = run(capsys, "align", small, "--explain", name)[1]
        assert out.count("== ") == 1
    assert "similarity" in out
    code, _, err = run(capsys, "align", small, "--explain", "nonsense")
    assert code == 2
    assert "no link 'nonsense'" in err


def test_check_shows_findings_by_rule_with_their_spans(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (small / "memory" / "zh-en.tmx").read_text(encoding="utf-8").replace("$3 billion", "$4 billion")
    (small / "memory" / "zh-en.tmx").write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, "check", small)
    assert "number-mismatch" in out
    assert "⟦30亿美元⟧" in out


def table(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    lines = ["id\ttext\tenglish", *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_mine_links_two_plain_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zh = table(
        tmp_path / "zh.tsv",
        [
            ("z1", "“鲸鱼”号油轮在波罗的海搁浅。", 'The tanker "Whale" ran aground in the Baltic Sea.'),
            ("z2", "今天天气很好。", "The weather is nice today."),
        ],
    )
    he = table(
        tmp_path / "he.tsv",
        [
            ("h1", "הממשלה אישרה את התקציב.", "The government approved the budget."),
            (
                "h2",
                'המכלית "לווייתן" עלתה על שרטון בים הבלטי.',
                'The tanker "Whale" ran aground in the Baltic.',
            ),
        ],
    )
    links = tmp_path / "links.tsv"
    code, out, err = run(capsys, "mine", zh, he, "-o", links)
    assert (code, out) == (0, ""), err
    rows = [line.split("\t") for line in links.read_text(encoding="utf-8").rstrip("\n").split("\n")]
    assert rows[0] == ["source_ids", "target_ids", "confidence", "evidence"]
    assert [row[:2] for row in rows[1:]] == [["z1", "h2"]]
    assert 0 < float(rows[1][2]) <= 1
    assert "similarity" in json.loads(rows[1][3])


def test_mine_names_a_missing_column_and_two_tables_of_one_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("id\ttext\nz1\t文字。\n", encoding="utf-8")
    good = table(tmp_path / "zh.tsv", [("z1", "文字在这里。", "Text is here.")])
    code, _, err = run(capsys, "mine", bad, good, "-o", tmp_path / "o.tsv")
    assert code == 3
    assert "bad.tsv:1" in err
    assert "english" in err
    code, _, err = run(capsys, "mine", good, good, "-o", tmp_path / "o.tsv")
    assert code == 2
    assert "both in Chinese" in err
    assert not (tmp_path / "o.tsv").exists()


def test_mine_never_writes_over_its_input_and_makes_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zh = table(tmp_path / "zh.tsv", [("z1", "文字在这里。", "Text is here.")])
    he = table(tmp_path / "he.tsv", [("h1", "הטקסט כאן.", "The text is here.")])
    before = zh.read_bytes()
    for output in (zh, tmp_path / "no" / "o.tsv"):
        assert run(capsys, "mine", zh, he, "-o", output)[0] == 2
    assert run(capsys, "mine", zh, he, "-o", tmp_path)[0] == 6
    assert zh.read_bytes() == before
    assert not (tmp_path / "no").exists()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full")
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_full_disk_behind_stdout_is_exit_code_six(small: Path, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "paracorp", command, str(small), "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 6, done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_without_unicode_gets_escapes(small: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "paracorp", "align", str(small), "--explain", "all"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
    )
    assert done.returncode == 4, done.stderr
    assert b"\\u" in done.stdout


def test_an_imported_package_translates_what_the_memory_does_not(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with argos_folders(tmp_path / "argos", monkeypatch):
        assert "no translation package" in run(capsys, "models", "list")[2]
        package = build_package(tmp_path, "he")
        assert run(capsys, "models", "import", package)[0] == 0
        assert "he_en" in run(capsys, "models", "list")[1]
        code, out, err = run(capsys, "build", small, "--json")
        assert code == 0, err
        assert json.loads(out)["translations"]["model"] == 1
        assert json.loads(out)["untranslated"] == {}
        assert "nothing to do" in run(capsys, "build", small)[2]


def test_a_broken_package_costs_only_its_own_language(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small / "articles" / "zh" / "bridge.md"
    path.write_text(path.read_text(encoding="utf-8") + "新的一句话。\n", encoding="utf-8")
    with argos_folders(tmp_path / "argos", monkeypatch) as packages:
        for lang in ("zh", "he"):
            assert run(capsys, "models", "import", build_package(tmp_path, lang))[0] == 0
        next(packages.glob("*he_en*/model/model.bin")).write_bytes(b"garbage")
        code, out, err = run(capsys, "build", small, "--json")
    assert code == 3
    assert "is broken" in err
    assert json.loads(out)["untranslated"] == {"he": 1}
    assert json.loads(out)["translations"]["model"] == 1


def test_ctrl_c_is_exit_code_130_and_the_next_run_goes_on(stargate: Path) -> None:
    command = [sys.executable, "-m", "paracorp", "build", str(stargate)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not (stargate / "build" / "articles.parquet").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "interrupted" in err
    assert "Traceback" not in err
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_reader_that_goes_away_is_no_error(stargate: Path) -> None:
    main(["build", str(stargate)])
    command = f"{sys.executable} -m paracorp align {stargate} --explain all | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
