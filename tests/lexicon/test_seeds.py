"""On a real report: every mention of five names is found, none invented."""

import re
from pathlib import Path

import pytest

from paracorp.lexicon.matching import Matcher
from paracorp.lexicon.termbase import read_termbase

ROOT = Path(__file__).parents[2]
REPORT = ROOT.parent / "shared/seeds/001_19b66a26b79d1445.txt"
STEMS = {
    "altman": r"אלטמן",
    "musk": r"מאסק",
    "trump": r"טראמפ",
    "openai": r"OpenAI",
    "stargate": r"סטארגייט|Stargate",
}


@pytest.mark.skipif(not REPORT.exists(), reason="the real reports are not in the repository")
@pytest.mark.parametrize("term_id", STEMS)
def test_every_mention_in_the_hebrew_report_is_found_with_its_prefix(term_id: str) -> None:
    text = REPORT.read_text(encoding="utf-8")
    terms = [t for t in read_termbase(ROOT / "glossaries/ai-politics.csv") if t.status != "forbidden"]
    expected = [(match.start(), match.end()) for match in re.finditer(STEMS[term_id], text)]
    mentions = [mention for mention in Matcher(terms, "he").find(text) if mention.term_id == term_id]
    ends = [mention.end for mention in mentions]
    assert ends == [end for _, end in expected]
    for mention in mentions:
        before = text[: mention.start - len(mention.prefix)]
        assert re.search(r"(^|[^א-ת])$", before), text[mention.start - 8 : mention.end]
