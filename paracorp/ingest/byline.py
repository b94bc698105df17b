"""Lines that say who wrote a report, where and when, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from paracorp.ingest.draft import Facts
from paracorp.ingest.prose import columns, ends_sentence
from paracorp.ingest.published import CLOCK, find_days
from paracorp.ingest.rules import load_rules

# Agencies write a word instead of a colon: "本报记者 李明 北京报道".
_REPORTER = re.compile(
    r"[（(【\[]?[□■●]?\s*(?P<house>[\u4e00-\u9fff]{1,8}?(?:社|报|刊|网|台|新闻|财经|周刊))?\s*"
    r"(?:特约|实习|见习|首席|驻\S{2,6}|高级)?(?:记者|記者|通讯员|评论员|撰稿人)[\s:：/]+"
    r"(?P<name>[\u4e00-\u9fff·]{2,4}(?:[\s、,，]+[\u4e00-\u9fff·]{2,4}){0,4}?)"
    r"(?:\s+(?:发自|自)?[\u4e00-\u9fff]{2,6}(?:报道|電|电))?[）)】\]]?"
    # ... and in Taiwan a slash: "記者陳阿海／臨海報導".
    r"|[（(【〔\[]?(?P<house2>[\u4e00-\u9fff]{2,6}(?:社|報|網|台|新聞))?(?:記者|记者|特派員)\s?"
    r"(?P<name2>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4})*)\s?[／/]\s?[\u4e00-\u9fff]{2,8}(?:報導|报道)[）)】〕\]]?"
)
_TOOLS = re.compile(r"(?:[\s|｜]*[【\[]?\+?(?:打印|关闭|收藏|分享|纠错|复制链接|举报|投稿|关注)[】\]]?)+$")
_EDGES = " |｜丨/／·•,，;；、-–—:：()（）[]【】>»"
_STOP = re.compile(r"[。！？；!?;…]|\.\s")
_ROLE = re.compile(
    r"^[\u4e00-\u9fff]{0,8}(?:\s|(?<=[社报刊网])|(?<=特约)|(?<=实习)|^)(?:记者|記者|作者|编辑|编译)(?:[:：/\s]\s*|(?=[\u4e00-\u9fff]{2,4}$))"
    r"|^(?:by|מאת)\s+",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"(?:社|报|報|网|網|台|新闻|新聞|客户端|在线|周刊|杂志|频道|财经|News|Times|Post)$")
_AFFILIATION = re.compile(r"[（(][^）)]*(?:[）)]|$)")
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{6,}")
_COUNT = re.compile(r"[\d,.]+\s*[万亿kKwW+]*\s*(?:次|条|人|字|分钟)?")
_SIZE = re.compile(r"(?:[大中小特]|[AT][+-]?|[\s|｜])*")
# What else may stand with a day: its weekday, its clock, the Jewish date.
_JEWISH_MONTH = "(?:תשרי|חש?וו?ן|כסלו|טבת|שבט|אדר(?: [אב]['׳]?)?|ניסן|אייר|סיוו?ן|תמוז|אב|אלול)"
_AROUND_DAY = re.compile(
    rf"(?:בשעה|שעה|בתאריך|ב[-־]?|at|on|{CLOCK}|[\s,，|｜·•\-–—()（）:：]|(?:星期|周)[一二三四五六日天]"
    r"|(?:发布于|发表于|IP ?属地)\s*[:：]?\s*[\u4e00-\u9fff]{2,4}"
    r"|יום (?:ראשון|שני|שלישי|רביעי|חמישי|שישי|שבת|[א-ו]['׳])|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
    rf"|[א-ת]{{1,2}}[\"״]?[א-ת]?['׳]? ב?{_JEWISH_MONTH},? (?:ה['׳]?)?תש[א-ת\"״]{{1,4}})*",
    re.IGNORECASE,
)
_CLOCK_ALONE = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])")

# "The company announced on 12.03.2025" is a sentence.
_ON_DAY = re.compile(r"\S\s+(?:ב[-־]?|on|于|於)\s?$", re.IGNORECASE)
_BARS = re.compile(r"\s*[|｜•·]\s*")
_PLACE = re.compile(r"(?<![^\s·])[\u4e00-\u9fff]{2,4}$")

_MAX_COLUMNS = 160
_MAX_VALUE = 48
_MAX_WORDS = 6
_MAX_NAME = 24


@cache
def _field() -> re.Pattern[str]:
    """A label at the start of a line, or after white space or a mark; bars stand for colons: "文｜周以宁"."""
    return re.compile(
        rf"(?:^|(?<=[\s|｜丨/／·•,，（(【\[]))(?:({load_rules().any_label})\s*[:：|｜丨/／]\s*"
        r"|(?<!\S)(מאת|By|נכתב על ידי)\s+(?=\S)|(פורסם ב|发表于|发布于)[-־]?\s*(?=\d))",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """A labelled value; the days in it are taken out of `value`."""

    kind: str
    value: str
    days: Facts


def read_byline(line: str) -> Facts | None:
    """What a byline says; None where the line is none, or says anything beside.

    A byline is a row of labels with values that fit them, a bare day, or a day beside one name.
    """
    if columns(line) > _MAX_COLUMNS or _STOP.search(line) or ends_sentence(line):
        return None
    line = _TOOLS.sub("", line)
    facts = _plain_byline(line)
    return _row(line) if facts is None else facts


def _row(line: str) -> Facts | None:
    """A row of parts between bars or dots: days, labels, a section, a counter, at most one name."""
    parts = [part for part in _BARS.split(line) if part]
    read = [_plain_byline(part) for part in parts]
    rest = [
        part for part, facts in zip(parts, read, strict=True) if facts is None and not _is_furniture(part)
    ]
    if len(parts) < 2 or not any(read) or len(rest) > 1 or not all(is_name(part) for part in rest):
        return None
    said = Facts(author=_names(rest[0])) if rest else Facts()
    for facts in read:
        said = (facts or Facts()).or_else(said)
    return said


def _is_furniture(text: str) -> bool:
    rules = (rule for rule in load_rules().rules if rule.name in ("counters", "section-name", "page-tools"))
    return any(pattern.fullmatch(text) for rule in rules for pattern in rule.lines)


def _plain_byline(line: str) -> Facts | None:
    reporter = _REPORTER.fullmatch(line)
    if reporter:
        said = reporter.groupdict("")
        return Facts(
            author=_names(said["name"] or said["name2"]), publisher=_house(said["house"] or said["house2"])
        )
    labels = list(_field().finditer(line))
    if not labels:
        return _dated(line)
    lead = line[: labels[0].start()].strip(_EDGES)
    before = _dated(lead) if lead else Facts()
    entries = list(_entries(line, labels))
    if before is None or not all(_fits(entry) for entry in entries):
        return None
    return _facts(entries).or_else(before)


def _entries(line: str, labels: list[re.Match[str]]) -> Iterable[_Field]:
    ends = [match.start() for match in labels[1:]] + [len(line)]
    for match, end in zip(labels, ends, strict=True):
        label = (match[1] or match[2] or match[3]).strip()
        kind = next(kind for kind, names in load_rules().labels.items() if names.fullmatch(label))
        rest, days = _without_days(line[match.end() : end])
        yield _Field(kind, rest, days)


def _without_days(text: str) -> tuple[str, Facts]:
    days = list(find_days(text))
    for item in reversed(days):
        text = f"{text[: item.start]} {text[item.end :]}"
        text = _CLOCK_ALONE.sub(" ", text)
    return text.strip(_EDGES), Facts(published=days[0].day if days else None)


def _fits(entry: _Field) -> bool:
    """Whether a value is what its label asks for, and no more."""
    if entry.kind in ("published", "updated"):
        timed = entry.days.published or _CLOCK_ALONE.search(entry.value)
        return bool(timed and _AROUND_DAY.fullmatch(_PLACE.sub("", entry.value)))
    if entry.kind == "count":
        return bool(_COUNT.fullmatch(entry.value))
    if entry.kind == "size":
        return bool(_SIZE.fullmatch(entry.value))
    value = _AFFILIATION.sub("", entry.value)
    if columns(value) > _MAX_VALUE or "，" in value or value.startswith(('"', "“", "”", "'", "「")):
        return False
    if entry.kind == "publisher":
        return len(value.split()) <= _MAX_WORDS
    return len(value.split()) <= _MAX_WORDS and not _HAN_WORD.search(_ROLE.sub("", value))


def _facts(entries: list[_Field]) -> Facts:
    said = Facts()
    order = ("published", "author", "publisher", "credit", "count", "size", "updated")
    for entry in sorted(entries, key=lambda item: order.index(item.kind)):
        facts = entry.days
        if entry.kind == "author":
            facts = Facts(author=_names(entry.value)).or_else(facts)
        elif entry.kind == "publisher":
            facts = Facts(publisher=entry.value).or_else(facts)
        said = said.or_else(facts)
    return said


def _dated(line: str) -> Facts | None:
    """A day and clock alone, or beside one short name; None for anything else."""
    days = list(find_days(line))
    if not days or _ON_DAY.search(line[: days[0].start]):
        return None
    name, facts = _without_days(line)
    if days[-1].timed and not _AROUND_DAY.fullmatch(name) and not _HOUSE.search(name):
        name, _ = _without_days(_PLACE.sub("", line))
    if _AROUND_DAY.fullmatch(name) or _is_furniture(name):
        return facts
    numeric = days[0].timed or not re.search(r"[^\d./\-:\s]", line[days[0].start : days[0].end])
    if not numeric or columns(name) > _MAX_NAME or not (is_name(name, words=4) or _HOUSE.search(name)):
        return None
    return (Facts(publisher=name) if _HOUSE.search(name) else Facts(author=_names(name))).or_else(facts)


def is_name(text: str, words: int = 3) -> bool:
    """Whether a line may be a name: two to `words` words, or two to four Chinese characters, no marks."""
    if columns(text) > _MAX_NAME or re.search(r"[^\w\s·'׳״\"’.-]|\d", text):
        return False
    return 2 <= len(text.split()) <= words or bool(re.fullmatch("[\u4e00-\u9fff·]{2,4}", text))


def _names(text: str) -> str:
    return " ".join(_ROLE.sub("", _AFFILIATION.sub("", text).strip()).split())


def _house(name: str) -> str:
    return "" if name.startswith("本") else name
