"""How long a text may be in one language for its length in another."""

from __future__ import annotations

# Characters of the second language per character of the first. English per Chinese: 1.08 to 5.85 in 1,238
# sentences, per Hebrew: 0.79 to 2.02 in 1,268 (FLORES dev, reviewed memories), a quarter wider on both sides.
# Hebrew per Chinese: 0.86 to 4.95 in 997 translated sentences (FLORES dev), 0.46 to 9.83 in 75 pairs of
# independent reports, each side of which may say more: only what lies outside both is far too short or long.
_RATIOS = {("zh", "en"): (0.8, 7.4), ("he", "en"): (0.6, 2.6), ("zh", "he"): (0.4, 10.0)}


def length_ratios(lang: str, other: str) -> tuple[float, float] | None:
    """The least and most characters of `other` for one of `lang`; None where nothing was measured."""
    if (lang, other) in _RATIOS:
        return _RATIOS[lang, other]
    low, high = _RATIOS.get((other, lang), (0.0, 0.0))
    return (1 / high, 1 / low) if low else None
