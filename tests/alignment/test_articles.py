import datetime as dt
import random

from paracorp.alignment import Passage, Report, pair_articles
from paracorp.settings import AlignmentSettings

DAY = dt.date(2024, 3, 5)
OTHER = (
    "Scientists have sequenced the genome of a rare orchid.",
    "The flower grows on a single mountain in Borneo.",
    "Its seeds are finer than dust and need a fungus to sprout.",
    "Collectors have paid thousands for a single plant.",
)


def reports(source: list[Passage], target: list[Passage]) -> tuple[list[Report], list[Report]]:
    orchid = [Passage(f"o{at}", "", english) for at, english in enumerate(OTHER)]
    return (
        [Report("zh/ferry", DAY, source), Report("zh/orchid", DAY, orchid)],
        [Report("he/ferry", DAY + dt.timedelta(days=30), target)],
    )


def test_articles_of_one_event_are_paired_and_others_have_no_partner(
    source: list[Passage], target: list[Passage]
) -> None:
    pairs = pair_articles(*reports(source, target), AlignmentSettings())
    assert [(pair.source_id, pair.target_id) for pair in pairs] == [("zh/ferry", "he/ferry")]
    assert 0.0 < pairs[0].score <= 1.0


def test_articles_outside_the_window_of_days_are_no_pair(
    source: list[Passage], target: list[Passage]
) -> None:
    assert pair_articles(*reports(source, target), AlignmentSettings(window_days=29)) == []


def test_an_unknown_day_rules_nothing_out(source: list[Passage], target: list[Passage]) -> None:
    left, right = reports(source, target)
    undated = [Report(report.id, None, report.passages) for report in left]
    assert pair_articles(undated, right, AlignmentSettings(window_days=1))


def test_one_article_may_have_several_partners(source: list[Passage], target: list[Passage]) -> None:
    left, right = reports(source, target)
    again = Report("he/ferry-again", DAY, target)
    pairs = pair_articles(left, [*right, again], AlignmentSettings())
    assert [pair.target_id for pair in pairs] == ["he/ferry", "he/ferry-again"]


def test_the_order_of_the_articles_does_not_matter(source: list[Passage], target: list[Passage]) -> None:
    left, right = reports(source, target)
    expected = pair_articles(left, right, AlignmentSettings())
    random.Random(7).shuffle(left)
    assert pair_articles(left[::-1], right[::-1], AlignmentSettings()) == expected


def test_no_articles_give_no_pairs() -> None:
    assert pair_articles([], [], AlignmentSettings()) == []
    assert (
        pair_articles([Report("zh/empty", DAY, [])], [Report("he/empty", DAY, [])], AlignmentSettings()) == []
    )
