"""Features: what stands around each mention, as short readable strings that a linear model can weigh.

``battle near before`` is a cue of the lexicon's kind "battle" a few words before the place in its clause,
``'shots in' before`` the very words before it, ``~shoot in sentence`` a word that begins so. Cue kinds mean
the same in every language. Places are masked, so that no place can be learned as violent.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.events.calendar import age_of
from mapper.events.containers import rank_of
from mapper.events.frames import EVENT_KINDS
from mapper.model import Measure
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.events.frames import Frame
    from mapper.events.scenes import Scene
    from mapper.model import Cue, Mention, Reading

__all__ = ["BRIEF", "LARGE", "Spot", "spots_of"]

_TOKEN = re.compile(r"\d[\d.,]*|\w+|[^\w\s]")
_STEM_CHARS = 6
_LONG_WORD = 3
_PLACE, _NUMBER, _EDGE = "*", "#", "|"
_NEAR_WORDS, _FAR_WORDS = 3, 8
_LIST_WORDS = 4
_REACH_WORDS = 8
_AGES = {32: "recent"}  # days
_MANY = 3
_WINDOW_SCENES, _WINDOW_WORDS = 4, 80  # how far around a mention its sentence is looked at
# cue kinds that only lead to places: they count right before a mention, not anywhere
_LEADING = {"from_place", "to_place", "in_place", "via_place", "joiner", "struck_at", "near_place"}
_STRONG_LEADS = ("residence", "gang", "people_of")
_WEAK_LEADS = tuple(sorted(_LEADING - {"joiner"}))
_TELLING = {
    *EVENT_KINDS, "casualty", "flee", "evacuate", "returning", "leave", "shelter", "lodging", "taken", "residence",
    "gang", "threat", "rumour", "denial", "hypothetical", "ceremony", "legal", "deployment", "closure", "calm",
    "heard", "figurative", "plan", "release", "past",
}  # fmt: skip
# of a report of so few sentences, what these features say counts for more: it tells one thing and stops
_BRIEF = 3
BRIEF = "brief report"
_BRIEF_TELLS = ("clause of", "nearest before", "nearest after", "number of", "status")
# classes of settled places say nothing about the role, the others much
_SETTLED = {"barrio", "sector", "urbanizacion", "parish"}
# of these only a part sees an event, and the report does not say which
LARGE = frozenset({"municipality", "city", "state", "country", "continent"})
_CLOSERS = set('.;:()"|')
_LIST_STOPS = set('.;()"')
_COMMAS = set(",/&")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mention stands: its features, and what ties it to other mentions.

    ``listed`` is the index of the place before it in the same list, -1 where there is none; ``told`` whether
    its own clause tells of an event, with a word that nothing denies or with people killed or hurt; ``is_able``
    whether the place is located and small enough to carry an event.
    """

    index: int
    features: tuple[str, ...]
    sentence: int
    paragraph: int
    place_id: str
    listed: int = -1
    told: bool = False
    is_able: bool = True


def spots_of(
    reading: Reading,
    mentions: Sequence[Mention],
    sentences: Sequence[Sequence[Scene]],
    frames: Mapping[int, Frame | None],
) -> dict[int, Spot]:
    """Return the spot of each mention, by its index.

    Parameters
    ----------
    reading
        The report's reading.
    mentions
        Its mentions as resolved.
    sentences
        The scenes of each sentence.
    frames
        The event that the cues of each scene speak of, by scene number.
    """
    speakers = _speakers(reading, mentions)
    containers = _containers(reading, mentions)
    folded = fold(reading.report.text)
    page = [_Sentence(reading, folded, mentions, scenes) for scenes in sentences]
    counts = Counter(cue.kind for scenes in sentences for scene in scenes for cue in scene.cues)
    topic = _topic(frames)
    brief = len(sentences) <= _BRIEF
    report = [f"report of {topic}"]
    often = [kind for kind, count in counts.items() if count > 1 and kind not in _LEADING]
    report += [f"{kind} often in report" for kind in often]
    report += [BRIEF] if brief else []
    found: dict[int, Spot] = {}
    for number, sentence in enumerate(page):
        if not sentence.mentions:
            continue
        around = []
        if number and page[number - 1].paragraph == sentence.paragraph:
            around += [f"{kind} in sentence before" for kind in page[number - 1].kinds]
            around += [f"~{stem} in sentence before" for stem in page[number - 1].stems]
        else:
            around.append("opens paragraph")
        if number + 1 < len(page) and page[number + 1].paragraph == sentence.paragraph:
            around += [f"{kind} in sentence after" for kind in page[number + 1].kinds]
        for scene in sentence.scenes:
            for index in scene.mentions:
                own = [*sentence.features(scene, index, (frames[scene.number], topic))]
                own += [f"brief: {feature}" for feature in own if feature.startswith(_BRIEF_TELLS)] if brief else []
                own += ["names a speaker"] if index in speakers else []
                own += ["holds the place before"] if index in containers else []
                own += ["lies in the place after"] if index + 1 in containers else []
                place = mentions[index].place
                found[index] = Spot(
                    index,
                    tuple(dict.fromkeys((*own, *around, *report))),
                    scene.sentence_number,
                    scene.paragraph,
                    place.place_id if place else "",
                    sentence.listed.get(index, -1),
                    _tells(scene),
                    mentions[index].status.is_located and not (place and place.feature_class in LARGE),
                )
    return found


def _tells(scene: Scene) -> bool:
    """Tell whether a clause has a word for an event, or counts people killed or hurt."""
    hurt = any(one.measure in {Measure.KILLED, Measure.INJURED} and one.value.best for one in scene.quantities)
    return hurt or bool(scene.affirmed(*EVENT_KINDS))


def _speakers(reading: Reading, mentions: Sequence[Mention]) -> set[int]:
    """Return the mentions that stand in the description of a speaker."""
    found: set[int] = set()
    starts = [mention.start for mention in mentions]
    for one in reading.attributions:
        found.update(range(bisect.bisect_left(starts, one.start), bisect.bisect_left(starts, one.end)))
    return found


def _containers(reading: Reading, mentions: Sequence[Mention]) -> set[int]:
    """Return the mentions that only say where the place before them lies ("X, in Y")."""
    return {
        number + 1
        for number, toponym in enumerate(reading.toponyms[:-1])
        if toponym.container_ids
        and toponym.container_ids == reading.toponyms[number + 1].place_ids
        and rank_of(mentions[number + 1].place) > rank_of(mentions[number].place)
    }


def _topic(frames: Mapping[int, Frame | None]) -> str:
    """Return the event that most scenes of the report speak of."""
    told = Counter(frame.sub_event_type for frame in frames.values() if frame)
    return min(told, key=lambda name: (-told[name], name), default="nothing")


class _Sentence:
    """One sentence as tokens with its places masked."""

    def __init__(self, reading: Reading, folded: str, mentions: Sequence[Mention], scenes: Sequence[Scene]) -> None:
        self._reading, self._all = reading, mentions
        self.scenes, self.paragraph = scenes, scenes[0].paragraph
        self.mentions = [index for scene in scenes for index in scene.mentions]
        self._place_of = {index: number for number, index in enumerate(self.mentions)}
        self._scene_of = {scene.number: number for number, scene in enumerate(scenes)}
        said = [cue.kind for scene in scenes for cue in (*scene.cues, *scene.senses)]
        self.kinds = list(dict.fromkeys(kind for kind in said if kind not in _LEADING))
        self._affirmed = {scene.number: scene.affirmed_kinds() for scene in scenes if scene.mentions}
        self._senses: dict[int, list[str]] = {}
        for cue in (cue for scene in scenes for cue in scene.senses):
            self._senses.setdefault(cue.start, []).append(cue.kind)
        self.tokens: list[str] = [_EDGE] * 3
        self.starts: list[int] = [scenes[0].sentence.start - 1] * 3
        self._at: dict[int, int] = {}
        self.listed: dict[int, int] = {}
        self._cut(folded, scenes[0].sentence.start, scenes[0].sentence.end)
        last = self.tokens[-_WINDOW_WORDS:]
        self.stems = list(dict.fromkeys(token[:_STEM_CHARS] for token in last if len(token) > _LONG_WORD))
        self._heads = self._find_lists()

    def _cut(self, folded: str, cursor: int, end: int) -> None:
        for index in self.mentions:
            mention = self._all[index]
            if mention.start >= cursor:
                self._add_words(folded, cursor, mention.start)
                self.tokens.append(_PLACE)
                self.starts.append(mention.start)
                cursor = mention.end
            self._at[index] = len(self.tokens) - 1
        self._add_words(folded, cursor, end)
        self.tokens += [_EDGE] * 3
        self.starts += [end] * 3

    def _add_words(self, folded: str, start: int, end: int) -> None:
        for match in _TOKEN.finditer(folded, start, end):
            self.tokens.append(_NUMBER if match[0][0].isdecimal() else match[0])
            self.starts.append(match.start())

    def _find_lists(self) -> dict[int, int]:
        """Return, for each mention, the token of the first place of the list it stands in."""
        joiners = {cue.start for scene in self.scenes for cue in scene.having("joiner")}
        heads: dict[int, int] = {}
        for number, index in enumerate(self.mentions):
            at = self._at[index]
            heads[index] = at
            if not number:
                continue
            before = self.mentions[number - 1]
            gap = range(self._at[before] + 1, at)
            words = [self.tokens[i] for i in gap]
            if not words or len(words) > _LIST_WORDS or _LIST_STOPS & set(words):
                continue
            joining = [self.starts[i] in joiners for i in gap]
            joined = any(joining) or bool(_COMMAS & set(words))
            if joined and all(len(word) <= _LONG_WORD or known for word, known in zip(words, joining, strict=True)):
                heads[index] = heads[before]
                self.listed[index] = before
        return heads

    def _token(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset) - 1

    def features(self, scene: Scene, index: int, told: tuple[Frame | None, str]) -> Iterator[str]:
        """Yield the features of one of the sentence's mentions; ``told`` is the clause's event and the report's."""
        mention, at, head = self._all[index], self._at[index], self._heads[index]
        group = mention.place.feature_class if mention.place else "unknown"
        group = "settled" if group in _SETTLED else group
        yield f"class {group}"
        yield f"status {mention.status.value}"
        yield f"place {min(self._place_of[index] + 1, _MANY)} of {min(len(self.mentions), _MANY)}"
        yield "first sentence" if scene.sentence_number == 0 else "later sentence"
        yield from self._words(at, group)
        yield from self._ties(head)
        before = self.tokens[head - 1]
        yield f"list after '{before}'"
        yield f"list after '{self.tokens[head - 2]} {before}'"
        if head != at:
            yield "in a list"
        for cue in (*scene.cues, *scene.senses):
            yield from self._cue(cue, scene, mention, (head, at))
        for other in self._scenes_around(scene):
            if other is not scene:
                side = "before" if other.number < scene.number else "after"
                yield from (
                    f"{cue.kind} in clause {side}" for cue in (*other.cues, *other.senses) if cue.kind not in _LEADING
                )
        yield from (f"heading {cue.kind}" for cue in scene.heading)
        yield from self._stems_around(scene, at, head, self._lead(scene, head))
        for quantity in scene.quantities:
            yield f"number of {quantity.measure.value} in clause"
        published = self._reading.report.published
        yield from (f"{age_of(date, published, _AGES, 'past')} date in clause" for date in scene.dates)
        yield from self._joint(scene, index, group, told)

    def _joint(self, scene: Scene, index: int, group: str, told: tuple[Frame | None, str]) -> Iterator[str]:
        """Yield pairs of what only means much together: the event, and how the place is tied to it."""
        frame, topic = told
        event = frame.sub_event_type if frame else "nothing"
        own = "own" if scene.having(*EVENT_KINDS) else "lent"
        lead = self._lead(scene, self._heads[index])
        before, after = self._nearest_telling(self._all[index], scene)
        yield f"clause of {event}"
        yield f"clause of {event}, {own}"
        yield f"clause of {event}, report of {topic}"
        yield f"{lead} + clause of {event}"
        yield f"{lead} + report of {topic}"
        yield f"{group} + clause of {event}"
        yield f"{group} + {lead}"
        yield f"nearest before {before}"
        yield f"nearest after {after}"
        yield f"nearest before {before} + {lead}"
        yield f"nearest after {after} + {lead}"
        yield f"nearest {before} and {after}"
        yield f"first place + {lead} + {event}" if index == self.mentions[0] else f"later place + {lead} + {event}"

    def _scenes_around(self, scene: Scene) -> Sequence[Scene]:
        at = self._scene_of[scene.number]
        return self.scenes[max(0, at - _WINDOW_SCENES) : at + _WINDOW_SCENES + 1]

    def _nearest_telling(self, mention: Mention, scene: Scene) -> tuple[str, str]:
        """Return the kinds of the nearest cues before and after a mention in its sentence that tell its role."""
        scenes = self._scenes_around(scene)
        telling = [(cue.start, cue.kind) for one in scenes for cue in one.cues if cue.kind in _TELLING]
        before = max((one for one in telling if one[0] < mention.start), default=(0, "nothing"))
        after = min((one for one in telling if one[0] >= mention.end), default=(0, "nothing"))
        return before[1], after[1]

    def _lead(self, scene: Scene, head: int) -> str:
        """Return the cue kind of the words that lead to the place (or its list), or else the word before it."""
        start = self.starts[head]
        leading = scene.lead(start, *_STRONG_LEADS) or scene.lead(start, *_WEAK_LEADS)
        if leading:
            return leading.kind
        word = self.tokens[head - 1]
        return f"'{word}'" if len(word) <= 2 * _LONG_WORD else "word"

    def _ties(self, head: int) -> Iterator[str]:
        """Yield the word that governs the place or its list, with the small words between ("tiroteo en")."""
        small: list[str] = []
        for i in range(head - 1, max(2, head - _REACH_WORDS), -1):
            token = self.tokens[i]
            if len(token) > _LONG_WORD and token.isalpha():
                link = small[-1] if small else ""
                for name in (f"~{token[:_STEM_CHARS]}", *self._senses.get(self.starts[i], ())):
                    yield f"governed by {name}"
                    yield f"governed by {name} {link}"
                return
            if token in _CLOSERS or token == _PLACE:
                yield f"governed by '{token}'"
                return
            small.append(token)

    def _words(self, at: int, group: str) -> Iterator[str]:
        third, second, first = self.tokens[at - 3 : at]
        yield f"'{first}' before"
        yield f"'{first}' before {group}"
        yield f"'{second} {first}' before"
        yield f"'{third} {second} {first}' before"
        yield f"'{second[:_STEM_CHARS]}' two before"
        first, second, third = self.tokens[at + 1 : at + 4]
        yield f"'{first}' after"
        yield f"'{first} {second}' after"
        yield f"'{first} {second} {third}' after"
        yield f"'{second[:_STEM_CHARS]}' two after"

    def _stems_around(self, scene: Scene, at: int, head: int, lead: str) -> Iterator[str]:
        first, last = self._token(scene.span.start), self._token(scene.span.end - 1)
        for i in range(max(0, at - _WINDOW_WORDS), min(len(self.tokens), at + _WINDOW_WORDS)):
            token = self.tokens[i]
            if len(token) <= _LONG_WORD:
                continue
            stem = token[:_STEM_CHARS]
            if not first <= i <= last:
                yield f"~{stem} in sentence"
                continue
            side = "before" if i < at else "after"
            yield f"~{stem} {side}"
            gap = max(0, head - i) if i < at else i - at
            if gap <= _NEAR_WORDS + 2:
                yield f"~{stem} near {side}"
            if i < at:
                yield f"~{stem} {side} {lead}"

    def _cue(self, cue: Cue, scene: Scene, mention: Mention, place: tuple[int, int]) -> Iterator[str]:
        """Yield what a cue of the mention's clause says, by its distance from the place or its list."""
        if cue.start >= mention.start and cue.end <= mention.end:
            return
        head, at = place
        is_before = cue.start < mention.start
        if is_before:
            gap = min(at, max(head, self._token(cue.end - 1) + 1)) - self._token(cue.end - 1) - 1
        else:
            gap = self._token(cue.start) - at - 1
        side = "before" if is_before else "after"
        if cue.kind in _LEADING:
            if is_before and gap <= 0:
                yield f"{cue.kind} leads to it"
            return
        near = "right" if gap <= 0 else "near" if gap <= _NEAR_WORDS else "farther" if gap <= _FAR_WORDS else "far"
        if cue.kind not in self._affirmed[scene.number]:
            yield f"no {cue.kind} in clause"
        yield f"{cue.kind} {near} {side}"
        yield f"{cue.kind} {side}"
        yield f"{cue.kind} in clause"
