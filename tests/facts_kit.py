"""One report's facts, made by hand: every field of the contract holds something."""

from __future__ import annotations

import datetime as dt

from mapper.model import (
    Assertion,
    Candidate,
    Claim,
    DatePrecision,
    DateSpan,
    Estimate,
    EventType,
    Evidence,
    Facts,
    Incident,
    Measure,
    Mention,
    Mode,
    Movement,
    MovementKind,
    Place,
    Precision,
    Report,
    Role,
    Status,
)

TEXT = "On Friday 22 people died in Cota 905, the minister said. Families fled to downtown; La Vega is next, and Xyz."
COTA = Place(
    "cota-905",
    "Cota 905",
    "barrio",
    -66.93,
    10.48,
    300,
    600,
    "Santa Rosalía",
    "VE010119",
    "Libertador",
    source="curated",
    confidence="high",
)
DOWNTOWN = Place("downtown", "Centro de Caracas", "vague", -66.91, 10.5, 1500, 1500, precision=Precision.VAGUE)
FRIDAY = DateSpan(dt.date(2021, 7, 9), dt.date(2021, 7, 9), DatePrecision.DAY)
OTHER = Candidate("la-vega-do", "La Vega", -70.5, 19.2, 0.4)


def _at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


FACTS = Facts(
    report=Report("r1", TEXT, "A title", "en", dt.date(2021, 7, 11), "Outlet", "https://example.org", ("own",)),
    mentions=(
        Mention(*_at("Cota 905"), "Cota 905", Status.RESOLVED, COTA, 0.93, (), ("exact name",), Role.CLASH),
        Mention(*_at("downtown"), "downtown", Status.RESOLVED, DOWNTOWN, 0.8, role=Role.DESTINATION, sensitive=True),
        Mention(*_at("La Vega"), "La Vega", Status.AMBIGUOUS, None, 0.5, (OTHER,), assertion=Assertion.THREATENED),
        Mention(*_at("Xyz"), "Xyz", Status.NOT_FOUND),
    ),
    incidents=(
        Incident(
            "i1",
            EventType.BATTLES,
            "Armed clash",
            FRIDAY,
            (COTA,),
            ("police",),
            Estimate(22, 22, 22),
            claims=(
                Claim(
                    "r1",
                    *_at("22 people died"),
                    Measure.KILLED,
                    Estimate(22, 22, 22),
                    "minister",
                    "people",
                    hedged=True,
                ),
            ),
            evidence=(Evidence("r1", *_at("22 people died in Cota 905")),),
            around=(COTA,),
        ),
    ),
    movements=(
        Movement(
            "m1",
            MovementKind.DISPLACEMENT,
            (),
            (DOWNTOWN,),
            mode=Mode.ON_FOOT,
            households=Estimate(5, None, None, "families"),
            evidence=(Evidence("r1", *_at("Families fled to downtown"), sensitive=True),),
        ),
    ),
    warnings=("own", "other"),
    trace=("La Vega: a target, not a clash",),
)
