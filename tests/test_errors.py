"""Errors: exit codes and the order in which they win."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp import errors


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.ModelMissingError, 4),
        (errors.CorpusInUseError, 5),
        (errors.CannotWriteError, 6),
    ],
)
def test_each_error_owns_its_exit_code(kind: type[errors.ParacorpError], code: int) -> None:
    assert kind("what happened", fix="what to do").exit_code == code


def test_an_input_error_names_file_and_line() -> None:
    error = errors.InputError("bad date", path=Path("a/b.md"), line=3, fix="Write it as 2025-01-31.")
    assert (error.message, error.exit_code) == ("a/b.md:3: bad date", 3)
    assert errors.InputError("empty", path="a/b.md", fix="Fill it.").message == "a/b.md: empty"


@pytest.mark.parametrize(
    ("codes", "expected"),
    [(set(), 0), ({1}, 1), ({1, 4}, 4), ({4, 3}, 3), ({3, 6}, 6), ({6, 70}, 70), ({70, 130}, 130)],
)
def test_of_several_exit_codes_the_gravest_wins(codes: set[int], expected: int) -> None:
    assert errors.first_exit_code(codes) == expected
