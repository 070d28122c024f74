"""Which language a report is written in."""

from __future__ import annotations

__all__ = ["SUPPORTED", "detect_language"]

SUPPORTED = ("en", "es")
# Another language must fit clearly better than English and Spanish, and on enough text: a list of
# Venezuelan place names looks like many languages. Measured: French 16, Portuguese 11, a list of
# Caracas barrios 0 (difference of log likelihoods over the square root of the length).
_MIN_MARGIN = 3.0
_MIN_CHARS = 100
_SAMPLE_CHARS = 4000


def detect_language(text: str) -> str:
    """Return ``"en"`` or ``"es"``, or another ISO 639-1 code when the text is clearly in that language.

    Where nothing tells the two apart (digits, an empty text) it is ``"es"``, Caracas's own.
    """
    import py3langid

    sample = text[:_SAMPLE_CHARS]
    ranked = py3langid.rank(sample)
    scores = dict(ranked)
    supported = "en" if scores["en"] > scores["es"] else "es"
    best, best_score = ranked[0]
    margin = (best_score - scores[supported]) / max(len(sample), 1) ** 0.5
    return best if len(sample) >= _MIN_CHARS and margin > _MIN_MARGIN else supported
