"""What an analyst has decided: ``judgements.toml``, checked when it is read and applied at every build.

The file is plain, so that it can be kept under the analyst's own version control; ``docs/judgements.md``
describes it. A judgement that no longer applies to anything is reported, never passed over.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mapper.errors import ConfigError, message
from mapper.model import Estimate, Incident, Mention, Movement, SetAside, Status
from mapper.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from mapper.model import Facts, Place, Report, Story

__all__ = ["JUDGEMENTS_FILE", "Judgements", "Outcome", "load_judgements"]

JUDGEMENTS_FILE = "judgements.toml"
_NO_PLACE = "judged: not a place"

_Text = Annotated[str, Field(min_length=1)]
_Count = Annotated[int, Field(ge=0)]


class _Judgement(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str = ""
    by: str = ""


class Retracted(_Judgement):
    """A report that its outlet has withdrawn, or that the analyst does not trust."""

    report: _Text


class NamePlace(_Judgement):
    """In one report, or in all: this name means that place."""

    name: _Text
    place: _Text
    report: str = ""


class NotAPlace(_Judgement):
    """In one report, or in all: this name is no place."""

    name: _Text
    report: str = ""


class Reviewed(_Judgement):
    """A record was looked at and is right."""

    record: _Text


class Rejected(_Judgement):
    """A record was looked at and is wrong: it is not drawn and not counted."""

    record: _Text


class Toll(_Judgement):
    """A record's number is wrong, and this is the right one."""

    record: _Text
    measure: Literal["killed", "injured", "people", "households"]
    low: _Count | None = None
    best: _Count | None = None
    high: _Count | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Toll:
        numbers = [value for value in (self.low, self.best, self.high) if value is not None]
        if not numbers or numbers != sorted(numbers):
            raise ValueError
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    retracted: tuple[Retracted, ...] = ()
    place: tuple[NamePlace, ...] = ()
    not_a_place: tuple[NotAPlace, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    toll: tuple[Toll, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A story as judged.

    ``reviewed`` are the ids of records somebody looked at; ``reasons`` says by record id what was
    changed and why; ``rejected`` are the ids taken out; ``idle`` names judgements that apply to nothing.
    """

    story: Story
    reviewed: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Judgements:
    """The judgements of one file, and which of them were used."""

    def __init__(self, content: _File | None = None, places: Callable[[str], Place | None] = lambda _: None) -> None:
        self._file = content or _File()
        self._place = places
        self._used: set[int] = set()

    def __bool__(self) -> bool:
        """Whether there is any judgement."""
        return any(getattr(self._file, name) for name in _File.model_fields)

    @property
    def fingerprint(self) -> str:
        """What identifies the judgements in the map's fingerprint; empty where there are none."""
        return self._file.model_dump_json(exclude_defaults=True) if self else ""

    def standing(
        self, reports: Iterable[Report], set_aside: tuple[SetAside, ...]
    ) -> tuple[tuple[Report, ...], tuple[SetAside, ...]]:
        """Return the reports that are not retracted, and those set aside with the retracted ones among them."""
        why = {one.report: one for one in self._file.retracted}
        kept, out = [], []
        for report in reports:
            if (judged := why.get(report.report_id)) is None:
                kept.append(report)
                continue
            self._used.add(id(judged))
            name, because = report.report_id, judged.reason or "–"
            english = message("judgement-retracted", "en", name=name, why=because)
            spanish = message("judgement-retracted", "es", name=name, why=because)
            out.append(SetAside(name, english, spanish, report.private))
        return tuple(kept), (*set_aside, *out)

    def about(self, report: Report) -> str:
        """Return what of the judgements decides how a report is read; judged otherwise, it is read anew."""
        naming = self._naming(report.report_id)
        text = fold_name(report.text) if naming else ""
        about = [one for one in naming if fold_name(one.name) in text]
        self._used.update(id(one) for one in about)
        return repr(about) if about else ""

    def mentions(self, report: Report, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return a report's mentions as judged, one for each; what is no place is located nowhere."""
        naming = self._naming(report.report_id)
        return tuple(self._mention(one, naming) for one in mentions)

    @staticmethod
    def places_only(facts: Facts) -> Facts:
        """Return the facts without the mentions that were judged to be no places."""
        return replace(facts, mentions=tuple(one for one in facts.mentions if one.reasons[:1] != (_NO_PLACE,)))

    def _naming(self, report_id: str) -> list[NamePlace | NotAPlace]:
        rules: list[NamePlace | NotAPlace] = [*self._file.place, *self._file.not_a_place]
        return sorted((one for one in rules if one.report in ("", report_id)), key=lambda one: not one.report)

    def _mention(self, mention: Mention, naming: Sequence[NamePlace | NotAPlace]) -> Mention:
        name = fold_name(mention.text)
        judged = next((one for one in naming if fold_name(one.name) == name), None)
        if judged is None:
            return mention
        if isinstance(judged, NotAPlace):
            return Mention(mention.start, mention.end, mention.text, Status.NOT_FOUND, reasons=(_NO_PLACE,))
        place = self._place(judged.place)
        if place is None:
            raise ConfigError("judgement-place", file=JUDGEMENTS_FILE, name=judged.name, got=judged.place)
        status = Status.RESOLVED if place.in_area else Status.OUTSIDE_AREA
        because = f"judged: {judged.reason}".rstrip(": ")
        return replace(mention, status=status, place=place, score=1.0, candidates=(), reasons=(because,))

    def judge(self, story: Story, *, only_reviewed: bool = False) -> Outcome:
        """Return the story without what was rejected, or not reviewed, and with its numbers set right."""
        records: list[Incident | Movement] = [*story.incidents, *story.movements]
        ids = {record.record_id for record in records}
        reviewed = frozenset(one.record for one in self._known(self._file.reviewed, ids))
        rejected = frozenset(one.record for one in self._known(self._file.rejected, ids))
        tolls = list(self._known(self._file.toll, ids))
        reasons: dict[str, tuple[str, ...]] = {}
        for one in tolls:
            reasons[one.record] = (*reasons.get(one.record, ()), f"{one.measure}: {one.reason}".strip(": "))
        shown = (reviewed if only_reviewed else ids) - rejected
        return Outcome(
            replace(
                story,
                incidents=tuple(_set_right(one, tolls) for one in story.incidents if one.record_id in shown),
                movements=tuple(_set_right(one, tolls) for one in story.movements if one.record_id in shown),
            ),
            reviewed - rejected,
            rejected,
            reasons,
        )

    def idle(self) -> tuple[str, ...]:
        """Return, as written, each judgement that was not used in this build."""
        return tuple(
            f"[[{name}]] {one.model_dump_json(exclude_defaults=True)}"
            for name in _File.model_fields
            for one in getattr(self._file, name)
            if id(one) not in self._used
        )

    def _known(self, judged: Iterable[Any], ids: set[str]) -> Iterator[Any]:
        for one in judged:
            if one.record in ids:
                self._used.add(id(one))
                yield one


def load_judgements(path: Path, places: Callable[[str], Place | None]) -> Judgements:
    """Return the judgements of a file; none where there is no file.

    Parameters
    ----------
    path
        The file.
    places
        Returns the place of an id, or None.

    Raises
    ------
    ConfigError
        The file cannot be read, or a judgement in it is not as described; the sentence says which.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Judgements()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("config-not-toml", file=path.name, reason=error) from error
    except OSError as error:
        raise ConfigError("config-unreadable", file=path.name, reason=error.strerror) from error
    try:
        content = _File.model_validate(written)
    except ValidationError as error:
        fault = error.errors()[0]
        kind, *rest = [str(part) for part in fault["loc"]] or ["?"]
        number = int(rest[0]) + 1 if rest and rest[0].isdigit() else 1
        what = rest[1] if len(rest) > 1 else ""
        known = ", ".join(_File.model_fields)
        raise ConfigError(
            "judgement-wrong", file=path.name, kind=kind, number=number, what=what or "–", known=known
        ) from None
    return Judgements(content, places)


_FIELDS = {"killed": "fatalities", "injured": "injuries", "people": "people", "households": "households"}
_UNITS = {"killed": "persons", "injured": "persons", "people": "persons", "households": "families"}


def _set_right(record: Any, tolls: Iterable[Toll]) -> Any:
    """Return a record with the numbers judged; a number that stood under protection stays there."""
    changes = {
        _FIELDS[one.measure]: Estimate(one.low, one.best, one.high, _UNITS[one.measure])
        for one in tolls
        if one.record == record.record_id and hasattr(record, _FIELDS[one.measure])
    }
    return replace(record, **changes) if changes else record
