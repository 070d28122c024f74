"""One report with an open fight, a source's words, a flight and a threat, and records that cite it."""

from __future__ import annotations

import datetime as dt

from mapper.disclosure import disclose
from mapper.model import (
    Claim,
    DateSpan,
    Disclosed,
    DisclosureLevel,
    Estimate,
    EventType,
    Evidence,
    Facts,
    Incident,
    Measure,
    Mention,
    Movement,
    MovementKind,
    Place,
    Precision,
    Report,
    Span,
    Status,
    Story,
)

PARTNER, INTERNAL = DisclosureLevel.PARTNER, DisclosureLevel.INTERNAL
TEXT = (
    "Gangs fought police in Cota 905 on Friday. Seven people died, the minister said. "
    '"I fled El Cementerio with my sister", said a resident who asked not to be named. '
    "Others walked to Plaza Venezuela. The gang wants La Vega."
)
DAY = dt.date(2021, 7, 9)


def place(name: str, **fields) -> Place:
    return Place(name.lower().replace(" ", "-"), name, "barrio", -66.9, 10.4, **fields)


COTA, CEMENTERIO, PLAZA, VEGA = (place(name) for name in ("Cota 905", "El Cementerio", "Plaza Venezuela", "La Vega"))
LIBERTADOR = place("Libertador", precision=Precision.MUNICIPALITY)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


SECRET = span('"I fled El Cementerio with my sister", said a resident who asked not to be named.')
FIGHT = span("Gangs fought police in Cota 905 on Friday.")
WALK = span("Others walked to Plaza Venezuela.")


def mention(place: Place, text: str = TEXT, **fields) -> Mention:
    found = span(place.name, text)
    return Mention(found.start, found.end, place.name, **({"status": Status.RESOLVED, "place": place} | fields))


def evidence(span: Span, *, sensitive: bool = False) -> Evidence:
    return Evidence("r", span.start, span.end, sensitive)


def claim(words: str, **fields) -> Claim:
    found = span(words)
    return Claim("r", found.start, found.end, Measure.KILLED, Estimate(best=7, unit="persons"), **fields)


def incident(name: str = "i", **fields) -> Incident:
    known = {"when": DateSpan(DAY, DAY), "places": (COTA,), "evidence": (evidence(FIGHT),)}
    return Incident(name, EventType.BATTLES, "Armed clash", **(known | fields))


def movement(name: str = "m", **fields) -> Movement:
    known = {"origins": (COTA,), "destinations": (PLAZA,), "evidence": (evidence(WALK),)}
    return Movement(name, MovementKind.DISPLACEMENT, **(known | fields))


MENTIONS = (mention(COTA), mention(CEMENTERIO, sensitive=True), mention(PLAZA), mention(VEGA))


def story(*records, mentions=MENTIONS, text=TEXT) -> Story:
    report = Report("r", text, title="A title", published=DAY, warnings=("a warning",))
    incidents = tuple(one for one in records if isinstance(one, Incident))
    movements = tuple(one for one in records if isinstance(one, Movement))
    return Story((report,), (Facts(report, tuple(mentions), incidents, movements),), incidents, movements)


def disclosed(*records, level=PARTNER, mentions=MENTIONS, text=TEXT, **more) -> Disclosed:
    return disclose(story(*records, mentions=mentions, text=text), level, **more)
