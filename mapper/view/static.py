"""What a reader without scripting gets: a still map, its caveats, and the lists. All text is escaped.

The page's other parts are built by scripts; this one stands in the file itself, inside ``<noscript>``.
It shows no quotations, and nothing that the level withholds.
"""

from __future__ import annotations

from heapq import nlargest
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mapper.model import Assertion, DisclosureLevel
from mapper.view.assets import catalogues
from mapper.view.drawing import SHAPES, SYMBOLS, safe, still_map, swatch
from mapper.view.frames import rows, text
from mapper.view.records import added_by_analysts
from mapper.view.words import Words, first_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.model import DateSpan, Disclosed, Estimate, Incident, Layers, MapInfo, Movement, Place

    Signs = Sequence[tuple[str, str]]

__all__ = ["MOST_LINES", "still_page"]

MOST_LINES = 100
"""Lines of one list; a longer one says how many more there are."""

_MOST_DRAWN = 40_000
"""Characters of a picture in a page to embed, which must stay small as a whole."""


def still_page(layers: Layers, disclosed: Disclosed, info: MapInfo, *, lists: bool = True) -> str:
    """Return the markup for ``<noscript>``: title, date, caveats, map, legend, lists and sources."""
    words = Words(first_language(info))
    others = [language for language in sorted({*info.languages, "en"} & {*catalogues()}) if language != words.language]
    told = _Told(words, disclosed)
    counted = {
        "incidents": sum(one.assertion is Assertion.NONE for one in disclosed.incidents),
        "movements": sum(one.assertion is Assertion.NONE for one in disclosed.movements),
        "reports": len(disclosed.reports),
    }
    zones = [row for row in rows(layers.zones, "zones") if row["shape"] != "adjacent"]
    counts = {name: words.count(name, number) for name, number in counted.items()}
    counts["zones"] = words.count("zones", sum(row["shape"] != "municipality" for row in zones))
    summary = words.t("summary", **counts)
    signs = list(_signs(layers, disclosed))
    drawn = still_map(layers, disclosed, info, words.t("static.label", summary=summary))
    if not lists and len(drawn) > _MOST_DRAWN:
        drawn = f"<p>{safe(words.t('static.too_much'))}</p>"
    parts = [
        f"<h1>{safe(words.title(info))}</h1>",
        *_caveats(disclosed, info, words),
        f'<div class="ms-frame">{drawn}</div>',
        f'<ul class="ms-legend">{"".join(_legend(signs, words))}</ul>',
        f"<p>{safe(summary if any(counted.values()) else words.t('nothing'))}</p>",
        *(_briefly(signs, disclosed, info, Words(language)) for language in others),
        *(_list(title, lines, words) for title, lines in (told.lists(zones) if lists else ())),
        f"<footer>{''.join(f'<p>{safe(line)}</p>' for line in _foot(disclosed, info, words))}</footer>",
    ]
    return f'<div class="mp-noscript" lang="{words.language}">{"".join(parts)}</div>'


def _caveats(disclosed: Disclosed, info: MapInfo, words: Words) -> Iterator[str]:
    """Yield what a reader must know before trusting the map."""
    yield f'<p class="ms-through">{safe(words.through(info))} · {safe(words.known("level", str(disclosed.level)))}</p>'
    for sentence in (words.t("static.why"), _review(disclosed, words), info.example and words.t("example")):
        if sentence:
            yield f"<p>{safe(sentence)}</p>"
    yield f"<p><strong>{safe(words.t('no_mark'))}</strong></p>"


def _briefly(signs: Signs, disclosed: Disclosed, info: MapInfo, words: Words) -> str:
    """Return in another language what the map shows, its caveats and its signs; the lists stand once."""
    title = f"<h2>{safe(words.title(info))}</h2>"
    legend = f'<ul class="ms-legend">{"".join(_legend(signs, words))}</ul>'
    said = f"{title}{''.join(_caveats(disclosed, info, words))}{legend}"
    return f'<section class="ms-other" lang="{words.language}">{said}</section>'


def _review(disclosed: Disclosed, words: Words) -> str:
    """Return how far the map may be trusted: read by a program, and how much of it by a person."""
    names = {one.incident_id for one in disclosed.incidents} | {one.movement_id for one in disclosed.movements}
    done = len(names & disclosed.reviewed)
    if not done:
        return words.t("unreviewed")
    if done == len(names):
        return words.t("review.all")
    counted = {"all": len(names), "done": done, "left": len(names) - done}
    return words.t("review.some", **{name: words.number(number) for name, number in counted.items()})


def _list(title: str, lines: list[str], words: Words) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{safe(line)}</li>" for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        items += f"<li>{safe(words.t('static.more', n=words.number(len(lines) - MOST_LINES)))}</li>"
    return f"<h2>{safe(title)}</h2><ul>{items}</ul>"


def _signs(layers: Layers, disclosed: Disclosed) -> Iterator[tuple[str, str]]:
    """Yield the signs that stand on this map, each with the key of its words."""
    zones = list(rows(layers.zones, "zones"))
    shapes = {"official" if row["shape"] == "footprint" and row["official"] else row["shape"] for row in zones}
    drawn = set(layers.incidents["incident_id"].to_numpy(dtype=object)) if not layers.incidents.empty else set()
    types = {str(one.event_type) for one in disclosed.incidents if one.incident_id in drawn}
    flows = list(rows(layers.flows, "flows"))
    vague = {bool(row["vague"]) for row in flows}
    yield from ((shape, f"sign.{shape}") for shape in ("official", *reversed(SHAPES)) if shape in shapes)
    yield from ((kind, f"type.{kind}") for kind in SYMBOLS if kind in types)
    if drawn - disclosed.reviewed:
        yield "hollow", "sign.hollow"
    if False in vague:
        yield "flow", "layer.flows"
    if True in vague:
        yield "flow_vague", "sign.flow_vague"
    if {row["movement_id"] for row in flows} - disclosed.reviewed:
        yield "flow_hollow", "sign.hollow"


def _legend(signs: Signs, words: Words) -> Iterator[str]:
    """Yield the signs in words."""
    yield from (f"<li>{swatch(kind)} {safe(words.t(key))}</li>" for kind, key in signs)
    if any(kind.startswith("flow") for kind, _ in signs):
        yield f"<li>{safe(words.t('sign.flow_note'))}</li>"


def _foot(disclosed: Disclosed, info: MapInfo, words: Words) -> Iterator[str]:
    yield words.known("level_note", str(disclosed.level))
    yield words.t("boundaries")
    yield from info.attributions
    made = [("foot.publisher", info.publisher), ("contact", info.contact), ("fingerprint", info.fingerprint)]
    lines = [words.t(key, value=value) for key, value in made if value]
    yield " · ".join([*lines, words.t("made_with", version=info.version)] if info.version else lines)


class _Told:
    """The records as lines of text."""

    def __init__(self, words: Words, disclosed: Disclosed) -> None:
        self.words = words
        self.disclosed = disclosed
        self.internal = disclosed.level is DisclosureLevel.INTERNAL
        self.added = added_by_analysts(disclosed)

    def lists(self, zones: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
        """Yield title and lines of each list; a record without a date stands in a list of its own."""
        t = self.words.t
        incidents, movements = self.disclosed.incidents, self.disclosed.movements
        every: list[Incident | Movement] = [*incidents, *movements]
        undated = [one for one in every if not self._day(one)]

        def dated(records: Iterable[Incident | Movement]) -> list[str]:
            told = [(day, one) for one in records if (day := self._day(one))]
            newest = nlargest(MOST_LINES, told, key=itemgetter(0))
            return self._lines([one for _, one in newest], len(told))

        yield t("section.zones"), [self._zone(row) for row in zones]
        yield t("layer.incidents"), dated(incidents)
        yield t("layer.flows"), dated(movements)
        yield t("static.undated"), self._lines(undated, len(undated))
        yield (
            t("section.mentioned"),
            [
                f"{self._name(item.place)}: {self.words.known('assertion', str(item.assertion))}"
                for item in self.disclosed.mentioned
            ],
        )
        yield (
            t("section.unlocated"),
            [f"{item.text}: {self.words.known('reason', item.reason)}" for item in self.disclosed.unlocated],
        )

    def _lines(self, records: Sequence[Incident | Movement], number: int) -> list[str]:
        """Return ``number`` lines: one a record, as many as are shown, and empty ones to be counted."""
        lines = [self._line(one) for one in records[:MOST_LINES]]
        return lines + [""] * (number - len(lines))

    def _withheld(self, record: Incident | Movement, *fields: str) -> bool:
        hidden = record.sensitive_fields
        return bool(hidden) and not self.internal and not hidden.isdisjoint(fields)

    def _day(self, record: Incident | Movement) -> dt.date | None:
        return None if self._withheld(record, "when") else record.when.end or record.when.start

    def _zone(self, row: dict[str, Any]) -> str:
        where = text(row["parish"]) if text(row["parish"]) != text(row["name"]) else ""
        when = self.words.when(text(row["date_start"]), text(row["date_end"]))
        incidents = self.words.count("incidents", len(row["incident_ids"]))
        return " · ".join(filter(None, (text(row["name"]) or self.words.t("unnamed_place"), where, when, incidents)))

    def _line(self, record: Incident | Movement) -> str:
        claimed = "" if record.assertion is Assertion.NONE else self.words.known("claimed", str(record.assertion))
        is_incident = hasattr(record, "event_type")
        what = self._incident(record) if is_incident else self._movement(record)  # type: ignore[arg-type]
        name: str = record.incident_id if is_incident else record.movement_id  # type: ignore[union-attr]
        added = self.words.t("review.added") if name in self.added else ""
        return " · ".join(filter(None, (self._when(record), *what, claimed, added)))

    def _incident(self, record: Incident) -> tuple[str, ...]:
        sub = record.sub_event_type
        kind = self.words.known("sub", sub) if sub else self.words.known("type", str(record.event_type))
        return kind, self._places(record, "places", record.places, "place_unstated")

    def _movement(self, record: Movement) -> tuple[str, ...]:
        start = self._places(record, "origins", record.origins, "from_unstated")
        end = self._places(record, "destinations", record.destinations, "to_unstated")
        where = f"{start} → {end}"
        if record.origins and {one.place_id for one in record.origins} == {one.place_id for one in record.destinations}:
            where = self.words.t("route_within", place=start)  # one parish or municipality at both ends
        counts = {"households": record.households, "people": record.people}
        told = [self._estimate(one) for name, one in counts.items() if one.known and not self._withheld(record, name)]
        unsaid = "withheld" if self._withheld(record, *counts) else "people_unknown"
        return where, ", ".join(told) or self.words.t(unsaid)

    def _places(self, record: Incident | Movement, field: str, places: tuple[Place, ...], unstated: str) -> str:
        if self._withheld(record, field):
            return self.words.t("withheld")
        names = list(dict.fromkeys(self._name(place) for place in places))
        if len(names) > 3:  # noqa: PLR2004 - a line stays a line
            return self.words.t("and_more", names=", ".join(names[:3]), n=len(names) - 3)
        return ", ".join(names) or self.words.t(unstated)

    def _name(self, place: Place) -> str:
        return place.name or self.words.t("unnamed_place")

    def _when(self, record: Incident | Movement) -> str:
        if self._withheld(record, "when"):
            return self.words.t("withheld")
        when: DateSpan = record.when
        days = [day.isoformat() if day else "" for day in (when.start, when.end)]
        said = self.words.when(*days)
        rough = str(when.precision) in {"week", "month"} and any(days)
        return f"{said} ({self.words.known('date', str(when.precision))})" if rough else said

    def _bounds(self, value: Estimate) -> str:
        """Return what bounds the best estimate, where anything else does: " (22–26)", " (at least 22)"."""
        n, low, high = self.words.number, value.low, value.high
        if low is not None and high is not None:
            return "" if low == high else f" ({n(low)}–{n(high)})"
        if low not in {None, value.best}:
            return f" ({self.words.t('at_least', n=n(low))})"
        if high not in {None, value.best}:
            return f" ({self.words.t('at_most', n=n(high))})"
        return ""

    def _estimate(self, value: Estimate) -> str:
        """Return a count in words: a bound is never turned into a number."""
        n, t = self.words.number, self.words.t
        if value.low is not None and value.high is None and value.best in {None, value.low}:
            said = t("at_least", n=n(value.low))  # whose number is its best one too
        elif value.best is not None:
            said = n(value.best) + self._bounds(value)
        elif value.low is not None and value.high is not None:
            said = t("between", low=n(value.low), high=n(value.high))
        else:
            said = t("at_most", n=n(value.high or 0))
        return f"{said} {self.words.known('unit', value.unit or 'persons')}"
