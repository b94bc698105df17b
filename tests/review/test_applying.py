"""What a build makes of decisions: links fixed and ruled out, edits, verdicts in the exports."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from paracorp.cli import main
from paracorp.corpus import open_corpus, read_manifest
from paracorp.records import Origin, Status, TranslationUnit
from paracorp.tables import UNITS, read_table
from tests.review.making import HE, ZH, anchors, build, decide, event, links, rows, segments

ZH_TITLE, ZH_OPENED, ZH_COST, ZH_FREE, ZH_MAYOR, ZH_WORKERS = ZH
HE_TITLE, HE_OPENED, HE_COST, HE_MAYOR, HE_WORKERS, HE_DRIVERS = HE


def unit(root: Path, source: str) -> TranslationUnit:
    """The unit of the last build whose source has this text; pairs before renderings."""
    found = read_table(open_corpus(root).table(UNITS.name), TranslationUnit)
    return next(row for row in found if row.source.text == source)


def rendering(root: Path, source: str) -> TranslationUnit:
    found = read_table(open_corpus(root).table(UNITS.name), TranslationUnit)
    return next(row for row in found if row.source.text == source and not row.link_id)


def statuses(root: Path) -> dict[str, str]:
    return {row["source"]: row["status"] for row in rows(root) if row["status"] != "auto"}


def exports(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "build" / "export").iterdir())}


def prepend(root: Path, lang: str, text: str) -> None:
    """A new first paragraph, which gives every sentence after it another id."""
    path = root / "articles" / lang / "bridge.md"
    head, mark, body = path.read_text(encoding="utf-8").rpartition("---\n\n")
    path.write_text(f"{head}{mark}{text}\n\n{body}", encoding="utf-8")


def test_an_accepted_pair_is_exported_as_accepted_with_who_and_when(bridge: Path) -> None:
    before = exports(bridge)["bridge.zh-he.tsv"]
    decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST], reviewer="anna"))
    assert build(bridge) == 0
    assert statuses(bridge) == {ZH_COST: "accepted"}
    found = unit(bridge, ZH_COST)
    assert (found.status, found.reviewer) == (Status.ACCEPTED, "anna")
    assert found.reviewed is not None
    assert found.changed == found.reviewed.date()
    after = exports(bridge)["bridge.zh-he.tsv"]
    assert after.replace(b"\taccepted\t", b"\tauto\t") == before


def test_an_accepted_pair_stays_whatever_the_threshold(bridge: Path) -> None:
    decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST]))
    config = bridge / "corpus.toml"
    config.write_text(
        config.read_text().replace("[alignment]\n", "[alignment]\nmin_confidence = 1.0\n"), encoding="utf-8"
    )
    assert build(bridge) == 0
    assert (ZH_COST, HE_COST) in links(bridge)


def test_a_rejected_pair_never_comes_back_nor_a_larger_one_that_holds_it(bridge: Path) -> None:
    decide(bridge, event(bridge, "reject", [ZH_COST, HE_COST]))
    assert build(bridge) == 0
    assert not [pair for pair in links(bridge) if ZH_COST in pair[0] and HE_COST in pair[1]]
    assert ZH_COST not in {row["source"] for row in rows(bridge)}
    assert b"3 \xd7\x9e\xd7\x99\xd7\x9c" not in exports(bridge)["bridge.zh-he.tmx"]


def test_a_link_a_person_made_is_fixed_even_where_nothing_speaks_for_it(bridge: Path) -> None:
    made = [[anchors(bridge, [ZH_FREE]), anchors(bridge, [HE_DRIVERS])]]
    decide(bridge, event(bridge, "relink", [ZH_FREE, HE_DRIVERS], links=made))
    assert build(bridge) == 0
    assert (ZH_FREE, HE_DRIVERS) in links(bridge)
    assert statuses(bridge) == {ZH_FREE: "accepted"}


def test_merging_takes_the_next_sentence_in_and_splitting_takes_it_out(bridge: Path) -> None:
    merged = [[anchors(bridge, [ZH_COST, ZH_FREE]), anchors(bridge, [HE_COST])]]
    decide(bridge, event(bridge, "merge", [ZH_COST, HE_COST], links=merged))
    assert build(bridge) == 0
    assert (f"{ZH_COST}|{ZH_FREE}", HE_COST) in links(bridge)
    assert (ZH_COST, HE_COST) not in links(bridge)
    apart = [[anchors(bridge, [ZH_COST]), anchors(bridge, [HE_COST])]]
    decide(bridge, event(bridge, "split", [ZH_COST, ZH_FREE, HE_COST], links=apart))
    assert build(bridge) == 0
    assert (ZH_COST, HE_COST) in links(bridge)
    assert not [pair for pair in links(bridge) if ZH_FREE in pair[0]]


def test_edits_win_in_the_pair_the_rendering_and_the_english_article(bridge: Path) -> None:
    edit = event(
        bridge,
        "edit",
        [ZH_COST, HE_COST],
        target="עלות הפרויקט: 3 מיליארד דולר.",
        source_english="The whole project cost $3 billion.",
    )
    decide(bridge, edit)
    assert build(bridge) == 0
    row = next(row for row in rows(bridge) if row["source"] == ZH_COST)
    assert (row["target"], row["status"]) == ("עלות הפרויקט: 3 מיליארד דולר.", "edited")
    assert row["source_english"] == "The whole project cost $3 billion."
    assert row["target_english"] == HE[HE_COST]
    english = next(row for row in rows(bridge, "zh-en") if row["source"] == ZH_COST)
    assert (english["target"], english["status"]) == ("The whole project cost $3 billion.", "edited")
    markdown = (bridge / "build" / "english" / "zh" / "bridge.md").read_text(encoding="utf-8")
    assert "The whole project cost $3 billion." in markdown


def test_english_a_person_wrote_does_not_claim_to_come_from_the_memory_file(bridge: Path) -> None:
    decide(bridge, event(bridge, "edit", [ZH_COST], target="It cost $3 billion."))
    assert build(bridge) == 0
    found = rendering(bridge, ZH_COST)
    assert (found.target.text, found.target.engine) == ("It cost $3 billion.", "decisions.jsonl")
    assert found.target.origin is Origin.MEMORY
    assert found.confidence is None


def test_an_accepted_rendering_survives_another_translation(bridge: Path) -> None:
    decide(bridge, event(bridge, "accept", [ZH_COST], target=ZH[ZH_COST]))
    memory = bridge / "memory" / "zh-en.tmx"
    memory.write_text(
        memory.read_text(encoding="utf-8").replace(ZH[ZH_COST], "Other words."), encoding="utf-8"
    )
    assert build(bridge) == 0
    found = rendering(bridge, ZH_COST)
    assert (found.target.text, found.status) == (ZH[ZH_COST], Status.ACCEPTED)


def test_a_rejected_rendering_is_in_no_export(bridge: Path) -> None:
    decide(bridge, event(bridge, "reject", [ZH_COST]))
    assert build(bridge) == 0
    assert ZH_COST not in {row["source"] for row in rows(bridge, "zh-en")}
    assert ZH_COST in {row["source"] for row in rows(bridge)}


def test_a_person_can_give_english_where_there_was_none(bridge: Path) -> None:
    memory = bridge / "memory" / "zh-en.tmx"
    memory.write_text(memory.read_text(encoding="utf-8").replace(ZH_COST, "别的句子。"), encoding="utf-8")
    assert build(bridge) == 0
    assert (ZH_COST, HE_COST) not in links(bridge)
    decide(bridge, event(bridge, "edit", [ZH_COST], target="The project cost a total of $3 billion."))
    assert build(bridge) == 0
    assert (ZH_COST, HE_COST) in links(bridge)
    assert main(["status", str(bridge)]) == 0


def test_needs_work_stays_auto_in_the_tables_and_counts_in_status(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(bridge, event(bridge, "needs_work", [ZH_COST, HE_COST]))
    assert build(bridge) == 0
    assert statuses(bridge) == {}
    capsys.readouterr()
    main(["status", str(bridge)])
    assert "needs work 1" in capsys.readouterr().out


def test_two_reviewers_who_differ_are_not_built_from(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST], reviewer="anna"))
    decide(bridge, event(bridge, "reject", [ZH_COST, HE_COST], reviewer="bo"))
    assert build(bridge) == 0
    assert (ZH_COST, HE_COST) in links(bridge)
    assert statuses(bridge) == {}
    capsys.readouterr()
    main(["status", str(bridge)])
    assert "conflicts 1" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_decisions_survive_a_new_first_paragraph_which_renames_every_sentence(
    bridge: Path, lang: str
) -> None:
    decide(
        bridge,
        event(bridge, "accept", [ZH_COST, HE_COST]),
        event(bridge, "reject", [ZH_MAYOR, HE_MAYOR]),
        event(bridge, "edit", [HE_WORKERS], target="Four years and 450 workers built it."),
    )
    before = segments(bridge)[ZH_COST if lang == "zh" else HE_COST].id
    prepend(bridge, lang, "本报讯：天气晴朗。" if lang == "zh" else "מזג האוויר היה נאה.")
    assert build(bridge) == 0
    assert segments(bridge)[ZH_COST if lang == "zh" else HE_COST].id != before
    assert statuses(bridge) == {ZH_COST: "accepted"}
    assert ZH_MAYOR not in {row["source"] for row in rows(bridge)}
    assert rendering(bridge, HE_WORKERS).target.text == "Four years and 450 workers built it."


def replace_in(root: Path, name: str, old: str, new: str) -> None:
    path = root / "articles" / name / "bridge.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_decisions_survive_a_sentence_being_cut_in_two_and_put_together_again(bridge: Path) -> None:
    decide(
        bridge,
        event(bridge, "edit", [ZH_COST, HE_COST], source_english="It cost $3 billion in all."),
        event(bridge, "reject", [ZH_MAYOR, HE_MAYOR]),
    )
    head, tail = "工程总投资为", "30亿美元。"
    replace_in(bridge, "zh", ZH_COST, f"{head}\n\n{tail}")
    build(bridge)
    assert (f"{head}|{tail}", HE_COST) in links(bridge)
    assert statuses(bridge) == {ZH_COST: "edited"}
    assert unit(bridge, ZH_COST).source.english == "It cost $3 billion in all."
    replace_in(bridge, "zh", f"{head}\n\n{tail}", ZH_COST)
    build(bridge)
    assert statuses(bridge) == {ZH_COST: "edited"}
    assert ZH_MAYOR not in {row["source"] for row in rows(bridge)}


def test_decisions_survive_paragraphs_being_joined(bridge: Path) -> None:
    decide(
        bridge,
        event(bridge, "accept", [ZH_COST, HE_COST]),
        event(bridge, "accept", [ZH_WORKERS, HE_WORKERS]),
        event(bridge, "reject", [ZH_MAYOR, HE_MAYOR]),
    )
    for lang, texts in (("zh", ZH), ("he", HE)):
        _, *body = texts
        replace_in(bridge, lang, "\n\n".join(body), (" " if lang == "he" else "").join(body))
    assert build(bridge) == 0
    assert statuses(bridge) == {ZH_COST: "accepted", ZH_WORKERS: "accepted"}
    assert ZH_MAYOR not in {row["source"] for row in rows(bridge)}


def test_decisions_survive_a_sentence_that_was_two_when_it_was_judged(bridge: Path) -> None:
    head, tail = "工程总投资为", "30亿美元。"
    replace_in(bridge, "zh", ZH_COST, f"{head}\n\n{tail}")
    build(bridge)
    decide(bridge, event(bridge, "accept", [head, tail, HE_COST]))
    replace_in(bridge, "zh", f"{head}\n\n{tail}", ZH_COST)
    assert build(bridge) == 0
    assert statuses(bridge) == {ZH_COST: "accepted"}


def test_a_decision_of_which_only_a_part_stands_by_itself_is_stale(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST]))
    replace_in(bridge, "zh", ZH_COST, ZH_COST.replace("。", "，") + ZH_FREE)
    replace_in(bridge, "zh", f"\n\n{ZH_FREE}\n", "\n")
    build(bridge)
    assert "accepted" not in statuses(bridge).values()
    capsys.readouterr()
    main(["status", str(bridge)])
    assert "stale 1" in capsys.readouterr().out


def test_a_decision_whose_text_changed_is_stale_and_not_applied(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(bridge, event(bridge, "edit", [ZH_COST, HE_COST], source="工程花费30亿美元。"))
    path = bridge / "articles" / "he" / "bridge.md"
    changed = HE_COST.replace("הגיעה", "הסתכמה")
    path.write_text(path.read_text(encoding="utf-8").replace(HE_COST, changed), encoding="utf-8")
    memory = bridge / "memory" / "he-en.tmx"
    memory.write_text(memory.read_text(encoding="utf-8").replace(HE_COST, changed), encoding="utf-8")
    assert build(bridge) == 0
    assert statuses(bridge) == {ZH_COST: "stale"}
    capsys.readouterr()
    main(["status", str(bridge)])
    assert "stale 1" in capsys.readouterr().out
    decide(bridge, event(bridge, "accept", [ZH_COST, changed]))
    assert build(bridge) == 0
    assert statuses(bridge) == {ZH_COST: "accepted"}


def test_a_decision_is_shown_as_stale_where_its_changed_text_has_moved_to(bridge: Path) -> None:
    decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST]))
    prepend(bridge, "he", "מזג האוויר היה נאה.")
    changed = HE_COST.replace("הגיעה", "הסתכמה")
    for name in ("articles/he/bridge.md", "memory/he-en.tmx"):
        path = bridge / name
        path.write_text(path.read_text(encoding="utf-8").replace(HE_COST, changed), encoding="utf-8")
    build(bridge)
    assert statuses(bridge) == {ZH_COST: "stale"}


def test_an_undo_leaves_the_exports_as_they_were(bridge: Path) -> None:
    before = exports(bridge)
    edit = event(
        bridge, "edit", [ZH_COST, HE_COST], source="花费30亿美元。", source_english="It cost $3 billion."
    )
    decide(bridge, edit, event(bridge, "reject", [ZH_MAYOR, HE_MAYOR]))
    assert build(bridge) == 0
    assert exports(bridge) != before
    decide(
        bridge,
        event(bridge, "undo", [ZH_COST, HE_COST]),
        event(bridge, "undo", [ZH_MAYOR, HE_MAYOR]),
    )
    assert build(bridge) == 0
    assert exports(bridge) == before


def test_building_anew_gives_the_same_bytes_as_building_on(bridge: Path) -> None:
    decide(
        bridge,
        event(bridge, "accept", [ZH_COST, HE_COST]),
        event(bridge, "reject", [ZH_MAYOR, HE_MAYOR]),
        event(bridge, "edit", [ZH_TITLE, HE_TITLE], target_english="Bridge opens"),
    )
    assert build(bridge) == 0
    kept = exports(bridge)
    import shutil

    shutil.rmtree(bridge / "build")
    assert build(bridge) == 0
    assert exports(bridge) == kept


def test_only_article_pairs_whose_decisions_changed_are_aligned_again(bridge: Path) -> None:
    for lang in ("zh", "he"):
        path = bridge / "articles" / lang / "bridge.md"
        (path.parent / "second.md").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert build(bridge) == 0
    before = read_manifest(open_corpus(bridge))["links"].groups
    row = event(bridge, "reject", [ZH_COST, HE_COST])
    row["anchors"] = [[name.replace("second", "bridge"), text] for name, text in row["anchors"]]
    decide(bridge, row)
    assert build(bridge) == 0
    after = read_manifest(open_corpus(bridge))["links"].groups
    assert len(before) > 1
    assert [name for name in after if after[name] != before[name]] == ["zh/bridge he/bridge"]


def test_a_note_changes_nothing_that_is_built(bridge: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (bridge / "build" / "export").iterdir()}
    decide(bridge, event(bridge, "note", [ZH_COST, HE_COST], text="see the annex"))
    assert build(bridge) == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_line_that_is_no_decision_is_named_and_the_rest_counts(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bridge / "decisions.jsonl").write_text("not a decision\n", encoding="utf-8")
    decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST]))
    capsys.readouterr()
    assert build(bridge) == 3
    assert "decisions.jsonl:1" in capsys.readouterr().err
    assert statuses(bridge) == {ZH_COST: "accepted"}
    assert (bridge / "decisions.jsonl").read_text(encoding="utf-8").startswith("not a decision\n")


def test_an_edit_is_checked_as_it_will_be_exported(bridge: Path) -> None:
    decide(bridge, event(bridge, "edit", [ZH_COST], target="The project cost a total of $4 billion."))
    assert build(bridge) == 0
    row = next(row for row in rows(bridge, "zh-en") if row["source"] == ZH_COST)
    assert row["findings"]


def test_the_edited_english_of_two_sentences_is_that_of_the_one_that_was_changed(bridge: Path) -> None:
    merged: Any = [[anchors(bridge, [ZH_COST, ZH_FREE]), anchors(bridge, [HE_COST])]]
    decide(bridge, event(bridge, "merge", [ZH_COST, HE_COST], links=merged))
    english = f"{ZH[ZH_COST]} Crossing is free for a month."
    decide(bridge, event(bridge, "edit", [ZH_COST, ZH_FREE, HE_COST], source_english=english))
    assert build(bridge) == 0
    assert unit(bridge, ZH_COST + ZH_FREE).source.english == english
    assert rendering(bridge, ZH_FREE).target.text == "Crossing is free for a month."
    assert rendering(bridge, ZH_COST).status is Status.AUTO


def test_the_time_of_a_decision_is_kept_in_utc(bridge: Path) -> None:
    row = event(bridge, "accept", [ZH_COST, HE_COST])
    row["at"] = "2026-03-01T01:30:00+02:00"
    decide(bridge, row)
    assert build(bridge) == 0
    assert unit(bridge, ZH_COST).reviewed == dt.datetime(2026, 2, 28, 23, 30, tzinfo=dt.UTC)
