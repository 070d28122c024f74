"""One report cut into scenes and looked at, with the handful of names of the reading kit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from reading_kit import as_mentions, reader, report

from mapper.events.calendar import Calendar
from mapper.events.features import spots_of
from mapper.events.frames import Frame, frames_of
from mapper.events.glance import Sight
from mapper.events.network import load_network
from mapper.events.passages import passages_of
from mapper.events.relations import Relations
from mapper.events.scenes import cut_scenes

if TYPE_CHECKING:
    from mapper.events.features import Spot
    from mapper.events.passages import Passage
    from mapper.events.scenes import Scene
    from mapper.model import Mention, Reading

_READER = reader()


@dataclass(frozen=True)
class Look:
    """A report as the events room sees it."""

    reading: Reading
    mentions: tuple[Mention, ...]
    scenes: tuple[Scene, ...]

    @cached_property
    def sentences(self) -> list[tuple[Scene, ...]]:
        return [tuple(group) for _, group in groupby(self.scenes, key=lambda scene: scene.sentence_number)]

    @cached_property
    def frames(self) -> dict[int, Frame | None]:
        return frames_of(self.sentences)

    @cached_property
    def spots(self) -> dict[int, Spot]:
        return spots_of(self.reading, self.mentions, self.sentences, self.frames)

    @cached_property
    def passages(self) -> list[Passage]:
        return passages_of(self.reading, self.mentions, self.scenes)

    @cached_property
    def sight(self) -> Sight:
        return Sight(map(load_network().read, self.passages))

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.reading, self.scenes)

    @cached_property
    def scene_of(self) -> dict[int, Scene]:
        return {index: scene for scene in self.scenes for index in scene.mentions}

    def index(self, words: str) -> int:
        """Return the index of the first mention with these words."""
        return next(index for index, mention in enumerate(self.mentions) if mention.text == words)

    def features(self, words: str) -> tuple[str, ...]:
        return self.spots[self.index(words)].features

    def relations(self, *records: tuple[str, ...]) -> Relations:
        """Return relations whose records are carried by the mentions with these words."""
        indices = [[self.index(words) for words in record] for record in records]
        return Relations(self.reading, self.mentions, self.scenes, indices, ["Armed clash"] * len(records))


def look(text: str, language: str = "en", published: str = "2021-07-11") -> Look:
    """Read a text up to its scenes."""
    reading = _READER.read(report(text, language, published))
    mentions = as_mentions(reading)
    return Look(reading, mentions, cut_scenes(reading, mentions))
