"""The kinds of judgement, each a table of ``judgements.toml``, and what may stand in them."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    model_validator,
)

from mapper.model import DatePrecision, DateSpan, Estimate, EventType, MovementKind

__all__ = [
    "SUB_EVENT_TYPES",
    "Added",
    "AddedIncident",
    "AddedMovement",
    "Content",
    "Different",
    "Judgement",
    "NamePlace",
    "NotAPlace",
    "Same",
    "Told",
    "Toll",
]

_YEARS = range(1900, 2101)
_MOST = 10_000_000  # nobody counts more people in one city

SUB_EVENT_TYPES = {
    sub: kind
    for kind, subs in {
        EventType.BATTLES: ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
        EventType.EXPLOSIONS: (
            "Chemical weapon",
            "Air or drone strike",
            "Suicide bomb",
            "Shelling or artillery",
            "Remote explosive",
            "Grenade",
        ),
        EventType.VIOLENCE: ("Sexual violence", "Attack", "Abduction or forced disappearance"),
        EventType.PROTESTS: ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
        EventType.RIOTS: ("Violent demonstration", "Mob violence"),
        EventType.STRATEGIC: (
            "Agreement",
            "Arrests",
            "Change to group or activity",
            "Disrupted weapons use",
            "Headquarters or base established",
            "Looting or property destruction",
            "Non-violent transfer of territory",
            "Other",
        ),
    }.items()
    for sub in subs
}
"""ACLED's sub-event types (codebook 2023) in mapper's spelling, each with its event type."""


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("judgement-blank")
    return text


def _day(value: Any) -> Any:
    """Take a TOML date, or a day written as text; a moment is no day."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = dt.date.fromisoformat(value)
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime) or value.year not in _YEARS:
        raise ValueError("judgement-day")
    return value


def _sub_event_type(value: str) -> str:
    if value not in SUB_EVENT_TYPES:
        raise ValueError("judgement-one-of")
    return value


def _numbers(value: Any) -> Any:
    """Take one number for a number without bounds."""
    return {"low": value, "best": value, "high": value} if type(value) is int else value


_Text = Annotated[str, Field(min_length=1)]
_Count = Annotated[StrictInt, Field(ge=0, le=_MOST)]
_Day = Annotated[dt.date, BeforeValidator(_day)]
_Places = tuple[_Text, ...]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Judgement(_Table):
    """What every judgement may say: why, and who decided."""

    reason: str = ""
    by: str = ""


class _Numbers(_Table):
    low: _Count | None = None
    best: _Count | None = None
    high: _Count | None = None

    @model_validator(mode="after")
    def _ordered(self) -> _Numbers:
        numbers = [value for value in (self.low, self.best, self.high) if value is not None]
        if not numbers or numbers != sorted(numbers):
            raise ValueError("judgement-numbers")
        return self

    def estimate(self, unit: str) -> Estimate:
        """Return the numbers as a record holds them."""
        return Estimate(self.low, self.best, self.high, unit)


_Toll = Annotated[_Numbers, BeforeValidator(_numbers)]


class Retracted(Judgement):
    """A report that its outlet has withdrawn, or that the analyst does not trust."""

    report: _Text


class NamePlace(Judgement):
    """In one report, or in all: this name means that place."""

    name: _Text
    place: _Text
    report: str = ""


class NotAPlace(Judgement):
    """In one report, or in all: this name is no place."""

    name: _Text
    report: str = ""


class Reviewed(Judgement):
    """A record was looked at and is right."""

    record: _Text


class Rejected(Judgement):
    """A record was looked at and is wrong: it is not drawn and not counted."""

    record: _Text


class Toll(Judgement, _Numbers):
    """A record's number is wrong, and this is the right one."""

    record: _Text
    measure: Literal["killed", "injured", "people", "households"]


class Told(_Table):
    """Where a record is told: by this the record is found again when its id has changed."""

    report: _Text
    place: str = ""


class _Several(Judgement):
    """Two or more records, all incidents or all movements; ``told`` says for each, in order, where it is told."""

    records: Annotated[tuple[_Text, ...], Field(min_length=2)]
    told: tuple[Told, ...] = ()

    @model_validator(mode="after")
    def _comparable(self) -> _Several:
        if len({one[:2] for one in self.records}) > 1 or len(set(self.records)) < len(self.records):
            raise ValueError("judgement-records")
        if self.told and len(self.told) != len(self.records):
            raise ValueError("judgement-told")
        return self


class Same(_Several):
    """These records are one event."""


class Different(_Several):
    """No two of these records are one event."""


class Added(Judgement):
    """What every added record says of its source.

    The source is a ``report`` that the build reads, which must hold the ``quote``; or else an ``outlet``, a
    ``url`` or both, with the day it was ``published``. ``private``: the source is a person whose words and name
    stay inside.
    """

    quote: Annotated[str, AfterValidator(_words)]
    report: str = ""
    outlet: str = ""
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    published: _Day | None = None
    private: StrictBool = False
    date_start: _Day | None = None
    date_end: _Day | None = None
    date_precision: DatePrecision | None = None

    @property
    def places_named(self) -> tuple[str, ...]:
        """The ids of all its places."""
        raise NotImplementedError

    @property
    def when(self) -> DateSpan:
        """Its days; a single one where no last day is given."""
        if self.date_start is None:
            return DateSpan()
        end = self.date_end or self.date_start
        return DateSpan(self.date_start, end, self.date_precision or DatePrecision.DAY)

    @model_validator(mode="after")
    def _sourced(self) -> Added:
        elsewhere = bool(self.outlet or self.url)
        if bool(self.report) == elsewhere or (self.report and self.published):
            raise ValueError("judgement-source")
        return self

    @model_validator(mode="after")
    def _dated(self) -> Added:
        if self.date_start is None and (self.date_end or self.date_precision not in {None, DatePrecision.UNKNOWN}):
            raise ValueError("judgement-dates")
        if self.date_start and self.date_precision is DatePrecision.UNKNOWN:
            raise ValueError("judgement-dates")
        if self.date_start and self.date_end and self.date_end < self.date_start:
            raise ValueError("judgement-dates")
        return self


class AddedIncident(Added):
    """An incident that the program did not find. ``gunfire``: an attack with shots, which makes its places a zone."""

    sub_event_type: Annotated[str, AfterValidator(_sub_event_type)]
    event_type: EventType | None = None
    places: Annotated[_Places, Field(min_length=1)]
    gunfire: StrictBool = False
    killed: _Toll | None = None
    injured: _Toll | None = None

    @property
    def places_named(self) -> tuple[str, ...]:
        """The ids of all its places."""
        return self.places

    @model_validator(mode="after")
    def _typed(self) -> AddedIncident:
        if self.event_type not in {None, SUB_EVENT_TYPES[self.sub_event_type]}:
            raise ValueError("judgement-event-type")
        return self


class AddedMovement(Added):
    """A movement that the program did not find. Families are never turned into people."""

    kind: MovementKind
    origins: _Places = ()
    destinations: _Places = ()
    via: _Places = ()
    people: _Toll | None = None
    households: _Toll | None = None

    @property
    def places_named(self) -> tuple[str, ...]:
        """The ids of all its places."""
        return (*self.origins, *self.via, *self.destinations)

    @model_validator(mode="after")
    def _from_or_to(self) -> AddedMovement:
        if not self.origins and not self.destinations:
            raise ValueError("judgement-ends")
        return self


class Content(_Table):
    """All of ``judgements.toml``."""

    retracted: tuple[Retracted, ...] = ()
    place: tuple[NamePlace, ...] = ()
    not_a_place: tuple[NotAPlace, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    toll: tuple[Toll, ...] = ()
    same: tuple[Same, ...] = ()
    different: tuple[Different, ...] = ()
    incident: tuple[AddedIncident, ...] = ()
    movement: tuple[AddedMovement, ...] = ()

    @property
    def added(self) -> tuple[AddedIncident | AddedMovement, ...]:
        """The records that the analyst added."""
        return (*self.incident, *self.movement)
