"""One corpus under review: its shelf, kept up with decisions from anywhere and with new builds."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from paracorp.corpus import Corpus
from paracorp.errors import InputError, UsageError
from paracorp.review.changes import ChangeLog
from paracorp.review.events import Event, row_of
from paracorp.review.incoming import checked
from paracorp.review.journal import Journal, append_rows, decisions_path, read_decisions, read_on
from paracorp.review.loading import Built, identity, load_build
from paracorp.review.searching import Searcher
from paracorp.review.shelf import Shelf
from paracorp.review.views import COLUMNS, Views

MOST_UNITS = 100
# Units a page of its own may hold with the single sentences among them; one takes about 3 kB.
MOST_BUNDLED = 10_000


@dataclass(slots=True)
class _Open:
    """What belongs to one loaded build."""

    shelf: Shelf
    views: Views
    searcher: Searcher
    journal: Journal
    seen: tuple[int, ...]
    stamp: str
    changes: ChangeLog = field(default_factory=ChangeLog)
    listed: dict[str, dict[str, None]] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)


class Office:
    """Answers what the page asks. Methods may be called from several threads."""

    def __init__(
        self,
        corpus: Corpus,
        *,
        reviewer: str,
        clock: Callable[[], dt.datetime],
        say: Callable[[str], None],
    ) -> None:
        """Open the last build; `InputError` where there is none. `say` hears what a person should know."""
        self.corpus = corpus
        self.reviewer = reviewer
        self._clock = clock
        self._say = say
        self._lock = threading.RLock()
        self._loading = False
        self._manifest = self._manifest_stamp()
        self._open = self._opened(load_build(corpus))

    def _opened(self, built: Built) -> _Open:
        seen = self._log_stamp()
        journal = read_decisions(self.corpus)
        for problem in journal.problems:
            self._say(f"{problem.message}\n  {problem.fix}")
        shelf = Shelf(built, journal)
        # A page that asks with the stamp of another start must not be told the changes of this one.
        stamp = f"{built.identity}-{secrets.token_hex(4)}"
        return _Open(shelf, Views(shelf), Searcher(shelf), journal, seen, stamp)

    # What the page reads

    def meta(self) -> dict[str, Any]:
        """See `Views.meta`, with the name to judge by and where changes count from."""
        with self._lock:
            self._follow()
            now = {"build": self._open.stamp, "cursor": self._open.changes.cursor, "reviewer": self.reviewer}
            counts = {kind: len(self._listed(kind)) for kind in self._open.views.kinds}
            return self._open.views.meta(counts) | now

    def index(self, kind: str) -> dict[str, Any]:
        """The rows of all units of a kind; `UsageError` for a kind there is not."""
        with self._lock:
            self._follow()
            rows = [self._row(name) for name in self._listed(kind)]
            now = {"build": self._open.stamp, "cursor": self._open.changes.cursor}
            return {"kind": kind, "columns": list(COLUMNS), "rows": rows} | now

    def units(self, unit_ids: Sequence[str]) -> dict[str, Any]:
        """Everything about some units, and the ids of those that are not there."""
        if len(unit_ids) > MOST_UNITS:
            raise UsageError(
                f"{len(unit_ids)} units at once", fix=f"Ask for {MOST_UNITS} at a time at the most."
            )
        with self._lock:
            self._follow()
            views, shelf = self._open.views, self._open.shelf
            known = [name for name in unit_ids if name in shelf.keys]
            missing = [name for name in unit_ids if name not in shelf.keys]
            units = [views.unit(name) for name in known]
            return {"cursor": self._open.changes.cursor, "units": units, "missing": missing}

    def search(self, text: str, kind: str) -> dict[str, Any]:
        """The ids of the units of a kind that hold a text."""
        with self._lock:
            return {"ids": self._open.searcher.find(text, self._listed(kind))}

    def pair(self, source_id: str, target_id: str) -> dict[str, Any]:
        """Two whole articles; `UsageError` for one there is not."""
        with self._lock:
            self._follow()
            articles = self._open.shelf.articles
            for name in (source_id, target_id):
                if name not in articles:
                    raise UsageError(f"no article {name}", fix="Load the page again.")
            return self._open.views.pair(source_id, target_id)

    def bundle(self) -> dict[str, Any]:
        """All there is, for a page of its own; of large corpora (see `MOST_BUNDLED`) the pairs only."""
        with self._lock:
            views, shelf = self._open.views, self._open.shelf
            kinds = views.kinds if len(shelf.keys) <= MOST_BUNDLED else views.kinds[:1]
            build = {"build": shelf.built.identity}
            meta = self.meta() | build | {"reviewer": ""}
            meta["kinds"] = [row for row in meta["kinds"] if row["kind"] in kinds]
            indexes = {kind: self.index(kind) | build for kind in kinds}
            return {
                "meta": meta,
                "index": indexes,
                "units": {row[0]: views.unit(row[0]) for index in indexes.values() for row in index["rows"]},
                "article_pairs": [views.pair(*room) for room in views.pairs()],
            }

    def changes(self, since: int, build: str) -> dict[str, Any]:
        """What has changed after a cursor, from here, another window, another program or a build."""
        with self._lock:
            self._look_for_build()
            self._follow()
            return self._changes(since, build)

    def prepare(self) -> None:
        """Make now, a little at a time, what the page will ask for first: the list, and texts to search."""
        with self._lock:
            names = list(self._listed(self._open.views.kinds[0]))
        for start in range(0, len(names), MOST_UNITS):
            with self._lock:
                part = [name for name in names[start : start + MOST_UNITS] if name in self._open.shelf.keys]
                for name in part:
                    self._row(name)
                self._open.searcher.find(" ", part)

    # What the page writes

    def decide(self, rows: Sequence[Any]) -> dict[str, Any]:
        """Append decisions; they are on the disk when this returns what they changed.

        Raises `UsageError` for what is no decision, `TextsChangedError` where the texts are not there any
        more, `CannotWriteError` where nothing could be written.
        """
        with self._lock:
            self._follow()
            since, build = self._open.changes.cursor, self._open.stamp
            events = checked(rows, self._open.shelf, reviewer=self.reviewer, clock=self._clock)
            if append_rows(self.corpus, [row_of(event) for event in events]):
                self._say("a torn last line of decisions.jsonl was put aside in decisions.torn")
            self._follow()
            return self._changes(since, build)

    # Keeping up

    def _listed(self, kind: str) -> dict[str, None]:
        """The visible units of a kind, in order."""
        views = self._open.views
        if kind not in views.kinds:
            raise UsageError(f"no list {kind!r}", fix=f"Ask for one of {', '.join(views.kinds)}.")
        if kind not in self._open.listed:
            self._open.listed[kind] = dict.fromkeys(views.listed(kind))
        return self._open.listed[kind]

    def _row(self, unit_id: str) -> list[Any]:
        if unit_id not in self._open.rows:
            self._open.rows[unit_id] = self._open.views.row(unit_id)
        return self._open.rows[unit_id]

    def _follow(self) -> None:
        """Take in what was appended to the log since, by anyone."""
        now, seen = self._open, self._log_stamp()
        if seen == now.seen:
            return
        appended = len(seen) == len(now.seen) and seen[0] == now.seen[0] and seen[1] > now.seen[1]
        more = read_on(decisions_path(self.corpus), now.journal) if appended or not now.seen else None
        if more is None:
            self._open = self._opened(now.shelf.built)  # another file, or one that was mended by hand
            return
        now.journal, now.seen = more, seen
        for problem in more.problems:
            self._say(f"{problem.message}\n  {problem.fix}")
        new = [event for event in more.events if event.id not in now.shelf.ledger.events]
        if new:
            self._record(now.shelf.take(new), new)

    def _record(self, changed: Iterable[str], events: Sequence[Event]) -> None:
        now = self._open
        # A redo may change nothing where another window has undone, too; the page showed what it expected.
        about = {key for event in events for key in now.shelf.ledger.keys_of(event.id)}
        ids = frozenset(changed) | {now.shelf.ids[key] for key in about if key in now.shelf.ids}
        now.searcher.forget(ids)
        for name in ids:
            now.rows.pop(name, None)
            kind = now.shelf.kind(name)
            if now.shelf.visible(name) != (name in now.listed.get(kind, ())):
                now.listed.pop(kind, None)
        now.changes.record(ids, events)

    def _changes(self, since: int, build: str) -> dict[str, Any]:
        now = self._open
        answer: dict[str, Any] = {"cursor": now.changes.cursor, "build": now.stamp}
        new = now.changes.since(since) if build == now.stamp else None
        if new is None:
            return answer | {"reload": True, "rows": {}, "gone": [], "saved": [], "by": []}
        names = sorted({name for change in new for name in change.unit_ids})
        rows: dict[str, list[Any]] = {kind: [] for kind in now.views.kinds}
        for name in names:
            if now.shelf.visible(name):
                rows[now.shelf.kind(name)].append(self._row(name))
        return answer | {
            "reload": False,
            "rows": rows,
            "gone": [name for name in names if not now.shelf.visible(name)],
            "saved": [name for change in new for name in change.event_ids],
            "by": list(dict.fromkeys(name for change in new for name in change.reviewers)),
        }

    def _look_for_build(self) -> None:
        """Load a new build beside the old one, which is shown until the new one is whole."""
        stamp = self._manifest_stamp()
        if self._loading or stamp == self._manifest:
            return
        self._manifest, self._loading = stamp, True
        threading.Thread(target=self._load, daemon=True).start()

    def _load(self) -> None:
        try:
            if identity(self.corpus) not in ("", self._open.shelf.built.identity):
                opened = self._opened(load_build(self.corpus))
                with self._lock:
                    self._open = opened
        except InputError:
            pass  # a build is at work; it writes the manifest again, and then it is tried again
        finally:
            self._loading = False

    def _log_stamp(self) -> tuple[int, ...]:
        """What tells that somebody has written to the log: its file, size and time; nothing without a log."""
        try:
            facts = decisions_path(self.corpus).stat()
        except FileNotFoundError:
            return ()
        return (facts.st_ino, facts.st_size, facts.st_mtime_ns)

    def _manifest_stamp(self) -> tuple[int, int]:
        try:
            facts = (self.corpus.build / "manifest.json").stat()
        except OSError:
            return (0, 0)
        return (facts.st_mtime_ns, facts.st_size)
