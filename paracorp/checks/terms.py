"""Rules about names: a term must come through, the forbidden ones must not, and both sides should name it."""

from __future__ import annotations

from collections.abc import Iterator

from paracorp.checks.registry import Spot, part, rule
from paracorp.checks.views import PIVOT, Text, View
from paracorp.lexicon.matching import Mention
from paracorp.lexicon.paraphrase import paraphrased
from paracorp.records import Severity

_SHOWN_VARIANTS = 4


@rule("term-missing", Severity.WARNING)
def term_missing(view: View) -> Iterator[Spot]:
    """A term of the source does not show as an approved variant in the English."""
    for text, english in view.renderings:
        mentions = _first_mentions(text)
        if not mentions:
            continue
        present = english.ids(frozenset(mentions))
        for term_id, mention in mentions.items():
            variants = view.lexicon.termbase.approved(term_id, PIVOT)
            term = view.lexicon.termbase.get(term_id)
            if not variants or term is None or term_id in present:
                continue
            if paraphrased(term.kind, variants, english.text):
                continue
            expected = " or ".join(variants[:_SHOWN_VARIANTS])
            written = text.text[mention.start : mention.end]
            yield part(text, mention.start, mention.end, f"{written} ({term_id}) should be {expected}")


@rule("term-forbidden", Severity.ERROR)
def term_forbidden(view: View) -> Iterator[Spot]:
    """A text uses a variant that the glossary forbids."""
    for text in view.texts:
        for mention in view.lexicon.forbidden(text.lang).find(text.text):
            term_id = mention.term_id
            approved = view.lexicon.termbase.approved(term_id.removesuffix(".forbidden"), text.lang)
            instead = f"; use {approved[0]}" if approved else ""
            message = f"{text.text[mention.start : mention.end]} is forbidden ({term_id}){instead}"
            yield part(text, mention.start, mention.end, message)


@rule("entity-one-sided", Severity.INFO)
def entity_one_sided(view: View) -> Iterator[Spot]:
    """One side of a pair names an entity that the other does not."""
    if not view.across:
        return
    for text, other in ((view.source, view.target), (view.target, view.source)):
        mentions = _first_mentions(text)
        if not mentions:
            continue
        present = other.ids(frozenset(mentions))
        for term_id, mention in mentions.items():
            if term_id not in present and other.lang in _langs_of(view, term_id):
                written = text.text[mention.start : mention.end]
                yield part(
                    text, mention.start, mention.end, f"{written} ({term_id}) is not in the {other.field}"
                )


def _first_mentions(text: Text) -> dict[str, Mention]:
    """Each term's first mention, in reading order."""
    first: dict[str, Mention] = {}
    for mention in text.mentions:
        first.setdefault(mention.term_id, mention)
    return first


def _langs_of(view: View, term_id: str) -> set[str]:
    term = view.lexicon.termbase.get(term_id)
    return set(term.variants) if term is not None else set()
