"""Which language a report is written in."""

from __future__ import annotations

import re

__all__ = ["SUPPORTED", "detect_language"]

SUPPORTED = ("en", "es")
# Another language must fit clearly better than English and Spanish, and on enough text: a list of
# Venezuelan place names looks like many languages. Measured: French 16, Portuguese 11, a list of
# Caracas barrios 0 (difference of log likelihoods over the square root of the length).
_MIN_MARGIN = 3.0
_MIN_CHARS = 100
_SAMPLE_CHARS = 4000

# Small words of the two languages, and of others that share some of them.
_EVERYDAY = {
    "en": frozenset(("the", "of", "and", "was", "were", "from", "that", "with", "they", "by", "after", "two", "said")),
    "es": frozenset(("y", "el", "los", "las", "con", "por", "una", "del", "en", "fue", "tras", "hacia", "entre")),
}
_FOREIGN = {
    *("els", "les", "amb", "per", "dels", "als", "et", "des", "du", "est", "une", "dans", "os", "um", "uma", "ao"),
    *("não", "em", "foram", "und", "der", "die", "das", "il", "di", "che", "della", "het", "een", "og", "nos", "unha"),
}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 3
_LEAST_SHARE = 0.1  # of all words; an ordinary text has about twice as many
_OTHERS = 3  # times: so much rarer must be the small words of the other language, which stand in names too


def detect_language(text: str) -> str:
    """Return ``"en"`` or ``"es"``, or another ISO 639-1 code when the text is clearly in that language.

    Where nothing tells the two apart (digits, an empty text) it is ``"es"``, Caracas's own.
    """
    sample = text[:_SAMPLE_CHARS]
    if plain := _plainly(sample):
        return plain
    import py3langid

    ranked = py3langid.rank(sample)
    scores = dict(ranked)
    supported = "en" if scores["en"] > scores["es"] else "es"
    best, best_score = ranked[0]
    margin = (best_score - scores[supported]) / max(len(sample), 1) ** 0.5
    return best if len(sample) >= _MIN_CHARS and margin > _MIN_MARGIN else supported


def _plainly(text: str) -> str:
    """Return the language that the small words of a text leave no doubt about, else nothing.

    Most reports are as plain as that, and the model that knows all languages takes half a second to load.
    """
    words = _WORD.findall(text.lower())
    told = {language: sum(word in small for word in words) for language, small in _EVERYDAY.items()}
    language, other = sorted(told, key=told.__getitem__, reverse=True)
    enough = told[language] >= max(_FEWEST, _LEAST_SHARE * len(words))
    return language if enough and told[language] >= _OTHERS * told[other] and _FOREIGN.isdisjoint(words) else ""
