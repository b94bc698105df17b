"""The units of a shelf as the page gets them: JSON-like data, offsets in code points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paracorp import __version__
from paracorp.checks import RULES
from paracorp.records import SEVERITIES, Segment, TranslationUnit, Variant
from paracorp.review.anchoring import Key, article_of, room_of
from paracorp.review.describing import article_data, finding_data, language_data, state_data
from paracorp.review.events import Action, row_of
from paracorp.review.marks import Mark, Marker, Text
from paracorp.review.reasons import reasons, rival
from paracorp.review.shelf import Shelf

COLUMNS = (
    "id",
    "pair",
    "pos",
    "confidence",
    "status",
    "severity",
    "findings",
    "rules",
    "shape",
    "source",
    "target",
    "notes",
    "pending",
)
SNIPPET_CHARS = 80
NEIGHBOURS = 2


class Views:
    """Makes the data of one shelf; names and numbers are looked for when a unit is first shown."""

    def __init__(self, shelf: Shelf) -> None:
        """Number articles, pairs of articles and rules, as rows refer to them."""
        self.shelf = shelf
        self._marker = Marker(shelf.built.termbase)
        self._articles = {row.id: number for number, row in enumerate(shelf.built.articles)}
        rooms = [(pair.source_id, pair.target_id) for pair in shelf.built.pairs]
        linked = (room_of(key) for key in shelf.ids if key[1])
        self._rooms = {room: number for number, room in enumerate(dict.fromkeys([*rooms, *linked]))}
        self._rules = {name: number for number, name in enumerate(RULES)}
        self._places: dict[str, int] = {}
        self.by_article: dict[str, list[Segment]] = {row.id: [] for row in shelf.built.articles}
        for segment in shelf.built.segments:
            self._places[segment.id] = len(self.by_article[segment.article_id])
            self.by_article[segment.article_id].append(segment)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What can be listed: pairs, and the English of each language."""
        return ("links", self.shelf.source_lang, self.shelf.target_lang)

    def meta(self, counts: Mapping[str, int]) -> dict[str, Any]:
        """What the page must know before it shows anything; `counts` are the units of each kind."""
        built = self.shelf.built
        settings = built.corpus.settings
        scores = {(pair.source_id, pair.target_id): pair.score for pair in built.pairs}
        return {
            "corpus": built.corpus.name,
            "title": settings.title or built.corpus.name,
            "version": __version__,
            "languages": [language_data(code) for code in settings.languages],
            "pivot": language_data(settings.pivot),
            "kinds": [{"kind": kind, "count": count} for kind, count in counts.items()],
            "rules": [{"name": name, "severity": str(rule.severity)} for name, rule in RULES.items()],
            "articles": [article_data(row) for row in built.articles],
            "pairs": [
                {
                    "source": self._articles[room[0]],
                    "target": self._articles[room[1]],
                    "score": scores.get(room),
                }
                for room in self._rooms
            ],
            "lost": [row_of(event) for event in self.shelf.stale.get(((), ()), ())],
        }

    def listed(self, kind: str) -> Iterable[str]:
        """The visible units of a kind in the order of the text."""
        shelf = self.shelf
        ids = [name for name in shelf.keys if shelf.kind(name) == kind and shelf.visible(name)]
        return sorted(ids, key=self._order)

    def _order(self, unit_id: str) -> tuple[int, int, int]:
        key = self.shelf.keys[unit_id]
        last = self._places[key[1][0]] if key[1] else 0
        return self._group(key), self._places[key[0][0]], last

    def _group(self, key: Key) -> int:
        """The number of the pair of articles, or of the article of a rendering."""
        room = room_of(key)
        if not key[1]:
            return self._articles[room[0]]
        return self._rooms.setdefault(room, len(self._rooms))

    def row(self, unit_id: str) -> list[Any]:
        """A unit in the index, in the order of `COLUMNS`."""
        shelf = self.shelf
        unit, key, state = shelf.current(unit_id), shelf.keys[unit_id], shelf.state(unit_id)
        findings = shelf.findings(unit_id)
        severities = [finding.severity for finding in findings]
        return [
            unit_id,
            self._group(key),
            self._places[key[0][0]],
            self._confidence(unit),
            str(shelf.standing(unit_id)),
            str(max(severities, key=SEVERITIES.index)) if severities else "",
            len(findings),
            sorted({self._rules[finding.rule] for finding in findings}),
            unit.shape,
            unit.source.text[:SNIPPET_CHARS],
            unit.target.text[:SNIPPET_CHARS],
            sum(event.action is Action.NOTE for event in state.history),
            shelf.pending(unit_id),
        ]

    def _confidence(self, unit: TranslationUnit) -> float | None:
        by_person = unit.link_id and unit.id not in self.shelf.links
        return None if by_person or unit.confidence is None else round(unit.confidence, 4)

    def unit(self, unit_id: str) -> dict[str, Any]:
        """Everything about one unit."""
        shelf = self.shelf
        unit, key, link = shelf.current(unit_id), shelf.keys[unit_id], shelf.links.get(unit_id)
        evidence = link.evidence if link is not None else None
        texts = self._texts(unit)
        groups, marks = self._marker.mark(texts)
        fields = {text.field for text in texts}
        stale = shelf.stale.get(key, ())
        return {
            "id": unit_id,
            "kind": shelf.kind(unit_id),
            "content_hash": shelf.original(unit_id).content_hash,
            "shape": unit.shape,
            "confidence": self._confidence(unit),
            "pair": self._group(key),
            **self._sides(unit_id, unit, marks),
            "reasons": [{"kind": kind, "text": text} for kind, text in reasons(evidence)] if key[1] else [],
            "runner_up": rival(evidence),
            "findings": [
                finding_data(row) for row in shelf.findings(unit_id) if row.field in fields or not row.end
            ],
            "groups": [{"label": row.label, "kind": row.kind, "fields": list(row.fields)} for row in groups],
            "state": state_data(shelf.state(unit_id), shelf.standing(unit_id), stale),
        }

    def _sides(
        self, unit_id: str, unit: TranslationUnit, marks: Mapping[str, Sequence[Mark]]
    ) -> dict[str, Any]:
        original, key = self.shelf.original(unit_id), self.shelf.keys[unit_id]
        sides = {
            "source": self._side(unit.source, original.source, key[0]),
            "target": self._side(unit.target, original.target, key[1]),
        }
        for name, side in sides.items():
            if not key[1]:
                side |= {"english": "", "original_english": ""}  # the other side is the English
            for label, field in (("marks", name), ("english_marks", f"{name}_english")):
                found = marks.get(field, ())
                side[label] = [{"start": row.start, "end": row.end, "group": row.group} for row in found]
        return sides

    def _texts(self, unit: TranslationUnit) -> list[Text]:
        pivot = self.shelf.built.corpus.settings.pivot
        found = []
        for name, side in (("source", unit.source), ("target", unit.target)):
            day = self.shelf.published.get(side.article_id)
            found.append(Text(name, side.text, side.lang, day))
            if side.english and unit.link_id:
                found.append(Text(f"{name}_english", side.english, pivot, day))
        return found

    def _side(self, side: Variant, original: Variant, ids: Sequence[str]) -> dict[str, Any]:
        rows = self.by_article[side.article_id] if ids else []
        first, last = (self._places[ids[0]], self._places[ids[-1]]) if ids else (0, -1)
        return {
            "lang": side.lang,
            "article": self._articles[side.article_id],
            "text": side.text,
            "original": original.text,
            "english": side.english,
            "original_english": original.english,
            "origin": str(side.origin),
            "engine": side.engine,
            "segments": [self.segment(self.shelf.locator.segments[name]) for name in ids],
            "before": [self.segment(row) for row in rows[max(0, first - NEIGHBOURS) : first]],
            "after": [self.segment(row) for row in rows[last + 1 : last + 1 + NEIGHBOURS]] if ids else [],
        }

    def segment(self, segment: Segment) -> dict[str, Any]:
        """A sentence as the page needs it to show and to link it."""
        shelf = self.shelf
        units = [
            name for name in shelf.holders.get(segment.id, ()) if shelf.keys[name][1] and shelf.visible(name)
        ]
        return {
            "id": segment.id,
            "text": segment.text,
            "english": shelf.english(segment.id),
            "kind": str(segment.kind),
            "block": segment.block,
            "units": units,
        }

    def pair(self, source_id: str, target_id: str) -> dict[str, Any]:
        """Two whole articles with the links between them; KeyError for articles that are not there."""
        sides = {
            name: {
                "article": self._articles[article],
                "segments": [self.segment(row) for row in self.by_article[article]],
            }
            for name, article in (("source", source_id), ("target", target_id))
        }
        names = dict.fromkeys(
            name for row in self.by_article[source_id] for name in self.shelf.holders.get(row.id, ())
        )
        links = [
            {
                "unit": name,
                "source_ids": list(key[0]),
                "target_ids": list(key[1]),
                "confidence": self.shelf.links[name].confidence if name in self.shelf.links else None,
                "status": str(self.shelf.standing(name)),
            }
            for name in names
            if (key := self.shelf.keys[name])[1]
            and article_of(key[1][0]) == target_id
            and self.shelf.visible(name)
        ]
        return {**sides, "links": links}

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of articles in the order of their numbers."""
        return list(self._rooms)
