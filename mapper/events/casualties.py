"""Casualties: which incident each count of dead or hurt belongs to.

A toll stands where the telling puts it. A linear table over what stands between a count and a place, and the
network, which reads the words in their order, are heard in equal parts; what stands right before a place ("two
died in X") is its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from mapper.events.features import LARGE
from mapper.events.glance import NUMBERS
from mapper.events.passages import numbers_in
from mapper.events.tolls import Told, are_others, claim_of, claims_in, counted_over, of_its_time, sums_up, told_by
from mapper.events.weights import load_weights
from mapper.model import Estimate, Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.calendar import Calendar
    from mapper.events.drafts import Draft
    from mapper.events.features import Spot
    from mapper.events.glance import Sight
    from mapper.events.relations import Relations
    from mapper.events.scenes import Scene
    from mapper.events.verdicts import Verdict
    from mapper.events.weights import Weights
    from mapper.model import Claim, Mention, Place, Reading

    Part = tuple[Scene, Quantity, Claim, bool]

__all__ = ["Casualties"]

_CASUALTIES = (Measure.KILLED, Measure.INJURED)
_COUNT_CHARS = 90  # how far before a place the number of its dead or hurt may begin
_UNLIKELY = 0.15
_NEAR_SENTENCES = 2
_FAINT = 0.01  # what the network sees nowhere
_SURE = 0.7  # what the network sees is believed though no count was given
# words in whose sentence a figure may count the dead or the hurt though it stands with no noun
_SENSES = {
    Measure.KILLED: {":kill_or_death", ":body_found", ":funeral_or_mourning"},
    Measure.INJURED: {":injury", ":medical_care", ":tear_gas_and_repression"},
}
# whom those arrested are said to have killed ("wanted for three murders") did not die in the arrest; a raid in which
# people die is a battle
_BLOODLESS = "Arrests"
_AIR_STRIKE = "air strike"


class Casualties:
    """Gives the counts of one report to its incidents.

    Parameters
    ----------
    drafts
        The incidents in the making; they are given their claims.
    told
        The report's reading, its mentions, the verdict on each and where it stands.
    scene_of
        The scene of each mention, by its index.
    calendar
        The dates of the scenes.
    sight
        What the network makes of the report.
    """

    def __init__(
        self,
        drafts: Sequence[Draft],
        told: tuple[Reading, Sequence[Mention], Mapping[int, Verdict], Mapping[int, Spot]],
        scene_of: Mapping[int, Scene],
        calendar: Calendar,
        sight: Sight,
    ) -> None:
        self._drafts, self._scene_of, self._calendar, self._sight = drafts, scene_of, calendar, sight
        self._reading, self._mentions, self._verdicts, self._spots = told
        self._numbers = numbers_in(self._reading)
        self._known: dict[tuple[int, Measure], Mapping[int | None, float]] = {}  # what ``_read`` has found
        self._latest: dict[Measure, tuple[int, Told]] = {}  # the incident that was given a count last, and the claim
        self._trace: list[str] = []
        # by where a number begins, the incidents right before a place of which it stands: "two died in X"
        self._placed: dict[int, dict[int, None]] = defaultdict(dict)
        for number, draft in enumerate(drafts):
            for count in filter(None, map(self._count_at, draft.mentions)):
                self._placed[count.start][number] = None

    def give(self, relations: Relations, scenes: Sequence[Scene]) -> list[str]:
        """Give each count of dead or injured to the incident it most likely measures, other counts to the nearest.

        Returns
        -------
        list of str
            What was given to none, and why.
        """
        table = load_weights("toll")
        by_measure = {
            measure: [one for one in self._reading.quantities if one.measure is measure] for measure in _CASUALTIES
        }
        for _, group in groupby(scenes, key=lambda scene: scene.sentence_number):
            sentence = list(group)
            said = [(scene, *one) for scene in sentence for one in claims_in(self._reading, scene)]
            where = _placed(sentence)
            said = [
                one for one in said if one[1].value.high == 0 or not self._is_elsewhere(where[one[0].number], one[1])
            ]
            if len(self._drafts) > 1:
                said = [one for one in said if not sums_up(one[0])]
            for measure in dict.fromkeys(quantity.measure for _, quantity, _, _ in said):
                parts = [one for one in said if one[1].measure is measure]
                self._give_parts(parts, by_measure.get(measure, []), relations, table)
        for measure in _CASUALTIES:
            self._give_seen(measure, scenes)
        return self._trace

    def _give_parts(
        self,
        parts: Sequence[Part],
        peers: Sequence[Quantity],
        relations: Relations,
        table: Weights,
    ) -> None:
        """Give the parts that one sentence tells of one toll to the incident that any of them most likely measures."""
        shares: dict[int, list[float]] = {}
        taken = self._give_placed([one for one in parts if one[1].within], relations, table)
        parts = [one for one in parts if not one[1].within]
        if not parts:
            return
        told = [told_by(scene, claim, is_total=total, share=0.0) for scene, _, claim, total in parts]
        near_by = [number for number in relations.records_near(parts[0][1].start) if number not in taken]
        measure = parts[0][1].measure
        if measure in _CASUALTIES and any(quantity.value.high != 0 for _, quantity, _, _ in parts):
            near_by = [number for number in near_by if self._drafts[number].frame.sub_event_type != _BLOODLESS]
        dated = {number: self._drafts[number].when for number in near_by}
        over = min(counted_over(self._reading, scene.span, quantity) for scene, quantity, _, _ in parts)
        for number in of_its_time(self._calendar.stated(parts[0][0]), dated, over=over):
            near = relations.nearest(number, peers)
            beside = [near if quantity in near else [quantity] for _, quantity, _, _ in parts]
            features = [relations.number(number, part[1], others) for part, others in zip(parts, beside, strict=True)]
            read = self._read(number, measure)
            shares[number] = [_heard(table.share(seen), read, one) for seen, one in zip(features, told, strict=True)]
        if not shares:
            self._trace += [
                f"'{one.who}' ({one.value.best}): counted at another time or in an arrest" for _, one, _, _ in parts
            ]
            return
        together = max(shares, key=lambda number: (max(shares[number]), -number))
        here = [number for number in relations.records_in(parts[0][0]) if number in shares]
        for position, (scene, quantity, _, _) in enumerate(parts):
            # "two died in X and one in Y": each to its own
            at = [number for number in here if number in self._placed.get(quantity.start, ())]
            best = max(at or here or [together], key=lambda number: (shares[number][position], -number))
            again = self._told_anew(told[position])
            if again is not None and not at and again in (here or shares):
                best = again
            if peers and max(shares[best]) < _UNLIKELY and best != again:
                count = f"'{self._reading.report.text[quantity.start : quantity.end]}'"
                self._trace.append(f"{count}: measures none of the incidents ({max(shares[best]):.2f})")
                continue
            given = replace(told[position], share=shares[best][position])
            self._drafts[best].claims.append(given)
            self._drafts[best].add(scene)
            self._latest[quantity.measure] = best, given

    def _told_anew(self, told: Told) -> int | None:
        """Return the incident whose dead or hurt a claim tells anew: somebody else gave it a number just before.

        "Five died, said the police. The ministry said twelve died."
        """
        record, before = self._latest.get(told.claim.measure, (None, told))
        speakers = {before.claim.speaker, told.claim.speaker}
        beside = 0 <= told.sentence - before.sentence <= 1 and not told.place
        other = len(speakers - {""}) == 2 and told.claim.value.best and before.claim.value.best  # noqa: PLR2004 - each
        return record if beside and other and not are_others(told.claim.who, before.claim.who) else None

    def _give_seen(self, measure: Measure, scenes: Sequence[Scene]) -> None:
        """Give an incident that got no count the toll that the network is sure of, unless another incident got it.

        "He was found with a bullet in his head" counts nobody, yet tells that one died.
        """
        given = {one.claim.start for draft in self._drafts for one in draft.claims if one.claim.measure is measure}
        for record, draft in enumerate(self._drafts):
            if draft.frame.sub_event_type == _BLOODLESS or any(one.claim.measure is measure for one in draft.claims):
                continue
            read = self._read(record, measure)
            toll = max(read, key=read.__getitem__)
            if not toll or read[toll] < _SURE:
                continue
            answers = self._sight.answers(measure.value, draft.mentions)
            answer = max(answers, key=answers.__getitem__)
            scene = self._scene_of[draft.mentions[0]]
            span = self._numbers[answer].span if isinstance(answer, int) else scene.span
            if not isinstance(answer, int):  # who is only shot at has not died
                told = _speaks_of(measure, [one for one in scenes if _is_near(one, scene)])
            else:  # a figure that counts nobody may number a paragraph: "2. Security forces entered Cota 905"
                counts = answer < len(self._reading.quantities)
                told = counts or _tells_of(measure, [one for one in scenes if one.sentence.covers(span)])
            if not told or span.start in given:
                continue
            if measure is Measure.KILLED:  # who was counted as hurt, and is taken to have died, counts once
                draft.claims = [one for one in draft.claims if one.claim.start != span.start]
            seen = Quantity(span.start, span.end, Estimate(toll, toll, toll, "persons"), measure)
            draft.claims.append(Told(scene.sentence_number, claim_of(self._reading, seen), share=read[toll]))
            given.add(span.start)
            words = self._reading.report.text[span.start : span.end]
            self._trace.append(f"the network takes '{words}' for {toll} {measure.value} ({read[toll]:.2f})")

    def _read(self, record: int, measure: Measure) -> Mapping[int | None, float]:
        """Return the share that the network gives to each number as an incident's dead or hurt."""
        if (record, measure) not in self._known:
            found: dict[int | None, float] = defaultdict(float)
            answers = (
                self._sight.answers(measure.value, self._drafts[record].mentions) if measure in _CASUALTIES else {}
            )
            for answer, share in answers.items():
                found[self._numbers[answer].value.best if isinstance(answer, int) else NUMBERS[answer]] += share
            self._known[record, measure] = found
        return self._known[record, measure]

    def _is_elsewhere(self, scene: Scene, count: Quantity) -> bool:
        """Tell whether a clause counts those of places outside the area only; in hospitals people die later.

        The city may be named to say where those lie: "at Macuto, near Caracas". Air strikes hit many places at once.
        """
        others = [one.start for one in scene.quantities if one.start > count.start]
        near = [index for index in scene.mentions if not any(start < self._mentions[index].start for start in others)]
        places = [place for index in near if (place := self._scene_of_event(scene, index))]
        told = [index for index in scene.mentions if self._verdicts[index].frame]
        small = [self._mentions[index].place for index in told]
        small += [place for place in places if place.feature_class not in LARGE]
        struck = any(self._verdicts[index].label == _AIR_STRIKE for index in told)
        inside = any(place and place.in_area for place in small)
        outside = any(not place.in_area for place in places)
        cared = scene.having("taken") or any(cue.kind == ":medical_care" for cue in scene.senses)
        return outside and not (inside or struck or cared)

    def _scene_of_event(self, scene: Scene, index: int) -> Place | None:
        """Return the place of a mention if a clause says that something happened in it, or in what lies in it."""
        mention, inner = self._mentions[index], self._mentions[index - 1] if index else None
        led = scene.lead(mention.start, "in_place") is not None
        if inner and not led and inner.place is None and scene.text[inner.end : mention.start] == ", ":
            led = scene.lead(inner.start, "in_place") is not None  # "in San Vicente, Maracay"
        return mention.place if led else None

    def _give_placed(self, parts: Sequence[Part], relations: Relations, table: Weights) -> set[int]:
        """Give parts of a number that are told at a place of their own to the incident there; return those incidents.

        An incident that is told of elsewhere, too, is what the whole number measures.
        """
        taken = set()
        for scene, quantity, claim, total in parts:
            for number in self._placed.get(quantity.start, ()):
                draft = self._drafts[number]
                if len({self._spots[index].place_id for index in draft.mentions}) == 1:
                    share = table.share(relations.number(number, quantity, [quantity]))
                    draft.claims.append(told_by(scene, claim, is_total=total, share=share))
                    draft.add(scene)
                    taken.add(number)
        return taken

    def _count_at(self, index: int) -> Quantity | None:
        """Return the number of dead or hurt that stands before a place in its clause, with no other place between."""
        scene, mention = self._scene_of[index], self._mentions[index]
        before = max(self._mentions[index - 1].end if index else 0, mention.start - _COUNT_CHARS)
        counted = [one for one in scene.quantities if before <= one.start < mention.start]
        counts = [one for one in counted if one.measure in _CASUALTIES or one.within]
        if not counts or "," in scene.text[counts[-1].end : mention.start]:
            return None
        return counts[-1] if counts[-1].value.best and scene.lead(mention.start, "in_place") else None


def _heard(share: float, read: Mapping[int | None, float], told: Told) -> float:
    """Return the share of a count by table and network in equal parts.

    Where no one number is told, and of who is told of one by one ("a third man"), the network, which looks for
    the whole toll, says nothing.
    """
    value = told.claim.value.best
    if value is None or not read or told.place:
        return share
    return math.sqrt(share * max(read.get(value, 0.0), _FAINT))


def _is_near(scene: Scene, other: Scene) -> bool:
    """Tell whether what one clause says may be of what another tells, a few sentences away."""
    return abs(scene.sentence_number - other.sentence_number) <= _NEAR_SENTENCES


def _speaks_of(measure: Measure, scenes: Sequence[Scene]) -> bool:
    """Tell whether any of some clauses has a word for the dead, or for the hurt."""
    return any(cue.kind in _SENSES[measure] for scene in scenes for cue in scene.senses)


def _tells_of(measure: Measure, scenes: Sequence[Scene]) -> bool:
    """Tell whether any of some clauses has such a word, or tells of an attack."""
    return _speaks_of(measure, scenes) or any(scene.having("casualty", "attack") for scene in scenes)


def _placed(sentence: Sequence[Scene]) -> dict[int, Scene]:
    """Return for each clause of a sentence the last one up to it that names a place, or itself, by its number."""
    found: dict[int, Scene] = {}
    last: Scene | None = None
    for scene in sentence:
        last = scene if scene.mentions else last
        found[scene.number] = last or scene
    return found
