"""OmegaT glossaries: one line per allowed source name, what is forbidden only in the comment."""

from __future__ import annotations

from pathlib import Path

from paracorp.formats.omegat_glossary import unheld_by_omegat, write_omegat
from paracorp.records import Term

ROWS = [
    Term(
        "musk",
        "person",
        {"en": ("Elon Musk", "Musk"), "zh": ("埃隆·马斯克", "马斯克")},
        "preferred",
        "a\tnote",
    ),
    Term("musk", "person", {"en": ("Mosk",), "zh": ("麻斯克",)}, "forbidden"),
    Term("musk", "person", {"zh": ("馬斯克",)}, "admitted"),
    Term("gulf", "place", {"zh": ("海湾",)}),
    Term("x", "company", {"en": ("X",), "zh": ("#X",)}),
]


def test_every_allowed_source_name_has_the_preferred_target(tmp_path: Path) -> None:
    path = tmp_path / "g.txt"
    assert write_omegat(path, ROWS, source_lang="zh", target_lang="en") == 3
    comment = "person; also: Musk; not: Mosk; a note"
    assert path.read_text(encoding="utf-8").split("\n") == [
        f"埃隆·马斯克\tElon Musk\t{comment}",
        f"马斯克\tElon Musk\t{comment}",
        f"馬斯克\tElon Musk\t{comment}",
        "",
    ]


def test_what_is_left_out_is_told() -> None:
    assert unheld_by_omegat(ROWS, source_lang="zh", target_lang="en") == [
        "entry gulf: no en name that may be used",
        "entry x: '#X' would read as a remark",
    ]


def test_forbidden_names_under_an_id_of_their_own_join_their_concept(tmp_path: Path) -> None:
    rows = [
        Term("g", "company", {"en": ("G",), "he": ("ג",)}),
        Term("g.forbidden", "company", {"en": ("J",)}, "forbidden"),
    ]
    write_omegat(tmp_path / "g.txt", rows, source_lang="he", target_lang="en")
    assert (tmp_path / "g.txt").read_text(encoding="utf-8") == "ג\tG\tcompany; not: J\n"
