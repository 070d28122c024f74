"""A pasted thread of numbered posts, put together to the one text it was written as."""

from __future__ import annotations

import itertools
import re
from collections import Counter

__all__ = ["join_thread"]

# "1/", "1/5", "(2/5)", "[2/5]", "2/n", with or without words behind it; not "1/2 hora" nor a date.
_NUMBER = r"(?:[(\[](\d{1,3})\s?/\s?(\d{1,3}|[nN])?[)\]]|(\d{1,3})\s?/(\d{1,3}|[nN])?(?![\w/.-]))"
_LEADING = re.compile(rf"\s*(?:🧵\s*)?{_NUMBER}[.)]?(?:\s+|$)")
_TRAILING = re.compile(rf"(?:^|\s+){_NUMBER}\s*(?:🧵\s*)?$")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|set|sept|dic)[a-z]*\.?"
_DAY = rf"{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+(?:de\s+)?{_MONTH}(?:\s+(?:de\s+)?\d{{4}})?"
_WHEN = rf"(?:{_DAY}|\d{{1,3}}\s?[smhd])"
_COUNT = r"\d[\d.,]*\s?(?:k|m|mil)?"
_FURNITURE = re.compile(
    r"(?:"
    rf"(?:[^@\n]{{0,60}}\s)?@\w{{1,30}}\s*[·•-]\s*{_WHEN}.{{0,30}}|@\w{{1,30}}"
    r"|(?:replying to|en respuesta a)(?:\s+@\w{1,30})+"
    rf"|[·•]\s*{_WHEN}|[·•]"
    rf"|(?:{_COUNT}\s+(?:replies|reply|retweets?|reposts?|quotes?|quote tweets?|likes?|views|bookmarks?|respuestas?|"
    r"retuits?|republicaciones|citas?|me gusta|visualizaciones|vistas|guardados?)[\s·•,]*)+"
    r"|(?:show this thread|show more|mostrar este hilo|mostrar más|ver hilo|translate (?:tweet|post)|"
    r"traducir (?:tweet|post|tuit)|(?:🧵\s*)?hilo|thread|abro hilo)[\s.:👇⬇️🧵]*|🧵"
    r")",
    re.IGNORECASE,
)
_HANDLE_LINE = re.compile(r"@\w{1,30}(?:\s*[·•-].{0,40})?")
_ENOUGH = 2


def join_thread(text: str) -> str:
    r"""Return a thread as one text, its posts a blank line apart; any other text unchanged.

    Taken out are the posts' numbers and the lines around them that are not the author's words:
    handles, dates, counts of likes, "Mostrar este hilo". A text is a thread when at least two of
    its paragraphs or lines bear numbers that run on from one another: 1/5, 2/5 …

    Examples
    --------
    >>> join_thread("1/2 Tiros en la Cota 905.\n2/2 Vecinos huyen a El Paraíso.")
    'Tiros en la Cota 905.\n\nVecinos huyen a El Paraíso.'
    >>> join_thread("Murió 1/2 hora después.")
    'Murió 1/2 hora después.'
    """
    lines = text.splitlines()
    numbers = [_number(line) for line in lines]
    stated = [number for number in numbers if number]
    at_end = not any(_LEADING.match(line) for line in lines)
    if not _run_on(stated) or (at_end and stated[-1][1] != str(len(stated))):
        return text  # at the end of a line "2/7" may be a date: only a full count shows that it is none
    bylines = _bylines(lines, next(position for position, number in enumerate(numbers) if number))
    posts: list[list[str]] = [[]]
    for position, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        if number and not at_end:
            posts.append([])
        words = _without_number(line).strip() if number else line.strip()
        if words and position not in bylines and not _FURNITURE.fullmatch(words):
            posts[-1].append(words)
        if number and at_end:
            posts.append([])
    return "\n\n".join("\n".join(post) for post in posts if post)


def _number(line: str) -> tuple[int, str] | None:
    """Return a post's number and the total beside it, from the beginning of a line or else its end."""
    found = _LEADING.match(line) or _TRAILING.search(line)
    if not found:
        return None
    number, total = int(found[1] or found[3]), found[2] or found[4] or ""
    return None if total.isdigit() and not 0 < number <= int(total) else (number, total.lower())


def _without_number(line: str) -> str:
    shorter = _LEADING.sub("", line, count=1)
    return shorter if shorter != line else _TRAILING.sub("", line)


def _run_on(numbers: list[tuple[int, str]]) -> bool:
    """Tell whether all numbers count on by one, from the first or second post, towards one total."""
    return (
        len(numbers) >= _ENOUGH
        and numbers[0][0] in {1, 2}
        and len({total for _, total in numbers}) == 1
        and all(after == before + 1 for (before, _), (after, _) in itertools.pairwise(numbers))
    )


def _bylines(lines: list[str], first: int) -> set[int]:
    """Return which lines are the author's name: over a handle, before the first post or time and again."""
    over = [at for at in range(len(lines) - 1) if _HANDLE_LINE.fullmatch(lines[at + 1].strip()) and lines[at].strip()]
    times = Counter(lines[at].strip() for at in over)
    return {at for at in over if (at < first or times[lines[at].strip()] > 1) and not _number(lines[at])}
