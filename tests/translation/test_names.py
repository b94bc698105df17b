"""Names of the glossary in what a model gives: chosen, kept by placeholders, put where attention points."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from paracorp.lexicon.termbase import Termbase
from paracorp.records import Term
from paracorp.translation.engine import Attention, Hypothesis
from paracorp.translation.names import Draft, Names
from paracorp.translation.words import place_of_name

TERMS = Termbase(
    (
        Term(
            "altman",
            "person",
            {
                "zh": ("奥尔特曼", "萨姆·奥尔特曼"),
                "he": ("סם אלטמן", "אלטמן"),
                "en": ("Sam Altman", "Altman"),
            },
        ),
        Term("altman", "person", {"en": ("Ortman",)}, status="forbidden"),
        Term("stargate", "project", {"zh": ("星际之门",), "he": ("סטארגייט",), "en": ("Stargate",)}),
        Term("israel", "place", {"he": ("ישראל", "ישראלית"), "en": ("Israel", "Israeli")}),
        Term("openai", "company", {"zh": ("OpenAI",), "he": ("OpenAI",), "en": ("OpenAI",)}),
        Term("president", "office", {"zh": ("总统",), "en": ("President",)}),
        Term("local", "company", {"zh": ("本地公司",)}),
    )
)
SOURCE = "奥尔特曼介绍了星际之门。"


@pytest.fixture
def names() -> Names:
    return Names(TERMS, "zh", "en")


def hypotheses(*texts: str, score: float = 0.5) -> list[Hypothesis]:
    return [Hypothesis(text, score) for text in texts]


def unmasked(names: Names, source: str, draft: Draft, offered: Sequence[Hypothesis]) -> Draft:
    return names.unmasked(source, names.required(source), draft, offered, lambda _: True)


def test_terms_with_a_name_in_english_are_required(names: Names) -> None:
    required = names.required("奥尔特曼和本地公司谈星际之门，奥尔特曼同意。")
    assert {term_id: len(mentions) for term_id, mentions in required.items()} == {"altman": 2, "stargate": 1}


@pytest.mark.parametrize(
    ("english", "missing"),
    [
        ("Sam Altman presented Stargate.", set()),
        ("Altman's Stargate", set()),
        ("Ottman presented Stargate.", {"altman"}),
        ("Ottman presented Star Gates.", {"altman", "stargate"}),
    ],
)
def test_any_listed_variant_satisfies(names: Names, english: str, missing: set[str]) -> None:
    assert names.missing(names.required(SOURCE), english) == missing


def test_a_first_hypothesis_that_is_right_is_never_changed(names: Names) -> None:
    offered = hypotheses("Altman presented Stargate.", "Sam Altman introduced Stargate.")
    assert names.choose(names.required(SOURCE), offered) == Draft("Altman presented Stargate.", 0.5)


def test_the_hypothesis_with_most_names_is_taken_and_said(names: Names) -> None:
    offered = hypotheses("Ottman presented Star.", "Altman presented it.", "Altman presented Stargate.")
    draft = names.choose(names.required(SOURCE), offered)
    assert draft.text == "Altman presented Stargate."
    assert draft.notes == (
        "name-repaired: Altman for 奥尔特曼: hypothesis 3 of the model has it",
        "name-repaired: Stargate for 星际之门: hypothesis 3 of the model has it",
    )


def test_of_hypotheses_no_better_than_the_first_the_first_stays(names: Names) -> None:
    offered = hypotheses("Ottman presented Stargate.", "Altman presented Star.")
    assert names.choose(names.required(SOURCE), offered) == Draft("Ottman presented Stargate.", 0.5)


def test_a_listed_wrong_rendering_is_replaced_where_the_source_names_the_term(names: Names) -> None:
    draft = Draft("Ortman's Stargate", 0.5)
    mended = names.without_forbidden(names.required(SOURCE), draft)
    assert mended.text == "Altman's Stargate"
    assert mended.notes == ("name-repaired: Altman for 奥尔特曼: in place of “Ortman”",)
    assert names.without_forbidden(names.required("星际之门"), draft) == draft


def test_missing_terms_are_masked_every_time_and_no_others(names: Names) -> None:
    source = "奥尔特曼和OpenAI谈星际之门，奥尔特曼同意。"
    masked = names.masked(source, names.required(source), Draft("Star talks with OpenAI.", 0.5))
    assert masked == "X1和OpenAI谈X2，X1同意。"


def test_hebrew_prefixes_are_kept_apart_from_the_placeholder() -> None:
    names = Names(TERMS, "he", "en")
    source = "טראמפ אמר לאלטמן שסטארגייט X טובה"
    assert names.masked(source, names.required(source), Draft("", 0.5)) == "טראמפ אמר ל-Q1 ש-Q2 X טובה"


def test_placeholders_become_names_as_short_as_their_mentions(names: Names) -> None:
    draft = Draft("Ottman presented Star.", 0.5)
    mended = unmasked(names, SOURCE, draft, hypotheses("X1 showed.", "The X1's X2 was presented."))
    assert mended.text == "Altman's Stargate was presented."
    assert len(mended.notes) == 2
    full = "萨姆·奥尔特曼介绍了星际之门。"
    assert unmasked(names, full, draft, hypotheses("X1 and X2.")).text == "Sam Altman and Stargate."


@pytest.mark.parametrize(
    "offered",
    [
        hypotheses("Somebody presented it."),
        hypotheses("X1 and X1 and X2."),
        hypotheses("X1 presented X2.", score=0.2),
        hypotheses("X1 presented X3."),
        hypotheses("X1 presented X22."),
        hypotheses("X1 presented the X."),
        hypotheses("X1 presented X-2."),
    ],
)
def test_a_masked_rendering_that_is_no_better_or_doubtful_is_not_taken(
    names: Names, offered: list[Hypothesis]
) -> None:
    draft = Draft("Ottman presented Star.", 0.5)
    assert unmasked(names, SOURCE, draft, offered) == draft


def test_a_masked_rendering_that_loses_another_name_is_not_taken(names: Names) -> None:
    draft = Draft("Ottman presented Stargate.", 0.5)
    assert unmasked(names, SOURCE, draft, hypotheses("X1 presented it.")) == draft


def test_a_masked_rendering_with_a_fault_is_not_taken(names: Names) -> None:
    draft = Draft("Ottman presented Star.", 0.5)
    required = names.required(SOURCE)
    assert names.unmasked(SOURCE, required, draft, hypotheses("X1 and X2."), lambda _: False) == draft


def attention(source: str, english: str, pairs: dict[str, str]) -> Attention:
    """Attention of English words (split at spaces) to parts of the source."""
    spans, place = [], 0
    for word in english.split():
        start = english.index(word, place)
        spans.append((start, start + len(word)))
        place = start + len(word)
    tokens = tuple((index, index + 1) for index in range(len(source)))
    rows = []
    for start, end in spans:
        part = pairs.get(english[start:end], "")
        first = source.find(part) if part else -1
        inside = range(first, first + len(part)) if first >= 0 else range(0)
        rows.append(tuple(0.8 / len(part) if index in inside else 0.01 for index in range(len(source))))
    return Attention(tokens, tuple(spans), tuple(rows))


def test_a_name_goes_where_its_model_looked_at_the_term(names: Names) -> None:
    english = "Then the Ottman's people presented Starry Gates today"
    looked = attention(
        SOURCE, english, {"Ottman's": "奥尔特曼", "Starry": "星际之门", "Gates": "星际之门", "people": "介绍"}
    )
    mended = names.located(names.required(SOURCE), Draft(english, 0.5), looked)
    assert mended.text == "Then Altman's people presented Stargate today"
    assert mended.notes == (
        "name-repaired: Stargate for 星际之门: in place of “Starry Gates”",
        "name-repaired: Altman for 奥尔特曼: in place of “Ottman's”",
    )


def test_where_attention_is_not_clear_nothing_is_put_in(names: Names) -> None:
    draft = Draft("They presented something today", 0.5)
    assert names.located(names.required(SOURCE), draft, attention(SOURCE, draft.text, {})) == draft


def test_a_name_the_source_has_twice_is_put_in_for_each_mention(names: Names) -> None:
    source, english = "奥尔特曼说，斯塔盖特归萨姆·奥尔特曼。", "Ottman said it belongs to Santman Oltman"
    pairs = {"Ottman": "奥尔特曼", "Santman": "萨姆·奥尔特曼", "Oltman": "萨姆·奥尔特曼"}
    required, draft = names.required(source), Draft(english, 0.5)
    mended = names.located(required, draft, attention(source, english, pairs))
    assert mended.text == "Altman said it belongs to Sam Altman"
    assert mended.notes == (
        "name-repaired: Sam Altman for 萨姆·奥尔特曼: in place of “Santman Oltman”",
        "name-repaired: Altman for 奥尔特曼: in place of “Ottman”",
    )


def test_a_second_mention_whose_place_is_not_clear_changes_nothing(names: Names) -> None:
    source, english = "奥尔特曼说，星际之门归奥尔特曼。", "Ottman said that Stargate was his"
    looked = attention(source, english, {"Ottman": "奥尔特曼"})
    mended = names.located(names.required(source), Draft(english, 0.5), looked)
    assert mended.text == "Altman said that Stargate was his"


def test_a_name_that_is_right_is_not_written_over(names: Names) -> None:
    english = "Stargate was presented"
    looked = attention(SOURCE, english, {"Stargate": "奥尔特曼"})
    assert names.located(names.required(SOURCE), Draft(english, 0.5), looked).text == english


def test_the_variant_nearest_to_what_the_model_wrote_is_put_in() -> None:
    names, source = Names(TERMS, "he", "en"), "חברה ישראלית"
    english = "an Izraeli company"
    looked = attention(source, english, {"Izraeli": "ישראלית"})
    mended = names.located(names.required(source), Draft(english, 0.5), looked)
    assert mended.text == "an Israeli company"


def test_an_office_is_not_forced_into_the_english(names: Names) -> None:
    source = "总统介绍了星际之门。"
    required, draft = names.required(source), Draft("The US leader presented Stargate.", 0.5)
    assert names.missing(required, draft.text) == {"president"}
    assert names.to_mend(required, draft) == set()


def test_small_words_at_the_edge_are_no_part_of_the_place() -> None:
    english = "said the Ottman of it"
    looked = attention("奥尔特曼", english, dict.fromkeys(english.split(), "奥尔特曼"))
    assert place_of_name(english, looked, (0, 4), "Altman") == (9, 15)


@pytest.mark.parametrize(
    ("written", "name"),
    [("特朗普", "Trump"), ("唐纳德·特朗普", "Donald Trump"), ("英伟达", "Nvidia"), ("NVIDIA", "Nvidia")],
)
def test_the_name_put_in_is_about_as_long_as_the_mention(written: str, name: str) -> None:
    terms = Termbase(
        (
            Term(
                "trump",
                "person",
                {"zh": ("特朗普", "唐纳德·特朗普"), "en": ("Donald J. Trump", "Donald Trump", "Trump")},
            ),
            Term(
                "nvidia",
                "company",
                {"zh": ("英伟达", "NVIDIA"), "en": ("Nvidia Corporation", "Nvidia", "NVIDIA")},
            ),
        )
    )
    names = Names(terms, "zh", "en")
    [(term_id, [mention])] = names.required(f"{written}来了。").items()
    assert names.name(term_id, mention) == name
