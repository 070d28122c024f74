"""Dates: explicit, relative and by weekday, resolved against the day of publication.

Patterns are built once a language from its lexicon. Each finds candidates; of overlapping ones the
longest wins; what is joined by "to", "al", "and" becomes a range; then a part of the day and a
"since" or "until" before it are taken in. Without a day of publication, relative dates stay unknown.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.model import DateMention, DatePrecision, DateSpan
from mapper.reading.calendar import Calendar, Found
from mapper.reading.lexicon import alternation
from mapper.reading.words import Ending, Opening, words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mapper.reading.lexicon import Lexicon

__all__ = ["find_dates"]

_YEAR = r"(?:19|20)\d\d"
_FRACTION = re.compile(r"(?<!\d)(?=(\d{1,2})/(\d{1,2})(?!\d))")
_LOOK_CHARS = 32
_JOIN_GAP_CHARS = 44
_APPOSED_CHARS = 8
_PLACE = "place"
_NOON, _EVENING, _NIGHT = 12, 18, 20
_HALF_DAY = 12


if TYPE_CHECKING:
    Resolve = Callable[[Calendar, re.Match[str]], Found | None]


@dataclass(frozen=True)
class _Rules:
    patterns: tuple[tuple[Opening, Resolve], ...]
    since: Ending
    until: Ending
    ahead: Ending
    moment: re.Pattern[str]
    opened: Ending
    and_only: frozenset[str]
    join: re.Pattern[str]
    part_before: Ending
    part_after: re.Pattern[str]
    part_of: dict[str, str]
    place_before: Ending
    place_after: re.Pattern[str]
    weekday_word: re.Pattern[str]
    month_capital: bool
    clock: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of, numbers = functools.partial(lexicon.any_of, "dates"), functools.partial(lexicon.numbers, "dates")
    table = lexicon.table("dates")
    words = functools.partial(lexicon.words, "dates")
    parts = {fold(word): part for part, words in table["parts"].items() for word in words}
    part, links, the, join = alternation(parts), any_of("part_links"), any_of("the"), any_of("range_join")
    return _Rules(
        patterns=_patterns(lexicon),
        since=Ending(rf"(?<!\w){any_of('since')}\s(?:{the}\s)?$", [*words("since"), *words("the")]),
        until=Ending(rf"(?<!\w){any_of('until')}\s(?:{the}\s)?$", [*words("until"), *words("the")]),
        ahead=Ending(rf"(?<!\w){any_of('ahead')}\s(?:{the}\s)?$", [*words("ahead"), *words("the")]),
        moment=re.compile(rf"{any_of('moments')}\b"),
        opened=Ending(rf"(?<!\w){any_of('range_open')}\s(?:{the}\s)?$", [*words("range_open"), *words("the")]),
        and_only=frozenset(lexicon.words("numbers", "joiners")),
        join=re.compile(rf"\s?(?:[\w:]+\s){{0,3}}?(?P<join>{join})\s(?:[\w:.]+\s){{0,5}}$|\s?-\s?$"),
        part_before=Ending(rf"(?<!\w)(?P<part>{part})(?:\s{links}){{0,2}}\s$", [*parts, *words("part_links")]),
        part_after=re.compile(rf",?(?:\s{links}){{0,2}}\s(?P<part>{part})\b"),
        part_of=parts,
        place_before=Ending(rf"(?<!\w){any_of('place_before')}\s$", words("place_before")),
        place_after=re.compile(rf"\s{any_of('place_after')}\b"),
        weekday_word=re.compile(rf"{alternation(numbers('weekdays'))}\b"),
        month_capital=bool(table["month_capital"]),
        clock=re.compile(
            rf"^[ \t]*(?:[•·*-]\s|\d{{1,2}}[.)/]\s)?(?P<time>(?P<hour>\d{{1,2}})[:.]\d\d(?!\d)"
            rf"(?:\s?(?P<half>{lexicon.any_of('sentences', 'day_half')}))?)(?=[\s.,:(-])",
            re.MULTILINE,
        ),
    )


def _patterns(lexicon: Lexicon) -> tuple[tuple[Opening, Resolve], ...]:
    """Return each pattern of the language with the calendar method that says what it means."""
    any_of, numbers = functools.partial(lexicon.any_of, "dates"), functools.partial(lexicon.numbers, "dates")
    table = lexicon.table("dates")
    month, weekday = rf"(?:{alternation(numbers('months'))}\b\.?)", rf"(?:{alternation(numbers('weekdays'))}\b(?:'s)?)"
    named = rf"(?:{weekday}|{alternation(numbers('weekdays_short'))}\b\.?)"
    suffix = rf"{any_of('day_suffixes')}\b"
    figure = rf"(?:\d{{1,2}}(?:{suffix})?(?![\d:/%\w]|[.,]\d))"
    day = rf"(?:{figure}|{alternation(numbers('day_words'))}\b)"
    join, of, the = any_of("range_join"), any_of("of"), any_of("the")
    days = rf"(?P<day>{day})(?:(?:\s?-\s?|(?:,\s{day}){{0,6}},?\s{join}\s)(?:{the}\s)?(?:{named},?\s)?(?P<day2>{day}))?"
    which_year = rf"(?P<that_year>{any_of('that_year')})|(?P<last_year>{any_of('last_year')})"
    year = rf"(?:,?\s(?:(?:{of}\s)?(?P<year>{_YEAR})|{which_year})\b)?"
    on_weekday = rf"(?:{named},?\s(?:{the}\s)?)?"
    number = rf"(?:\d{{1,3}}|{alternation(_number_words(lexicon))})\b"
    count, unit = rf"(?P<count>{number}(?:[\s-]{number}){{0,3}})", rf"(?P<unit>{alternation(table['units'])})\b"
    relative, anaphoric = alternation(table["relative"]), alternation(table["anaphoric"])
    periods = alternation(phrase for phrases in table["periods"].values() for phrase in phrases)
    exact = rf"(?P<exact>\s{any_of('exactly')}\b)?"
    second_month = rf"(?:\s{join}\s(?P<month2>{month}))?"
    which_week = "|".join(f"(?P<{key}>{any_of(f'after_weekday_{key}')})" for key in ("week", "last", "next"))
    which_week = rf"(?:\s(?:{which_week})\b)?"
    named_words, month_words = [*numbers("weekdays"), *numbers("weekdays_short")], [*numbers("months")]
    day_words, words = [*named_words, *numbers("day_words")], functools.partial(lexicon.words, "dates")
    in_words, row = _number_words(lexicon), any_of("nth_row")
    in_figures = ((), day_words, in_words)  # what may be written "12" as well as "twelve"
    years = alternation(word for word, kind in table["units"].items() if kind == "year")
    nth = rf"(?P<nth>{alternation(numbers('nth'))})\s(?P<row>{row}\s)?"
    on_which = rf"(?:\s(?:{any_of('nth_weekday')}\s)?(?P<weekday>{weekday}))?"
    rules: list[tuple[str, Resolve, Iterable[str]]] = [
        (r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", Calendar.iso, ()),
        (
            rf"(?P<first>\d{{1,2}})([/.-])(?P<second>\d{{1,2}})\2(?P<year>{_YEAR}|\d\d)(?![\d/.-]\d|\d)",
            Calendar.figures,
            (),
        ),
        # "• 5/12. Three men ...": a bulletin's line
        (r"(?:(?<=^)|(?<=\n)|(?<=[•·*–—-]\s))(?P<first>\d\d?)/(?P<second>\d\d?)(?=[.:,)]?\s)", Calendar.figures, ()),
        (rf"{on_weekday}{days}\s(?:{of}\s)?(?P<month>{month}){year}", Calendar.days_of_month, day_words),
        (rf"{on_weekday}(?P<month>{month})\s{days}{year}", Calendar.days_of_month, [*named_words, *month_words]),
        (rf"{on_weekday}{days}\s(?P<last_month>{any_of('last_month')})\b", Calendar.days_of_month, day_words),
        (rf"{on_weekday}{days}\s{any_of('this_month')}", Calendar.days_of_month, day_words),
        (rf"{named}(?:,?\s{the})?\s(?P<day>{figure})", Calendar.day_alone, named_words),
        (rf"{any_of('bare_day')}\s(?P<day>{figure})(?!\s{of}\s{month})", Calendar.day_alone, words("bare_day")),
        (
            rf"{any_of('ordinal_day')}\s(?P<day>\d{{1,2}}{suffix})(?=[,.;:)]|\s{join}\b|\s{any_of('behind_ordinal_day')}\b|$)",
            Calendar.day_alone,
            words("ordinal_day"),
        ),
        (
            rf"{any_of('bare_range_open')}\s(?P<day>{figure})\s{any_of('bare_range_join')}\s(?P<day2>{figure})(?!\s{of}\s)",
            Calendar.day_alone,
            words("bare_range_open"),
        ),
        (
            rf"(?P<nth>{any_of('ordinals')})\s{any_of('week_of')}\s(?P<month>{month}){year}",
            Calendar.week_of_month,
            words("ordinals"),
        ),
        (
            rf"(?P<before>{any_of('before_month')}\s?)(?P<month>{month})(?!\s(?:[12]?\d|3[01])\b){second_month}{year}",
            Calendar.month,
            words("before_month"),
        ),
        (rf"(?P<month>{month})\s(?:{of}\s)?(?P<year>{_YEAR})\b", Calendar.month, month_words),
        (
            rf"(?:{any_of('before_year')}\s?|\()(?P<year>{_YEAR})(?![\w%]|[.,]\d)",
            Calendar.year,
            [*words("before_year"), "("],
        ),
        (
            rf"(?P<before>(?:{any_of('before_weekday', 'every')}\s){{0,2}})(?P<weekday>{weekday})(?![\w-]){which_week}",
            Calendar.weekday,
            [*words("before_weekday"), *words("every"), *numbers("weekdays")],
        ),
        (
            rf"(?P<phrase>{relative})\b(?!\s{any_of('night_of')}\s{weekday})(?:\s{weekday})?",
            Calendar.relative,
            table["relative"],
        ),
        (rf"(?P<phrase>{anaphoric})\b", Calendar.anaphoric, table["anaphoric"]),
        (
            rf"(?P<phrase>{periods})\b",
            Calendar.period,
            [phrase for phrases in table["periods"].values() for phrase in phrases],
        ),
        (rf"{count}\s{unit}\s{any_of('ago')}\b{exact}", Calendar.ago, in_words),
        (rf"{any_of('ago_before')}\s{count}\s{unit}{exact}", Calendar.ago, words("ago_before")),
        (rf"{count}\s{unit}\s(?:{any_of('later')}|(?P<earlier>{any_of('earlier')}))\b", Calendar.apart, in_words),
        (rf"{count}\s{years}\s{any_of('years_behind')}(?!\w)", Calendar.years_after, in_words),
        (
            rf"{any_of('years_before')}\s{count}\s{years}\s{any_of('years_of')}(?!\w)",
            Calendar.years_after,
            words("years_before"),
        ),
        (rf"{any_of('past_span')}\s{count}\s{unit}", Calendar.past_span, words("past_span")),
        (
            rf"(?P<open>{any_of('nth_open')}\s)?{nth}{any_of('nth_units')}\b(?P<behind>\s{row}\b)?{on_which}",
            Calendar.nth_day,
            [*words("nth_open"), *numbers("nth")],
        ),
    ]
    return tuple(
        (Opening(rf"(?<![\w/-]){pattern}", phrases, figures=phrases in in_figures), resolve)
        for pattern, resolve, phrases in rules
    )


def _number_words(lexicon: Lexicon) -> list[str]:
    maps = (lexicon.numbers("numbers", key) for key in ("values", "multipliers", "collectives", "rough"))
    lists = (lexicon.words("numbers", key) for key in ("articles", "joiners"))
    return [word for words in (*maps, *lists) for word in words]


def find_dates(text: str, folded: str, published: dt.date | None, lexicon: Lexicon) -> tuple[DateMention, ...]:
    """Return the date expressions of a text, resolved, in order and without overlap.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    published
        Day of publication in the area's time zone, or None: relative dates are then found, but unknown.
    lexicon
        The language's words.

    Returns
    -------
    tuple of DateMention
        ``kind`` is "on", "since" (ends on the day of publication), "until" (start unknown), "future" or
        "clock" (the time at the head of a live blog's entry: its day is that of publication).
    """
    rules = _rules(lexicon)
    calendar = Calendar(lexicon, published)
    mentions: list[DateMention] = []
    for found, again in _chosen(text, folded, calendar, rules):
        resolved = again() or found
        mention = _with_part(folded, resolved, rules, mentions[-1].end if mentions else 0)
        joined = None
        if mentions:
            apposed = _apposed(folded, mentions[-1], mention, resolved)
            joined = apposed or _join(folded, mentions[-1], mention, resolved, rules)
        named = joined or mention
        if named.when.start and resolved.kind == "on" and not _is_bound(folded, named, rules):
            calendar.name(named.when)
        if joined:
            mentions[-1] = joined
        else:
            mentions.append(mention)
    mentions = [_bounded(folded, mention, published, rules) for mention in mentions]
    return tuple(sorted([*mentions, *_clock(folded, published, mentions, rules)], key=lambda mention: mention.start))


def _chosen(
    text: str, folded: str, calendar: Calendar, rules: _Rules
) -> Iterator[tuple[Found, Callable[[], Found | None]]]:
    """Yield the longest of overlapping expressions in text order, each with a way to resolve it anew."""
    found: list[tuple[int, int, int, Found, Callable[[], Found | None]]] = []
    words = words_of(folded)
    for number, (pattern, resolve) in enumerate(rules.patterns):
        for match in words.find(pattern):
            if _is_place(folded, match, rules):
                result: Found | None = Found(match.start(), match.end(), DateSpan(), _PLACE)
            else:
                result = _resolved(resolve, calendar, match) if _is_written(text, folded, match, rules) else None
            if result:
                again: Callable[[], Found | None] = functools.partial(_resolved, resolve, calendar, match)
                found.append((result.start - result.end, result.start, number, result, again))
    starts: list[int] = []
    chosen: list[tuple[Found, Callable[[], Found | None]]] = []
    for _, _, _, result, anew in sorted(found, key=lambda item: item[:3]):
        at = bisect_right(starts, result.start)
        clear = (at == 0 or chosen[at - 1][0].end <= result.start) and (at == len(starts) or result.end <= starts[at])
        if clear:
            starts.insert(at, result.start)
            chosen.insert(at, (result, anew))
    yield from (item for item in chosen if item[0].kind != _PLACE)


def _resolved(resolve: Resolve, calendar: Calendar, match: re.Match[str]) -> Found | None:
    """Resolve a match; at the ends of the calendar (years 1 and 9999) a relative date stays unknown."""
    try:
        return resolve(calendar, match)
    except (OverflowError, ValueError):
        return Found(match.start(), match.end(), DateSpan())


def _is_place(folded: str, match: re.Match[str], rules: _Rules) -> bool:
    """Tell whether a date is a place's name: "parroquia 23 de enero", "the January 23 parish"."""
    before = folded[max(0, match.start() - _LOOK_CHARS) : match.start()]
    return bool(rules.place_after.match(folded, match.end()) or rules.place_before.search(before))


def _is_written(text: str, folded: str, match: re.Match[str], rules: _Rules) -> bool:
    """Tell whether a match is written as a date is: month and weekday in the language's case, and no thread's post."""
    groups = match.groupdict()
    if "second" in groups and "year" not in groups:  # "3/9" is the third of nine posts where "1/9" and "2/9" are told
        others = {1, int(match["first"]) - 1} if int(match["first"]) > 1 else {2}
        return not _fractions(folded).issuperset((str(one), match["second"]) for one in others)
    name = (groups.get("month") or groups.get("weekday") or "").rstrip(".")
    if name.isalpha():
        at = match.start("month" if groups.get("month") else "weekday")
        word = text[at : at + len(name)]
        if rules.month_capital:
            if groups.get("month") and not word[0].isupper():
                return False
        elif word[0].isupper() and not word.isupper():
            return False
    elif rules.month_capital and folded[match.start()].isalpha() and rules.weekday_word.match(folded, match.start()):
        return text[match.start()].isupper()
    return True


@functools.lru_cache(maxsize=1)  # of one text, asked for at each
def _fractions(folded: str) -> frozenset[tuple[str, str]]:
    """Return what stands in a text as "3/9"."""
    return frozenset(_FRACTION.findall(folded))


def _with_part(folded: str, found: Found, rules: _Rules, floor: int) -> DateMention:
    """Take in the part of the day around an expression ("la noche del", "afternoon")."""
    start, end = found.start, found.end
    end -= folded[end - 1] == "."  # a full stop, not an abbreviation's
    part = next((rules.part_of[word] for word in folded[start:end].split() if word in rules.part_of), "")
    before = None if part else rules.part_before.search(folded[max(floor, start - _LOOK_CHARS) : start])
    after = None if part or before else rules.part_after.match(folded, end)
    if before:
        start, part = start - len(before[0]), rules.part_of[" ".join(before["part"].split())]
    elif after:
        end, part = after.end(), rules.part_of[" ".join(after["part"].split())]
    return DateMention(start, end, found.when, found.kind, part)


def _apposed(folded: str, first: DateMention, second: DateMention, found: Found) -> DateMention | None:
    """Return one mention where the second only explains the first: "hace diez meses, el 13 de julio"."""
    between = folded[first.end : second.start]
    start, day = first.when.start, second.when.start
    if not between.startswith(",") or len(between) > _APPOSED_CHARS or start is None or day is None:
        return None
    if found.weekday and first.when.precision is DatePrecision.DAY and start == first.when.end:
        same = start.weekday() == day.weekday()
        return replace(first, end=second.end, part_of_day=first.part_of_day or second.part_of_day) if same else None
    if first.when.precision is DatePrecision.DAY or second.when.precision is not DatePrecision.DAY or found.weekday:
        return None
    try:
        day = day.replace(year=start.year)
    except ValueError:  # 29 February
        return None
    inside = start <= day <= (first.when.end or start)
    return DateMention(first.start, second.end, DateSpan(day, day, DatePrecision.DAY), "on") if inside else None


def _is_bound(folded: str, mention: DateMention, rules: _Rules) -> bool:
    before = folded[max(0, mention.start - _LOOK_CHARS) : mention.start]
    return bool(rules.until.search(before))


def _join(folded: str, first: DateMention, second: DateMention, found: Found, rules: _Rules) -> DateMention | None:
    """Return one range for "from X to Y", "entre el sábado 2 y el miércoles 6", or None."""
    between = folded[first.end : second.start]
    match = rules.join.match(between) if len(between) <= _JOIN_GAP_CHARS else None
    start, end = first.when.start, second.when.end
    if not match or start is None or end is None or "future" in {first.kind, second.kind}:
        return None
    opened = rules.opened.search(folded[max(0, first.start - _LOOK_CHARS) : first.start])
    plain_and = (match["join"] or "") in rules.and_only
    if not opened and (plain_and or len(between.split()) > 1):
        return None
    if start > end and found.weekday:
        start -= min(dt.timedelta(7), start - dt.date.min)
    if start > end:
        return None
    coarse = max(first.when.precision, second.when.precision, key=list(DatePrecision).index)
    return DateMention(first.start, second.end, DateSpan(start, end, coarse), "on", first.part_of_day)


def _bounded(folded: str, mention: DateMention, published: dt.date | None, rules: _Rules) -> DateMention:
    """Give "since Wednesday" and "until Friday" their kind and their open end."""
    before = folded[max(0, mention.start - _LOOK_CHARS) : mention.start]
    when = mention.when
    is_range = when.precision is DatePrecision.DAY and when.start != when.end
    if mention.kind != "on" or is_range:
        return mention
    if rules.since.search(before):
        end = max(published, when.start) if published and when.start else None
        return replace(mention, kind="since", when=replace(when, end=end))
    same_day = rules.moment.match(folded, mention.start) and rules.ahead.search(before)  # "before dawn on Friday"
    if rules.until.search(before) and not same_day:
        return replace(mention, kind="until", when=replace(when, start=None))
    return mention


def _clock(folded: str, published: dt.date | None, mentions: list[DateMention], rules: _Rules) -> Iterator[DateMention]:
    """Yield the times at the head of lines, as live blogs write them."""
    taken = {position for mention in mentions for position in (mention.start, mention.end)}
    when = DateSpan(published, published, DatePrecision.DAY) if published else DateSpan()
    for match in rules.clock.finditer(folded):
        hour = int(match["hour"])
        if (match["half"] or "").startswith("p") and hour < _HALF_DAY:
            hour += _HALF_DAY
        if hour < 2 * _HALF_DAY and match.start("time") not in taken:
            part = "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"
            yield DateMention(match.start("time"), match.end("time"), when, "clock", part if hour < _NIGHT else "night")
