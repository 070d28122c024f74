"""Judgements applied: to the reports, to the names in them, to what they tell and to the story of all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from mapper.errors import message
from mapper.judgements.additions import source_of, telling_of, with_added
from mapper.judgements.kinds import Content, Different, NamePlace, NotAPlace, Same
from mapper.judgements.pairs import Finder
from mapper.model import Incident, Mention, Movement, SetAside, Status, Ties
from mapper.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mapper.identity import Anchors
    from mapper.judgements.kinds import Judgement, Toll
    from mapper.model import Facts, Place, Report, Span, Story

__all__ = ["Judgements", "Outcome"]

_NO_PLACE = "judged: not a place"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A story as judged.

    ``reviewed`` are the ids of records somebody looked at or added; ``reasons`` says by record id what an
    analyst did and why, as ``what: why``; ``rejected`` are the ids taken out.
    """

    story: Story
    reviewed: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Judgements:
    """The judgements of one file, and which of them were used in one build."""

    def __init__(self, content: Content | None = None, places: Callable[[str], Place | None] = lambda _: None) -> None:
        self._file = content or Content()
        self._place = places
        self._used: set[int] = set()
        self._added: dict[str, Judgement] = {}
        self._pairs: list[tuple[Same | Different, tuple[str, ...]]] = []

    def __bool__(self) -> bool:
        """Whether there is any judgement."""
        return any(getattr(self._file, name) for name in Content.model_fields)

    @property
    def fingerprint(self) -> str:
        """What identifies the judgements in the map's fingerprint; empty where there are none."""
        return self._file.model_dump_json(exclude_defaults=True) if self else ""

    # --- reports ---

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

    def sources(self) -> tuple[Report, ...]:
        """Return the sources of added records that are no reports of the build, as reports, by id."""
        found = (source_of(one) for one in self._file.added)
        return tuple(sorted({one.report_id: one for one in found if one}.values(), key=lambda one: one.report_id))

    # --- names ---

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
        place = self._place(judged.place) if isinstance(judged, NamePlace) else None
        if place is None:
            return Mention(mention.start, mention.end, mention.text, Status.NOT_FOUND, reasons=(_NO_PLACE,))
        status = Status.RESOLVED if place.in_area else Status.OUTSIDE_AREA
        because = f"judged: {judged.reason}".rstrip(": ")
        return replace(mention, status=status, place=place, score=1.0, candidates=(), reasons=(because,))

    # --- what the reports tell ---

    def complete(self, facts: Iterable[Facts], sensitive: Mapping[str, Sequence[Span]]) -> list[Facts]:
        """Return the facts with the records that the analyst added, each in the report that is its source.

        ``sensitive`` are each report's passages that could expose someone.
        """
        added = defaultdict(list)
        for one in self._file.added:
            source = source_of(one)
            added[source.report_id if source else one.report].append(one)
        outside = {report.report_id for report in self.sources()} if added else set()
        completed = []
        for told in facts:
            report, tellings = told.report, []
            for one in added.get(report.report_id, ()):
                telling = telling_of(one, report, sensitive.get(report.report_id, ()), self._place)
                if telling:
                    tellings.append(telling)
                    self._added[telling.record_id] = one
            only = report.report_id in outside
            completed.append(with_added(told, tellings, only=only) if only or tellings else told)
        return completed

    def ties(self, facts: Sequence[Facts], earlier: Mapping[str, Anchors]) -> Ties:
        """Return which tellings are one event and which are not; what was added stands for itself unless joined.

        ``earlier`` are the anchors of the build before, by record id (``mapper.identity``).
        """
        judged: list[Same | Different] = [*self._file.same, *self._file.different]
        if judged:
            finder = Finder(facts, earlier)
            self._pairs = [(one, found) for one in judged if (found := finder.meant(one))]
        same = [found for one, found in self._pairs if isinstance(one, Same)]
        different = [found for one, found in self._pairs if isinstance(one, Different)]
        return Ties(
            together=tuple(pair for found in same for pair in combinations(found, 2)),
            apart=tuple(pair for found in different for pair in combinations(found, 2)),
            alone=frozenset(self._added),
        )

    # --- the story ---

    def judge(self, story: Story, *, only_reviewed: bool = False) -> Outcome:
        """Return the story without what was rejected, or not reviewed, and with its numbers set right."""
        records: list[Incident | Movement] = [*story.incidents, *story.movements]
        ids = {record.record_id for record in records}
        reasons: dict[str, list[str]] = defaultdict(list)
        reviewed = self._own(story, reasons) | {one.record for one in self._known(self._file.reviewed, ids)}
        self._note_pairs(story, reasons)
        rejected = frozenset(one.record for one in self._known(self._file.rejected, ids))
        tolls: list[Toll] = list(self._known(self._file.toll, ids))
        for one in tolls:
            reasons[one.record].append(_because(one.measure, one))
        shown = (reviewed if only_reviewed else ids) - rejected
        return Outcome(
            replace(
                story,
                incidents=tuple(_set_right(one, tolls) for one in story.incidents if one.record_id in shown),
                movements=tuple(_set_right(one, tolls) for one in story.movements if one.record_id in shown),
            ),
            frozenset(reviewed - rejected),
            rejected,
            {name: tuple(dict.fromkeys(said)) for name, said in reasons.items() if name in shown},
        )

    def _own(self, story: Story, reasons: dict[str, list[str]]) -> set[str]:
        """Return the records that hold nothing but what the analyst added; say of all that hold some."""
        mixed = {record for telling, record in story.told_as.items() if telling not in self._added}
        own = set()
        for telling, added in self._added.items():
            record = story.told_as.get(telling, telling)
            reasons[record].append(_because("added", added))
            self._used.add(id(added))
            own.add(record)
        return own - mixed

    def _note_pairs(self, story: Story, reasons: dict[str, list[str]]) -> None:
        """Note what was joined and what was parted, where it was."""
        for judged, tellings in self._pairs:
            records = [story.told_as.get(one, one) for one in tellings]
            joined = isinstance(judged, Same)
            if len(set(records)) != (1 if joined else len(records)):
                continue
            self._used.add(id(judged))
            for record in records:
                reasons[record].append(_because("same" if joined else "different", judged))
            # The review of a record that then became part of another is done with, not idle.
            gone = {*judged.records} - {*records} if joined else set()
            self._used.update(id(one) for one in self._file.reviewed if one.record in gone)

    def idle(self) -> tuple[str, ...]:
        """Return, as written, each judgement that was not used in this build."""
        return tuple(
            f"[[{name}]] {one.model_dump_json(exclude_defaults=True)}"
            for name in Content.model_fields
            for one in getattr(self._file, name)
            if id(one) not in self._used
        )

    def _known(self, judged: Iterable[Any], ids: set[str]) -> Iterator[Any]:
        for one in judged:
            if one.record in ids:
                self._used.add(id(one))
                yield one


def _because(what: str, judged: Judgement) -> str:
    return f"{what}: {judged.reason}".strip(": ")


_FIELDS = {"killed": "fatalities", "injured": "injuries", "people": "people", "households": "households"}
_UNITS = {"killed": "persons", "injured": "persons", "people": "persons", "households": "families"}


def _set_right(record: Any, tolls: Iterable[Toll]) -> Any:
    """Return a record with the numbers judged; a number that stood under protection stays there."""
    changes = {
        _FIELDS[one.measure]: one.estimate(_UNITS[one.measure])
        for one in tolls
        if one.record == record.record_id and hasattr(record, _FIELDS[one.measure])
    }
    return replace(record, **changes) if changes else record
