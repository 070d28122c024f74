"""What the brief says, section by section: each sentence from records, none beyond them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from mapper.brief.words import Words
from mapper.errors import message
from mapper.model import Assertion, DisclosureLevel, Measure, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Sized

    from mapper.model import Claim, Disclosed, Incident, Layers, MapInfo, Movement, Report

__all__ = ["brief_content"]

Block = dict[str, Any]

# How many lines of each kind fill four pages; what is left out is counted, and the map lists it.
_MOST = {
    "happened": 14,
    "displaced": 14,
    "zones": 16,
    "tolls": 14,
    "days": 18,
    "sources": 16,
    "doubts": 8,
    "changes": 8,
}
_NAMES = 12


def brief_content(
    disclosed: Disclosed, layers: Layers, info: MapInfo, language: str, *, share: float = 1.0
) -> dict[str, Any]:
    """Return the brief as plain data for the template: texts, lists and tables.

    Parameters
    ----------
    disclosed, layers, info
        What may leave at one disclosure level; ``info.changes`` is what changed since the brief before.
    language
        "es" or "en".
    share
        How much of the usual number of lines to keep, where they are so long that they need more room.
    """
    return _Content(disclosed, layers, info, language, share).whole()


class _Content:
    def __init__(self, disclosed: Disclosed, layers: Layers, info: MapInfo, language: str, share: float) -> None:
        self._most = {name: max(1, int(number * share)) for name, number in _MOST.items()}
        self._disclosed, self._layers, self._info = disclosed, layers, info
        self._words = Words(language, disclosed.reports)
        self._incidents = [one for one in disclosed.incidents if one.assertion is Assertion.NONE]
        self._movements = [one for one in disclosed.movements if one.assertion is Assertion.NONE]
        self._reports = {report.report_id: report for report in disclosed.reports}

    def whole(self) -> dict[str, Any]:
        info, say = self._info, self._words.say
        area = info.area_names.get(self._words.language, info.area_id)
        through = (
            say("through", day=self._words.day(info.data_through)) if info.data_through else say("through-unknown")
        )
        return {
            "language": self._words.language,
            "title": say("title", area=area),
            "through": through,
            "level": self._level(),
            "example": say("example") if info.example else "",
            "key": self._key(),
            "sections": [
                {"heading": say(key), "blocks": list(blocks)}
                for key, blocks in (
                    ("happened", self._listed("happened", self._incidents, self._words.incident, "none-incidents")),
                    ("where", self._where()),
                    ("displaced", self._listed("displaced", self._movements, self._words.movement, "none-movements")),
                    ("tolls", self._tolls()),
                    ("timeline", self._timeline()),
                    ("uncertain", self._uncertain()),
                    ("changed", self._changed()),
                    ("sources", self._sources()),
                )
            ],
            "made": self._made(),
            "attributions": say("attributions", lines="; ".join(info.attributions)),
            "page": say("page"),
            "fingerprint": info.fingerprint,
        }

    def _level(self) -> str:
        disclosed, say = self._disclosed, self._words.say
        if disclosed.level is not DisclosureLevel.PUBLIC:
            return say(f"level-{disclosed.level}", notice=message("do-not-forward", self._words.language))
        until = self._words.day(disclosed.as_of) if disclosed.as_of else "–"
        finest = say(f"finest-{disclosed.finest}") if disclosed.finest else "–"
        return say("level-public", finest=finest, until=until)

    def _made(self) -> str:
        info = self._info
        return self._words.say(
            "made",
            version=info.version,
            reports=self._words.counted("reports", len(self._reports)),
            fingerprint=info.fingerprint,
            reviewed=len(self._disclosed.reviewed),
            records=len(self._disclosed.incidents) + len(self._disclosed.movements),
        )

    def _key(self) -> list[list[str]]:
        zones = self._layers.zones
        outlets = {report.outlet for report in self._reports.values() if report.outlet}
        numbers = {
            "incidents": len(self._incidents),
            "zones": 0 if zones.empty else int((zones["shape"] != "adjacent").sum()),
            "movements": len(self._movements),
            "outlets": len(outlets),
        }
        return [[str(number), self._words.say(f"key-{name}")] for name, number in numbers.items()]

    def _listed(self, key: str, records: Sequence[Any], sentence: Any, none: str) -> Iterator[Block]:
        if not records:
            yield _text(self._words.say(none))
            return
        yield _items([sentence(record) for record in _latest(records, self._most[key])])
        yield from self._rest(records, key)

    def _rest(self, records: Sized, key: str) -> Iterator[Block]:
        if len(records) > self._most[key]:
            yield _text(self._words.say("rest", count=len(records) - self._most[key]))

    def _where(self) -> Iterator[Block]:
        yield {"kind": "map", "alt": self._words.say("map-alt")}
        zones = self._layers.zones
        if zones.empty:
            yield _text(self._words.say("none-zones"))
            return
        drawn = zones[zones["shape"] != "adjacent"].sort_values(["n_incidents", "name"], ascending=[False, True])
        columns = (drawn[name] for name in ("name", "parish", "municipality", "n_incidents", "precision"))
        lines = [
            self._words.say(
                "zone",
                name=self._words.clipped(name),
                parish=parish or municipality or "–",
                count=self._words.counted("events", int(count)),
                precision=self._words.say(f"precision-{precision}"),
            )
            for name, parish, municipality, count, precision in zip(*columns, strict=True)
        ]
        yield _items(lines[: self._most["zones"]])
        yield from self._rest(lines, "zones")

    def _tolls(self) -> Iterator[Block]:
        rows = [
            [self._short(incident), self._claim(claim), self._speaker(claim), self._outlet(claim)]
            for incident in self._incidents
            for claim in incident.claims
            if claim.measure in {Measure.KILLED, Measure.INJURED} and claim.value.known
        ]
        rows = [list(row) for row in dict.fromkeys(map(tuple, rows))]
        if not rows:
            yield _text(self._words.say("none-tolls"))
            return
        head = [self._words.say(f"head-{name}") for name in ("event", "claim", "speaker", "outlet")]
        yield {"kind": "table", "head": head, "rows": rows[: self._most["tolls"]]}
        yield from self._rest(rows, "tolls")

    def _short(self, incident: Incident) -> str:
        where = self._words.places(incident.places[:1]) if incident.places else "–"
        return f"{self._words.days(incident.when)}, {where}"

    def _claim(self, claim: Claim) -> str:
        measure = self._words.say(f"measure-{claim.measure}")
        who = f" ({self._words.clipped(claim.who)})" if claim.who else ""
        return self._words.say("claim", measure=measure, number=self._words.number(claim.value), who=who)

    def _speaker(self, claim: Claim) -> str:
        if claim.sensitive:
            return self._words.say("speaker-withheld")
        return self._words.clipped(claim.speaker) or self._words.say("speaker-none")

    def _outlet(self, claim: Claim) -> str:
        report = self._reports.get(claim.report_id)
        return self._words.clipped(report.outlet if report else "") or self._words.say("outlet-none")

    def _timeline(self) -> Iterator[Block]:
        days = Counter(incident.when.start for incident in self._incidents if incident.when.start)
        if not days:
            yield _text(self._words.say("none-timeline"))
            return
        most = max(days.values())
        latest = sorted(days)[-self._most["days"] :]
        rows = [[self._words.day(day), str(days[day]), days[day] / most] for day in latest]
        head = [self._words.say(f"head-{name}") for name in ("day", "incidents")]
        yield {"kind": "bars", "head": head, "rows": rows}
        yield from self._rest(days, "days")

    def _sources(self) -> Iterator[Block]:
        named = [report for report in self._reports.values() if report.outlet or report.title]
        lines = [self._source(report) for report in named]
        yield _items(lines[: self._most["sources"]])
        yield from self._rest(lines, "sources")
        if unnamed := len(self._reports) - len(named):
            yield _text(f"{self._words.counted('source-withheld', unnamed)}.")

    def _source(self, report: Report) -> str:
        say = self._words.say
        day = self._words.day(report.published) if report.published else say("undated")
        outlet, title = self._words.clipped(report.outlet), self._words.clipped(report.title)
        told = say("source-day", outlet=outlet or say("outlet-none"), day=day)
        return say("source", source=told, title=title) if title else told

    def _uncertain(self) -> Iterator[Block]:
        yield _items([*self._caveats(), *self._counts()])
        said = [
            self._words.say("doubt-said", place=one.place.name, assertion=self._words.say(f"assertion-{one.assertion}"))
            for one in self._disclosed.mentioned
            if one.assertion not in {Assertion.NONE, Assertion.PAST}
        ]
        if said:
            yield _items(said[: self._most["doubts"]])
            yield from self._rest(said, "doubts")

    def _caveats(self) -> Iterator[str]:
        yield self._words.say("doubt-mark")
        yield self._words.say("doubt-arrow")
        yield self._words.say("doubt-boundaries", edition=self._info.boundaries_edition or "–")

    def _counts(self) -> Iterator[str]:
        disclosed = self._disclosed
        records: list[Incident | Movement] = [*self._incidents, *self._movements]
        told: list[Incident | Movement] = [*disclosed.incidents, *disclosed.movements]
        numbers = {
            "undated": sum(1 for one in records if one.when.start is None),
            "nowhere": sum(1 for one in self._incidents if not one.places),
            "past": sum(1 for one in told if one.assertion is Assertion.PAST),
            "held": disclosed.held_back,
            "set-aside": len(disclosed.set_aside),
        }
        yield from (self._words.say(f"doubt-{name}", count=count) for name, count in numbers.items() if count)
        names = [self._words.clipped(one.text) for one in disclosed.unlocated if one.reason != Status.OUTSIDE_AREA]
        names = list(dict.fromkeys(names))
        if names:
            more = ["…"] if len(names) > _NAMES else []
            yield self._words.say("doubt-unlocated", names=", ".join([*names[:_NAMES], *more]))

    def _changed(self) -> Iterator[Block]:
        changes = self._info.changes
        if not changes:
            yield _text(self._words.say("first"))
            return
        new, revised, gone = (changes.get(name, ()) for name in ("new", "revised", "gone"))
        if not (new or revised or gone):
            yield _text(self._words.say("unchanged"))
            return
        yield _text(self._words.say("changed-counts", new=len(new), revised=len(revised), gone=len(gone)))
        lines = list(self._changes(new, revised))
        yield _items(lines[: self._most["changes"]])
        yield from self._rest(lines, "changes")

    def _changes(self, new: Iterable[str], revised: dict[str, dict[str, Any]]) -> Iterator[str]:
        sentences = {one.record_id: self._words.incident(one) for one in self._incidents}
        sentences |= {one.record_id: self._words.movement(one) for one in self._movements}
        for name in new:
            if name in sentences:
                yield self._words.say("new", sentence=sentences[name])
        for name, fields in revised.items():
            if name in sentences:
                known = {"when", "places", "killed", "injured", "people"}
                words = dict.fromkeys(
                    self._words.say(f"field-{field if field in known else 'other'}") for field in fields
                )
                yield self._words.say("revised", fields=", ".join(words), sentence=sentences[name])


def _latest(records: Sequence[Any], most: int) -> list[Any]:
    """Return the latest dated records in their order, then undated ones where there is room."""
    dated = [record for record in records if record.when.start]
    undated = [record for record in records if not record.when.start]
    return [*dated[-most:], *undated][:most]


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _items(items: Sequence[str]) -> Block:
    return {"kind": "items", "items": list(items)}
