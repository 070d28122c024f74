"""Toponym recognition: one pass of a name automaton over folded text, then context guards.

Every name of the gazetteer is found at once with overlaps (Aho-Corasick); word boundaries, capitals,
guards and person names rule out what only looks like a place, and the longest reading of each
stretch wins. Offsets always refer to the report's own text, since folding keeps its length.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mapper.model import Toponym
from mapper.reading.bare_names import Named, also_called, bare_of, introduced, marked_roads
from mapper.reading.covered import Covered
from mapper.reading.houses import bearers
from mapper.reading.kinds import Kinds
from mapper.reading.lists import plurals_of, shared_names
from mapper.reading.persons import PersonFilter
from mapper.reading.short import is_date, short_names, short_of
from mapper.reading.unknown import unknown_names
from mapper.reading.within import with_containers
from mapper.text import fold_name, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.model import Guard, NameRecord
    from mapper.reading.lexicon import Lexicon

__all__ = ["NameIndex", "recognise"]

_WORD = re.compile(r"\w+")
_HASHTAG = re.compile(r"#(\w+)")
_PERCENT = re.compile(r"\s?%|\s(?:por ciento|per ?cent)\b")
_MIN_FUZZY_CHARS = 8
_NEARBY_CHARS = 40
_SHORT_CHARS = 4


@dataclass(frozen=True, slots=True)
class _Name:
    """One folded spelling and its places.

    ``skip`` counts the leading characters that are not its own; one that is ``bare`` lacks the word for its kind.
    """

    place_ids: tuple[str, ...]
    skip: int = 0
    vague: bool = False
    in_area: bool = True
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    name: _Name
    why: str


def squeeze(folded: str) -> str:
    """Return ``folded`` without anything but letters and digits, as hashtags write names."""
    return "".join(_WORD.findall(folded))


class NameIndex:
    """All names of an area, ready to be found.

    Parameters
    ----------
    records
        Every name of every place, inside the area and outside.
    guards
        Phrases that look like places and are not.
    lexicons
        The languages' lexicons: contractions hide an article ("del Rosal" names El Rosal).
    within
        The ids of what each place lies in.
    """

    def __init__(
        self,
        records: Sequence[NameRecord],
        guards: Sequence[Guard],
        lexicons: Sequence[Lexicon],
        within: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        import ahocorasick_rs

        places: dict[str, list[str]] = defaultdict(list)
        inside: set[str] = set()
        self.in_area: set[str] = set()
        class_of: dict[str, str] = {}
        for record in records:
            key = fold_name(record.name)
            if key and record.place_id not in places[key]:
                places[key].append(record.place_id)
            class_of[record.place_id] = record.feature_class
            if record.in_area:
                inside.add(key)
                self.in_area.add(record.place_id)
        self._names: dict[str, _Name] = {}
        contractions = [pair for lexicon in lexicons for pair in lexicon.table("toponyms")["contractions"].items()]
        for key, own in places.items():
            ids = [*own, *(one for one in also_called(key, places, class_of) if one not in own)]
            vague = all(class_of[place_id] == "vague" for place_id in ids)
            self._names[key] = _Name(tuple(ids), vague=vague, in_area=key in inside)
            for contraction, article in contractions:
                if key.startswith(article + " "):
                    bare = key[len(article) + 1 :]
                    self._names.setdefault(f"{contraction} {bare}", _Name(tuple(ids), skip=len(contraction) + 1))
        self._guards = {fold_name(guard.name): guard.kind for guard in guards}
        self._longest_chars = max(map(len, inside), default=0)
        self._inside = sorted(inside)
        self.particles = frozenset(word for lexicon in lexicons for word in lexicon.table("toponyms")["particles"])
        self.generics: dict[str, str] = {
            fold_name(word): kind
            for lexicon in lexicons
            for kind, words in lexicon.table("toponyms")["generics"].items()
            for word in words
        }
        self.kinds = Kinds(self.generics, self.particles)
        self.plurals = plurals_of(self.generics)
        self.road_marks = {word for lexicon in lexicons for word in lexicon.words("toponyms", "road_marks")}
        roads = marked_roads(inside, self.road_marks)
        for rest, names in (bare_of(inside, self.generics) | roads).items():
            if rest not in places or rest in roads:
                meant = dict.fromkeys(place_id for name in names for place_id in self._names[name].place_ids)
                self._names[rest] = _Name(tuple(meant), bare=True)
        # the parishes that a place lies in: where one is named beside it, a bare name is known for what it is
        self.parishes = {
            place_id: frozenset(one for one in holders if class_of.get(one) == "parish")
            for place_id, holders in within.items()
        }
        patterns = sorted({*self._names, *self._guards})
        self._patterns = patterns
        self._automaton = ahocorasick_rs.AhoCorasick(patterns)
        self._telling: dict[str, tuple[int, int]] = {}

    @functools.cached_property
    def _squeezed(self) -> dict[str, str]:
        return {squeeze(key): key for key in reversed(self._inside) if len(key) > 3}  # noqa: PLR2004

    @functools.cached_property
    def _halves(self) -> dict[tuple[int, str], list[str]]:
        """The first and the last half of every name, with its length, and its names: one edit leaves one of them."""
        found: dict[tuple[int, str], list[str]] = defaultdict(list)
        for key in self._inside:
            half = len(key) // 2
            for end in {key[:half], key[-half:]} if len(key) >= _MIN_FUZZY_CHARS else ():
                found[len(key), end].append(key)
        return dict(found)

    def telling(self, name: str) -> tuple[int, int]:
        """Return where the first and the last word of a known folded name begin, generics and particles left out.

        A name of such words alone is told by its last: "avenida Universidad".
        """
        found = self._telling.get(name)
        if found is None:
            common = self.generics.keys() | self.particles | self.road_marks
            words = [*_WORD.finditer(name)]
            own = [word.start() for word in words if word[0] not in common] or [word.start() for word in words[-1:]]
            self._telling[name] = found = own[0], own[-1]
        return found

    def places_named(self, name: str) -> tuple[str, ...]:
        """Return the ids of all places called ``name`` (accents and case do not matter)."""
        found = self._names.get(fold_name(name))
        return found.place_ids if found else ()

    def hits(self, text: str, folded: str) -> tuple[list[_Hit], list[tuple[int, int, str]]]:
        """Return all names in ``text`` (overlapping) and all guards as (start, end, kind)."""
        hits: list[_Hit] = []
        guards: list[tuple[int, int, str]] = []
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
                continue
            pattern = self._patterns[number]
            kind = self._guards.get(pattern)
            if (
                kind is not None
                and _guard_holds(text[start:end], kind)
                and not (kind == "date" and self.kinds.opens_behind(folded, start))
            ):
                guards.append((start, end, kind))
            name = self._names.get(pattern)
            if name is not None:
                hits.append(_Hit(start + name.skip, end, name, "name in the gazetteer"))
        for match in _HASHTAG.finditer(folded):
            key = self._squeezed.get(squeeze(match[1]))
            if key:
                hits.append(_Hit(match.start(1), match.end(1), self._names[key], "hashtag"))
        return hits, guards

    def misspelt(self, words: str) -> _Name | None:
        """Return the one name within one edit of ``words`` (folded, at least eight letters), if any."""
        if not _MIN_FUZZY_CHARS <= len(words) <= self._longest_chars + 1:
            return None
        found: set[str] = set()
        for length in (len(words) - 1, len(words), len(words) + 1):
            half = length // 2
            for end in (words[:half], words[-half:]):
                found.update(self._halves.get((length, end), ()))
        if not found:
            return None
        from rapidfuzz.distance import Levenshtein

        near = sorted(key for key in found if Levenshtein.distance(words, key) == 1)
        if len(near) != 1 or [c for c in near[0] if c.isdigit()] != [c for c in words if c.isdigit()]:
            return None
        return self._names[near[0]]


def recognise(text: str, folded: str, language_lexicon: Lexicon, index: NameIndex) -> tuple[Toponym, ...]:
    """Find the toponyms of ``text``: known names, misspelt ones, unknown ones after a cue.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy.
    language_lexicon
        The words of its language.
    index
        All names.

    Returns
    -------
    tuple of Toponym
        In order of appearance. Only a vague area may overlap another ("east of [Caracas]").
    """
    folded = one_line(folded)
    hits, guards = index.hits(text, folded)
    persons = PersonFilter(text, folded, language_lexicon, index.generics)
    kept = [*_shared(text, folded, language_lexicon, index)]
    kept += [
        hit
        for hit in hits
        if _is_name(text, folded, hit, index, persons)
        and not is_date(text, folded, (hit.start, hit.end), language_lexicon)
    ]
    kept = [*_without_strange(folded, kept, language_lexicon, index)]
    guarded = Covered((start, end) for start, end, _ in guards)
    # a guard may begin behind the article of what it guards ("el Observatorio Venezolano")
    kept = [hit for hit in kept if not guarded.holds(_bare_start(folded, hit.start), hit.end)]
    # a vague area ("east of Caracas") stands beside the name inside it, unless it is that name behind an article
    named = _longest([hit for hit in kept if not hit.name.vague])
    spans = {(hit.start, hit.end) for hit in named}
    vague = _longest([hit for hit in kept if hit.name.vague])
    kept = named + [hit for hit in vague if (_bare_start(folded, hit.start), hit.end) not in spans]
    taken = Covered([(hit.start, hit.end) for hit in kept] + [(start, end) for start, end, _ in guards])
    kept += [*_misspelt(text, folded, taken, index, persons), *_shortened(text, folded, kept, taken)]
    kept.sort(key=lambda hit: hit.start)
    toponyms = [
        Toponym(
            hit.start,
            hit.end,
            text[hit.start : hit.end],
            bearers(folded, hit.start, hit.name.place_ids, index.in_area, language_lexicon),
            index.kinds.named(folded, hit.start, hit.end),
            reasons=(hit.why,),
        )
        for hit in kept
    ]
    unknown = unknown_names(text, folded, language_lexicon, Covered((t.start, t.end) for t in toponyms))
    toponyms += [replace(t, class_cue=index.kinds.named(folded, t.start, t.end)) for t in unknown]
    toponyms.sort(key=lambda toponym: toponym.start)
    return tuple(with_containers(folded, toponyms, language_lexicon, index.generics))


def _bare_start(folded: str, start: int) -> int:
    """Return where a name begins behind its article."""
    return _ARTICLE.match(folded, start).end()  # type: ignore[union-attr]  # it matches nothing, too


def _guard_holds(surface: str, kind: str) -> bool:
    """Tell whether a guard applies to this spelling: dates are lower-case ("23 de enero"), names are not."""
    if kind in {"date", "word"}:
        return surface == surface.lower()
    return surface != surface.lower()


def _is_name(text: str, folded: str, hit: _Hit, index: NameIndex, persons: PersonFilter) -> bool:
    """Tell whether a hit is written as a name: its own words begin with capitals or digits, and name no person.

    Vague areas ("downtown") are common words; a hashtag is a name however it is written.
    """
    if hit.why == "hashtag" or hit.name.vague:
        return True
    surface, plain = text[hit.start : hit.end], folded[hit.start : hit.end]
    opening, closing = index.telling(plain)
    first, last = surface[opening], surface[closing]
    if not (first.isupper() or first.isdigit()):
        return False
    if last.isdigit() and _PERCENT.match(folded, hit.end):
        return False  # "con el 70 % del cuerpo quemado" tells of no barrio El 70
    if first.isdigit() and last.islower() and not index.kinds.opens_behind(folded, hit.start):
        return False  # "23 de enero" is a date, "23 de Enero" and "parroquia 23 de enero" are the parish
    if len(plain) <= _SHORT_CHARS and not hit.name.in_area and _opens_sentence(text, hit.start):
        return False  # "Van con niños", "As shots rang out": words that some far town bears as its name
    return not persons.holds(hit.start, hit.end)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _NEARBY_CHARS) : start].rstrip(" \t\"'«“‘(¿¡—–-•")
    return not before or before[-1] in ".!?:…\n”»"


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Keep the longest of overlapping hits; of equals, the first."""
    kept: list[_Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda one: (one.start - one.end, one.start)):
        stretch = range(hit.start, hit.end)
        if taken.isdisjoint(stretch):
            taken.update(stretch)
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)


_ARTICLE = re.compile(r"(?:(?:el|la|los|las) )?")
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’]+(?: (?:(?:de|del|la|las|los|el) ){0,2}(?:[^\W\d_a-z][\w'’]+|\d{1,4}\b))*")


def _misspelt(text: str, folded: str, taken: Covered, index: NameIndex, persons: PersonFilter) -> Iterable[_Hit]:
    for match in _CAPITALISED.finditer(text):
        start, end = match.span()
        if end - start < _MIN_FUZZY_CHARS or taken.touches(start, end):
            continue
        name = index.misspelt(folded[start:end])
        if name and not persons.holds(start, end):
            yield _Hit(start, end, name, "one letter from a name in the gazetteer")


def _shortened(text: str, folded: str, kept: Sequence[_Hit], taken: Covered) -> Iterator[_Hit]:
    """Yield what names a place told before by the word of its name that is no number."""
    by_word: dict[str, list[_Hit]] = defaultdict(list)
    for hit in kept:
        by_word[short_of(folded[hit.start : hit.end])].append(hit)
    for word, hits in by_word.items():
        if word and len({hit.name.place_ids for hit in hits}) == 1:
            for start, end in short_names(text, folded, word, hits[0].end):
                if not taken.touches(start, end):
                    yield _Hit(start, end, hits[0].name, "short for a name told before")


def _shared(text: str, folded: str, lexicon: Lexicon, index: NameIndex) -> Iterable[_Hit]:
    """Yield the names that share a plural generic word, each meaning the place with its own generic word."""
    for start, end, names in shared_names(text, folded, lexicon, index.plurals):
        ids = next((found for name in names if (found := index.places_named(name))), ())
        if ids:
            yield _Hit(start, end, _Name(ids), "shares the generic word before its list")


def _without_strange(folded: str, hits: Sequence[_Hit], lexicon: Lexicon, index: NameIndex) -> Iterator[_Hit]:
    """Yield the hits without the bare names that nothing introduces as names of neighbourhoods."""
    bare, known = (
        [Named(hit.start, hit.end, hit.name.place_ids) for hit in hits if hit.name.bare is wanted]
        for wanted in (True, False)
    )
    found = introduced(folded, sorted(bare), sorted(known), lexicon, (index.kinds, index.parishes)) if bare else ()
    for hit in hits:
        if not hit.name.bare:
            yield hit
        elif folded[hit.start : hit.end] in found:
            yield replace(hit, why="a neighbourhood's name without the word for its kind")
