"""What may leave, at which level: applied once, after events and before anything is drawn or written.

``disclose`` turns the internal :class:`~mapper.model.Story` into :class:`~mapper.model.Disclosed`,
which holds no report's text, only passages that may leave. Every rule, and the guidance it follows,
is in ``docs/disclosure.md``; ``widening`` shows places wider, ``screen`` knows what is sensitive, ``records``
and ``groups`` take it out of incidents and movements, ``listing`` gathers what has no record, ``public``
leaves out what only partners may see.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from mapper.collecting import each_once, uncollected
from mapper.disclosure.groups import coarse, hidden_ends, is_small, is_unstated
from mapper.disclosure.listing import mentioned_places, named_places, unlocated
from mapper.disclosure.public import cited, held_back, merged, public_quotes, public_record, unnamed
from mapper.disclosure.records import quotes_of, screened
from mapper.disclosure.renaming import is_ours, numbered, renamed
from mapper.disclosure.screen import Screen
from mapper.disclosure.widening import Widening, shelters, widened
from mapper.model import Assertion, Disclosed, DisclosureLevel, Incident, Movement, Precision, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mapper.disclosure.renaming import Numbers
    from mapper.model import NameRecord, Place, SetAside, Span, Story

__all__ = ["disclose"]

_OWN_MARK = {Assertion.NONE, Assertion.PAST}  # records that show or list their places themselves

_Record = TypeVar("_Record", Incident, Movement)


@uncollected()
def disclose(
    story: Story,
    level: DisclosureLevel,
    set_aside: tuple[SetAside, ...] = (),
    *,
    sensitive: Mapping[str, tuple[Span, ...]] | None = None,
    coarsen: Callable[[Place], Place] | None = None,
    to_parish: Callable[[Place], Place] | None = None,
    finest: Precision = Precision.PARISH,
    as_of: dt.date | None = None,
    mentions: bool = False,
    reviewed: frozenset[str] = frozenset(),
    judged: Mapping[str, tuple[str, ...]] | None = None,
    names: Iterable[NameRecord] = (),
    exposes: Callable[[str], bool] = lambda _: False,
    numbers: Numbers | None = None,
) -> Disclosed:
    """Return the story as ``level`` may see it.

    Parameters
    ----------
    story
        All reports' facts and linked records, with texts: internal.
    level
        ``INTERNAL`` keeps all; ``PARTNER`` withholds what could expose a source or a small group; ``PUBLIC``
        also shows no finer place than ``finest``, nothing of the last 72 hours and no passage of a report.
    set_aside
        Files that could not be read, passed through.
    sensitive
        Sensitive spans by report id, as reading found them (offsets into ``Report.text``). Added to
        those of the story's sensitive evidence, claims and mentions.
    coarsen
        Maps a place to its municipality. Without it the ends of small groups' movements are dropped.
    to_parish
        Maps a place to its parish. Without it, sensitive sites are shown as their municipality.
    finest
        The finest unit of the public level: ``PARISH`` or ``MUNICIPALITY``.
    as_of
        The day from which the last 72 hours are held back (default: that of the newest report).
    mentions
        Whether every toponym is asked for as well, as the tables hold them.
    reviewed
        The ids of records that an analyst looked at; of those that are not shown, nothing is told.
    judged
        What an analyst set right and why, by record id: screened like a passage, and not for the public.
    names
        The gazetteer's names: those of sensitive sites are masked in titles even if no text holds them.
    exposes
        Tells whether an analyst's words could expose somebody.
    numbers
        Gives the reports that may not be called by their file's name a number each, the same in every build;
        without it they are counted anew.

    Returns
    -------
    Disclosed
        Records by first day, then id; mentioned places by name; quotes by record id.

    Raises
    ------
    SchemaError
        A record cites a report the story lacks or offsets outside its text, or withholds an unknown field.
    """
    numbers = numbers or (lambda ids: range(1, len(ids) + 1))
    coarsen = coarsen and each_once(coarsen)  # many movements share their ends
    keep: Callable[[Place], Place] = lambda place: place  # noqa: E731 - where no wider place is known
    wide = Widening(level, to_parish or coarsen or keep, coarsen or keep, finest, shelters(story))
    story, masks = widened(story, wide, names)
    public = level is DisclosureLevel.PUBLIC
    as_of = as_of or max((report.published for report in story.reports if report.published), default=None)
    before = len(story.incidents) + len(story.movements)
    if public:
        story = _settled(story, as_of)
    screen = Screen.of(story, sensitive or {}, shut=level is not DisclosureLevel.INTERNAL, masks=masks)
    incidents = _in_order(screened(incident, screen) for incident in story.incidents)
    movements = _in_order(_screened_movement(movement, screen, coarsen) for movement in story.movements)
    quotes = {record.incident_id: quotes_of(record, record.places, screen) for record in story.incidents}
    quotes |= {
        record.movement_id: quotes_of(record, (*record.origins, *record.via, *record.destinations), screen)
        for record in story.movements
    }
    records: list[Incident | Movement] = [*incidents, *movements]
    own = {place.place_id for record in records for place in _places(record)}
    own |= {place_id for movement in story.movements if screen.shut for place_id in hidden_ends(movement)}
    disclosed = Disclosed(
        level=level,
        reports=tuple(_reference(report, screen) for report in story.reports),
        incidents=tuple(incidents),
        movements=tuple(movements),
        quotes=dict(sorted(quotes.items())),
        mentioned=mentioned_places(story, own, screen) if _has_lists(level) else (),
        unlocated=unlocated(story, screen) if _has_lists(level) else (),
        mentions=named_places(story, screen) if mentions and _has_lists(level) else (),
        set_aside=tuple(_shown_aside(item, screen, exposes) for item in set_aside),
    )
    if screen.shut and not public:
        disclosed = renamed(disclosed, numbered(_telling(story, screen), numbers))
    if public:
        disclosed = replace(
            unnamed(_published(disclosed), numbers), as_of=as_of, finest=finest, held_back=before - len(records)
        )
    shown = {one.incident_id for one in disclosed.incidents} | {one.movement_id for one in disclosed.movements}
    return replace(
        disclosed, reviewed=reviewed & shown, judged={} if public else _reasons(judged or {}, screen, exposes)
    )


def _has_lists(level: DisclosureLevel) -> bool:
    """Tell whether places and names are listed that no record shows; not for the public."""
    return level is not DisclosureLevel.PUBLIC


def _settled(story: Story, as_of: dt.date | None) -> Story:
    """Return the story without what happened in the last 72 hours."""
    if as_of is None:
        return replace(story, incidents=(), movements=())
    published = {report.report_id: report.published for report in story.reports}
    return replace(
        story,
        incidents=tuple(one for one in story.incidents if not held_back(one, as_of, published)),
        movements=tuple(one for one in story.movements if not held_back(one, as_of, published)),
    )


def _published(disclosed: Disclosed) -> Disclosed:
    """Return what the public may see of what partners may: no passages, no offsets, small counts merged."""
    incidents = tuple(map(public_record, disclosed.incidents))
    movements = _in_order(merged(map(public_record, disclosed.movements)))
    records: list[Incident | Movement] = [*incidents, *movements]
    shown = {record.record_id for record in records}
    reports = cited(records, disclosed.reports)
    return replace(
        disclosed,
        reports=reports,
        incidents=incidents,
        movements=tuple(movements),
        quotes={name: public_quotes(quotes) for name, quotes in disclosed.quotes.items() if name in shown},
        set_aside=(),
    )


def _shown_aside(item: SetAside, screen: Screen, exposes: Callable[[str], bool]) -> SetAside:
    """Return a file that was set aside; outside without a name that may be a person's, or a reason that exposes one."""
    if not screen.shut:
        return item
    english, spanish = item.reason_en, item.reason_es
    if item.private or screen.masks.tells("", item.name):
        english, spanish = (reason.replace(item.name, "…") for reason in (english, spanish))
        item = replace(item, name="…")
    english, spanish = ("…" if exposes(one) else screen.masks.reason(one) for one in (english, spanish))
    return replace(item, reason_en=english, reason_es=spanish)


def _reasons(
    judged: Mapping[str, tuple[str, ...]], screen: Screen, exposes: Callable[[str], bool]
) -> dict[str, tuple[str, ...]]:
    """Return what an analyst did, by record id; why is masked like a passage, or left out if it exposes somebody."""
    if not screen.shut:
        return dict(judged)
    unsaid = frozenset().union(*map(screen.unsaid, screen.texts))

    def shown(reason: str) -> str:
        what, colon, why = reason.partition(": ")
        return what if exposes(why) else f"{what}{colon}{screen.masks.reason(why, unsaid)}"

    return {name: tuple(map(shown, reasons)) for name, reasons in judged.items()}


def _telling(story: Story, screen: Screen) -> list[Report]:
    """Return the reports whose id may not leave, as it comes of a file's name.

    A chat is called after who was in it, so no private one's; none that says a name that may not leave; none like ours.
    """

    def tells(name: str) -> bool:
        return name in screen.private or is_ours(name) or screen.masks.tells(name, name, screen.unsaid(name))

    return [report for report in story.reports if tells(report.report_id)]


def _reference(report: Report, screen: Screen) -> Report:
    """Return how a report is referred to: never its text; outside, no person's name and nothing of a private one."""
    if report.report_id in screen.private:
        return replace(report, text="", warnings=(), title="", outlet="", author="", url="")
    if not screen.shut:
        return replace(report, text="", warnings=())
    unsaid = screen.unsaid(report.report_id)
    url = "" if screen.masks.tells(report.report_id, report.url, unsaid) else report.url
    title = screen.masks.title(report.report_id, report.title, unsaid)
    return Report(report.report_id, "", title, report.language, report.published, report.outlet, url)


def _screened_movement(movement: Movement, screen: Screen, coarsen: Callable[[Place], Place] | None) -> Movement:
    """Return a movement as it may leave; whether few may have moved is judged before their number is blanked."""
    shown = screened(movement, screen)
    few = is_small(movement) or is_unstated(movement)
    return coarse(shown, coarsen) if screen.shut and few else shown


def _in_order(records: Iterable[_Record]) -> list[_Record]:
    """Return records by the first day that may be shown, undated ones last."""

    def key(record: _Record) -> tuple[dt.date, str]:
        return record.when.start or dt.date.max, record.record_id

    return sorted(records, key=key)


def _places(record: Incident | Movement) -> tuple[Place, ...]:
    """Return the places a record shows or lists itself; denied, feared or rumoured ones show none."""
    if record.assertion not in _OWN_MARK:
        return ()
    if isinstance(record, Incident):
        return record.places
    return (*record.origins, *record.via, *record.destinations)
