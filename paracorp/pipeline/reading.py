"""From files to English: ingest, segment, translate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from paracorp import tables
from paracorp.corpus import data_hash, file_hash
from paracorp.errors import InputError
from paracorp.ingest import find_files, near_duplicates, read_article
from paracorp.pipeline.linking import read_glossaries
from paracorp.pipeline.made import Machine, Made, article_of, grouped
from paracorp.pipeline.workspace import Workspace
from paracorp.records import Article, Origin, Segment, Translation
from paracorp.segmentation import segment_article
from paracorp.translation import Engine, load_memory, missing_models, translate_segments


def ingest(work: Workspace, made: Made) -> None:
    """Articles from the files under `articles/`; a bad file is reported and left out."""
    root, languages = work.corpus.root, work.corpus.settings.languages
    paths = {_group_name(path.relative_to(root)): path for path in find_files(root, languages)}
    made.found = len(paths)
    if not paths:
        raise InputError(
            "no articles",
            path=work.corpus.articles,
            fix=f"Add reports with: paracorp add {root} FILE...",
        )
    owners: dict[str, str] = {}

    def compute(names: Sequence[str]) -> dict[str, list[Article]]:
        read: dict[str, list[Article]] = {}
        for name in names:
            try:
                read[name] = [read_article(paths[name], root, languages)]
            except InputError as error:
                work.reject(error)
            work.reporter.advance(1)
        return read

    keys = {name: data_hash([_hash_or_empty(path), list(languages)]) for name, path in paths.items()}
    articles = work.run_grouped(tables.ARTICLES, keys, group_of=lambda row: row.path, compute=compute)
    for article in articles:
        if owners.setdefault(article.id, article.path) == article.path:
            made.articles.append(article)
        else:
            work.reject(_same_id(root / article.path, owners[article.id]))
    _find_duplicates(work, made)


def _group_name(path: Path) -> str:
    """A file as the manifest names it; a name that is not UTF-8, which reading will refuse, escaped."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def _hash_or_empty(path: Path) -> str:
    try:
        return file_hash(path)
    except OSError:
        return ""  # reading it as an article gives the error that says why


def _same_id(path: Path, other: str) -> InputError:
    return InputError(
        f"has the same language and name as {other}, so its sentences would get the same ids",
        path=path,
        fix="Rename one of the two files.",
    )


def _find_duplicates(work: Workspace, made: Made) -> None:
    threshold = work.corpus.settings.ingest.near_duplicate
    made.duplicates = work.run_whole(
        tables.DUPLICATES,
        data_hash([work.output_hash(tables.ARTICLES), threshold]),
        lambda: near_duplicates(made.articles, threshold),
    )


def segment(work: Workspace, made: Made) -> None:
    """Sentences of every article."""
    articles = {article.id: article for article in made.articles}

    def compute(names: Sequence[str]) -> dict[str, list[Segment]]:
        done = {}
        for name in names:
            done[name] = list(segment_article(articles[name]))
            work.reporter.advance(1)
        return done

    keys = {name: data_hash(tables.as_data([article])) for name, article in articles.items()}
    made.segments = work.run_grouped(
        tables.SEGMENTS, keys, group_of=lambda row: row.article_id, compute=compute
    )


def recall(work: Workspace, made: Made) -> list[Translation]:
    """What the reviewed memory has for every segment: exact, then fuzzy, else none."""
    corpus, settings = work.corpus, work.corpus.settings.translation
    use_memory = "memory" in settings.engines and corpus.memory.is_dir()
    files = _memory_files(work) if use_memory else []
    by_article = grouped(made.segments, lambda row: row.article_id)

    def compute(names: Sequence[str]) -> dict[str, list[Translation]]:
        memory = load_memory(files, corpus.settings.languages, corpus.settings.pivot, work.reject)
        if memory.conflicts:
            work.reporter.note(
                f"note: {len(memory.conflicts)} texts have more than one English in the memory; "
                f"see: paracorp memory stats {corpus.root}"
            )
        done = {}
        for name in names:
            wanted = by_article.get(name, [])
            done[name] = list(translate_segments(wanted, memory=memory, engines=(), settings=settings))
            work.reporter.advance(1)
        return done

    inputs = [[path.name, _hash_or_empty(path)] for path in files]
    keys = {
        article.id: data_hash([tables.as_data(by_article.get(article.id, [])), inputs, settings.fuzzy])
        for article in made.articles
    }
    rows: list[Translation] = work.run_grouped(
        tables.RECALLED, keys, group_of=_article_of, compute=compute, again_after_problem=True
    )
    return rows


def _memory_files(work: Workspace) -> list[Path]:
    """The TMX files of the memory; a visible file of another kind there is named and left alone."""
    found = sorted(path for path in work.corpus.memory.iterdir() if not path.name.startswith("."))
    files = [path for path in found if path.name.lower().endswith((".tmx", ".tmx.gz")) and path.is_file()]
    for path in found:
        if path not in files:
            work.reporter.note(
                f"note: {path} is not read: only .tmx and .tmx.gz files directly in memory/ are"
            )
    return files


def translate(work: Workspace, made: Made, load_machine: Callable[[], Machine]) -> None:
    """The English of every segment: memory first, then the models, else none.

    `load_machine` is called only where the memory leaves something open.
    """
    settings = work.corpus.settings.translation
    recalled = {row.segment_id: row for row in recall(work, made)}
    by_article = grouped(made.segments, lambda row: row.article_id)
    left = {
        name: [row for row in rows if row.id in recalled and recalled[row.id].origin is Origin.NONE]
        for name, rows in by_article.items()
    }
    machine = load_machine() if any(left.values()) else Machine()
    repair = bool(machine.engines) and settings.repair_names
    terms = tables.as_data(read_glossaries(work)) if repair else []

    def compute(names: Sequence[str]) -> dict[str, list[Translation]]:
        wanted = [row for name in names for row in left.get(name, ())]
        done = recalled | {row.segment_id: row for row in _modelled(work, wanted, machine)}
        return {name: [done[row.id] for row in by_article.get(name, ())] for name in names}

    keys = {}
    for article in made.articles:
        rows = [recalled[row.id] for row in by_article.get(article.id, ()) if row.id in recalled]
        made_by = [[engine.key for engine in machine.engines], terms] if left.get(article.id) else []
        keys[article.id] = data_hash([tables.as_data(rows), made_by, repr(settings)])
    made.translations = work.run_grouped(
        tables.TRANSLATIONS,
        keys,
        group_of=_article_of,
        compute=compute,
        again_after_problem=True,
        own_progress=True,
    )
    made.missing = missing_models(made.segments, made.translations, machine.engines)


def _modelled(work: Workspace, segments: Sequence[Segment], machine: Machine) -> list[Translation]:
    """What the models give for the segments; a broken model is reported and its language left open."""

    def run(rows: Sequence[Segment], engines: Sequence[Engine]) -> list[Translation]:
        return list(
            translate_segments(
                rows,
                memory=None,
                engines=engines,
                settings=work.corpus.settings.translation,
                cache=machine.cache,
                termbase=read_glossaries(work) if engines else None,
                on_progress=work.reporter.advance,
            )
        )

    work.reporter.start(tables.TRANSLATIONS.name, len(segments))
    done: list[Translation] = []
    for lang, rows in grouped(segments, lambda row: row.lang).items():
        engines = [engine for engine in machine.engines if lang in engine.langs]
        try:
            done += run(rows, engines)
        except InputError as error:
            work.reject(error)
            done += run(rows, ())
    return done


def _article_of(row: Translation) -> str:
    return article_of(row.segment_id)
