"""Which files count as reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.ingest import find_files
from tests.ingest.builders import LANGUAGES, write


def names(root: Path) -> list[str]:
    return [path.relative_to(root / "articles").as_posix() for path in find_files(root, LANGUAGES)]


def test_files_in_folders_and_loose_ones_come_sorted(tmp_path: Path) -> None:
    for name in ("zh/b.md", "he/c.html", "a.txt", "zh/2025/a.txt", "zh/a.md"):
        write(tmp_path, name, "x")
    assert names(tmp_path) == ["a.txt", "he/c.html", "zh/2025/a.txt", "zh/a.md", "zh/b.md"]


def test_a_file_of_another_kind_is_found_so_that_reading_it_says_so(tmp_path: Path) -> None:
    write(tmp_path, "zh/a.pdf", b"%PDF-1.7")
    assert names(tmp_path) == ["zh/a.pdf"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        "zh/.DS_Store",
        ".git/a.txt",
        "a.txt~",
        "~$a.docx",
        "a.md.tmp",
        "a.swp",
        "b.crdownload",
        "Thumbs.db",
    ],
)
def test_hidden_and_temporary_files_are_left_out(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "x")
    assert names(tmp_path) == []


def test_without_a_folder_of_articles_there_are_none(tmp_path: Path) -> None:
    assert find_files(tmp_path, LANGUAGES) == []


def test_a_folder_that_cannot_be_listed_is_found_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    write(tmp_path, "he/a.txt", "x")
    write(tmp_path, "zh/a.txt", "x")
    scan = os.scandir

    def refuse(folder: Path | str) -> object:
        if Path(folder).name == "zh":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr("paracorp.ingest.files.os.scandir", refuse)
    assert names(tmp_path) == ["he/a.txt", "zh"]


def test_links_are_followed_and_broken_or_circular_ones_do_no_harm(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("文字。", encoding="utf-8")
    corpus = tmp_path / "corpus"
    (corpus / "articles" / "he").mkdir(parents=True)
    (corpus / "articles" / "zh").symlink_to(outside)
    (corpus / "articles" / "he" / "gone.txt").symlink_to(tmp_path / "nowhere")
    (outside / "round").symlink_to(outside)
    names = [path.relative_to(corpus).as_posix() for path in find_files(corpus, ("zh", "he"))]
    assert names == ["articles/he/gone.txt", "articles/zh/a.txt"]
