"""What holds figures in English that count nothing: clock times, scores, addresses, labels, names."""

from __future__ import annotations

import re

from paracorp.lexicon.vocabulary import either, vocabulary

# Words that begin a sentence before a figure; any other capitalised word makes it a label: Boeing 747.
_BEFORE_FIGURES = (
    "In|On|At|By|Since|From|To|Until|After|Before|Over|Under|About|Around|Roughly|Nearly|Almost|Some|Only|Just|"
    "All|The|These|Those|Its|Their|His|Her|Our|Another|Than|And|Or|But|With|Of|For|Up|Down|Per|Between|More|Less|"
    "Exactly|Other|Approximately|First|Last|Next|Every|Each|Both|Another|Plans|Raises|Invests|Buys|Sells|Cuts|Adds|"
    "Loses|Gains|That|Within"
)
_MEASURES = either(name for name in vocabulary("en").units if name[0].isalpha())
_COUNTED = (
    r"(?![,.]\d|-\d|\s\d{3}|\s?(?:%|percent|per cent|million|billion|trillion|thousand|hundred|dollars|euros|"
    r"shekels|yuan|years?|months?|weeks?|days?|hours?|minutes?|miles?|kilomet|met(?:er|re)s|square|mega|giga|people|"
    rf"jobs|data|[cmnk]?m\b|kg\b|[kmg]w\b|(?:{_MEASURES})\b))"
)
_STREETS = "Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Place|Square|Court|Terrace|Crescent|Plaza"
# A house in its street; the number may look like a year.
ADDRESS = rf"\d{{1,5}}[A-Z]?\s(?:[NSEW]\.?\s)?(?:(?:[A-Z][a-z']+|St\.)\s){{1,3}}(?:{_STREETS})\b"
_DIGITS = (
    ADDRESS,
    r"(?<!\d)0\d{1,4}[\s-]\d{3,4}[\s-]?\d{3,4}|\b\d{3}-\d{4}\b|\b\d{2,4}-\d{6,}",  # telephones
    r"\d[\d,]*\s?(?:BCE?\b|B\.C\.|CE\b|AD\b|A\.D\.)",
    r"\d+:\d+(?::\d+)?|\b\d{1,2}\s?[ap]\.?m\b|\d{4}\s?(?:UTC|GMT|hours\b)",
    r"\d+(?:\.\d+){2,}|\d+(?:-\d+){2,}|(?<!\d)\d{4}-\d\d(?![\d-])|\b\dx\d+m?\b",
    r"\b(?!\d/\d+\s(?:of|the|an?)\b)(?<!\d\s)\d+/\d+\b",
    r"\b\d{1,2}-\d{1,2}(?=[.,;!?]|$)",
    r"(?<![$€£₪\d.,])\b\d+[AC-JLN-SU-Z](?![A-Za-z\d])",
)
_LABEL = (
    r"figure|page|section|resolution|chapter|version|item|article|room|gate|highway|route|flight|apartment|channel|"
    r"number|numbered|no\.|paragraph|clause|rule|step|appendix|table|line"
)
_CALL = r"calls?|called|calling|dial(?:s|l?ed|l?ing)?|hotline|text|(?<=zip\s)code"
_LABELS = (
    rf"(?i:{_LABEL})\s\d[\d.]*",
    rf"(?i:{_CALL})\s\d{{3,5}}(?:-\d+)*(?![\d,.]\d|\s[a-z]+s\b)",
    rf"(?!(?:{_BEFORE_FIGURES})\b)[a-z]?[A-Z][A-Za-z]+\s\d{{1,4}}(?:\.\d+)?\b{_COUNTED}",
    r"(?<=[A-Z]&)[A-Z]\s\d+|(?<=Group\s)of\s\d+",  # S&P 500
)
_NAMES = (
    rf"(?!(?:{_BEFORE_FIGURES})\b)[A-Z][a-z]+\s(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b(?!-)",
    r"[a-z]+\s(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve)\s[A-Z][a-z]+",  # the Four Seasons
    r"(?:(?<=Group\s)|(?<=Gang\s))of\s(?:Four|Seven|Eight|Ten|Twenty)\b",
)
_WORD_BEFORE = r"\b(?=[A-Za-z]+\.?\s[\dTFSEN])"
NOISE = re.compile(rf"(?=\d)(?:{'|'.join(_DIGITS)})|{_WORD_BEFORE}(?:{'|'.join((*_LABELS, *_NAMES))})")
WORDY_NOISE = re.compile(rf"{_WORD_BEFORE}(?:{'|'.join(_NAMES)})")
