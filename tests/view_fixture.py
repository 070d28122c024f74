"""A small made-up story on a made-up city grid, with every shape, sign and kind of gap the page must show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shapely.geometry import Point, Polygon
from view_shapes import SOUTH, STEP, WEST, city, curve, disc, frame

from mapper.model import (
    Assertion,
    Claim,
    DatePrecision,
    DateSpan,
    Disclosed,
    DisclosureLevel,
    Estimate,
    EventType,
    Incident,
    Layers,
    MapInfo,
    Measure,
    MentionedPlace,
    Mode,
    Movement,
    MovementKind,
    Place,
    Precision,
    Quote,
    Report,
    SetAside,
    Unlocated,
)


def place(
    place_id: str, name: str, lon: float, lat: float, precision: Precision = Precision.BARRIO, **rest: Any
) -> Place:
    values: dict[str, Any] = {"uncertainty_m": 300.0, "parish": "Santa Rosalía", "municipality": "Libertador"} | rest
    return Place(place_id, name, "barrio", lon, lat, precision=precision, **values)


COTA = place("cota-905", "Cota 905", -66.925, 10.482)
CEMENTERIO = place("el-cementerio", "El Cementerio", -66.917, 10.474, uncertainty_m=250.0)
DOWNTOWN = place("downtown", "el centro", -66.914, 10.504, Precision.VAGUE, uncertainty_m=900.0, parish="Catedral")
LA_VEGA = place("la-vega", "La Vega", -66.949, 10.47, parish="La Vega")
EL_VALLE = place("parish-el-valle", "El Valle", -66.907, 10.459, Precision.PARISH, parish="El Valle", official=True)
PETARE = place("petare", "José Félix Ribas", -66.79, 10.487, parish="Petare", municipality="Sucre", uncertainty_m=400.0)
CATIA = place("catia", "Catia", -66.945, 10.515, Precision.VAGUE, parish="Sucre", uncertainty_m=1200.0)
LIBERTADOR = place("mun-libertador", "Libertador", -66.92, 10.48, Precision.MUNICIPALITY, parish="")
PLAZA = place(
    "plaza-bolivar", "Plaza Bolívar", -66.9146, 10.5061, Precision.POINT, uncertainty_m=80.0, parish="Catedral"
)

DAY = DateSpan(dt.date(2021, 7, 9), dt.date(2021, 7, 9), DatePrecision.DAY)
SPAN = DateSpan(dt.date(2021, 7, 7), dt.date(2021, 7, 11), DatePrecision.DAY)
UNDATED = DateSpan()

REPORTS = (
    Report(
        "r1",
        "",
        "Tiroteos entre bandas y policías en Caracas",
        "es",
        dt.date(2021, 7, 10),
        "El Correo del Valle",
        "https://example.org/nota?id=1",
    ),
    Report(
        "r2",
        "",
        "Gunfire for a fourth day in Caracas slum",
        "en",
        dt.date(2021, 7, 11),
        "The Daily Ledger",
        "https://example.org/caracas",
    ),
    Report("r3", "", "", "es", None, "", ""),
)

QUOTE_1 = "Desde el miércoles se escuchan disparos en la Cota 905, donde la banda se enfrenta a la policía."
QUOTE_2 = (
    "By Friday afternoon, state security was able to penetrate the maze of houses of Cota 905, local media reported."
)
QUOTE_3 = "Others fled and began walking to the city's downtown plazas, mattresses and other belongings in hand."


def quote(report_id: str, text: str | None, *words: str) -> Quote:
    marks = tuple((text.index(word), text.index(word) + len(word)) for word in words) if text else ()
    return Quote(report_id, text, marks)


INCIDENTS = (
    Incident(
        "i-clash",
        EventType.BATTLES,
        "Armed clash",
        SPAN,
        (COTA, CEMENTERIO),
        ("gang", "police", "armed forces"),
        Estimate(26, 26, 26, "persons"),
        Estimate(28, 28, 28, "persons"),
        (
            Claim("r2", 0, 1, Measure.KILLED, Estimate(22, 22, 22, "persons"), "Carmen Meléndez", "«delincuentes»"),
            Claim(
                "r2",
                0,
                1,
                Measure.KILLED,
                Estimate(1, 1, 1, "persons"),
                "Carmen Meléndez",
                "sargento de la Guardia Nacional",
            ),
            Claim("r2", 0, 1, Measure.KILLED, Estimate(3, 3, 3, "persons"), "Carmen Meléndez", "policías"),
            Claim(
                "r1", 0, 1, Measure.KILLED, Estimate(24, None, None, "persons"), "Monitor de Víctimas", "", hedged=True
            ),
            Claim("r1", 0, 1, Measure.INJURED, Estimate(28, 28, 28, "persons"), "", ""),
            Claim(
                "r2", 0, 1, Measure.DEPLOYED, Estimate(3110, 3110, 3110, "persons"), "Carmen Meléndez", "funcionarios"
            ),
            Claim("r2", 0, 1, Measure.ENTERED, speaker="local media", when=DAY),
            Claim("r1", 0, 1, Measure.OTHER, Estimate(2, 2, 2, "persons"), "", "", sensitive=True),
        ),
        around=(COTA,),
    ),
    Incident("i-grenade", EventType.EXPLOSIONS, "Grenade", DAY, (EL_VALLE,), ("gang",)),
    Incident(
        "i-catia",
        EventType.BATTLES,
        "Armed clash",
        DateSpan(dt.date(2021, 7, 1), dt.date(2021, 7, 31), DatePrecision.MONTH),
        (CATIA,),
    ),
    Incident("i-mun", EventType.BATTLES, "Armed clash", SPAN, (LIBERTADOR,)),
    Incident(
        "i-petare", EventType.VIOLENCE, "Abduction or forced disappearance", DAY, (PETARE,), (), Estimate(), Estimate()
    ),
    Incident("i-protest", EventType.PROTESTS, "Peaceful protest", UNDATED, (PLAZA,), ("protesters",)),
    Incident("i-riot", EventType.RIOTS, "Looting or property destruction", DAY, ()),
    Incident(
        "i-past",
        EventType.BATTLES,
        "Armed clash",
        DateSpan(dt.date(2020, 5, 1), dt.date(2020, 5, 1), DatePrecision.DAY),
        (PETARE,),
        assertion=Assertion.PAST,
    ),
)

MOVEMENTS = (
    Movement(
        "m-downtown",
        MovementKind.DISPLACEMENT,
        (COTA, CEMENTERIO),
        (DOWNTOWN,),
        (),
        SPAN,
        Mode.ON_FOOT,
        sensitive_fields=frozenset({"when", "people"}),
        households=Estimate(12, 12, 12, "families"),
    ),
    Movement(
        "m-valle",
        MovementKind.DISPLACEMENT,
        (COTA,),
        (EL_VALLE,),
        (CEMENTERIO,),
        DAY,
        Mode.UNKNOWN,
        Estimate(400, 400, 400, "persons"),
    ),
    Movement(
        "m-families",
        MovementKind.EVACUATION,
        (CEMENTERIO,),
        (LA_VEGA,),
        (),
        DAY,
        Mode.VEHICLE,
        households=Estimate(40, None, None, "families"),
    ),
    Movement("m-nowhere", MovementKind.DISPLACEMENT, (COTA,), (), (), UNDATED, Mode.UNKNOWN),
)

QUOTES = {
    "i-clash": (quote("r1", QUOTE_1, "disparos", "Cota 905"), quote("r2", QUOTE_2, "penetrate"), Quote("r2", None)),
    "i-grenade": (quote("r1", "Una granada estalló en El Valle la noche del viernes.", "granada"),),
    "i-petare": (quote("r3", "Dos hombres fueron llevados por desconocidos en José Félix Ribas."),),
    "m-downtown": (quote("r2", QUOTE_3, "fled", "walking"), Quote("r2", None)),
}


def zone(
    where: Place, shape: str, geometry: Any, *incidents: str, when: tuple[str, str], **rest: Any
) -> dict[str, Any]:
    return {
        "zone_id": f"{where.place_id}-{shape}",
        "place_id": where.place_id,
        "name": where.name,
        "parish": where.parish,
        "municipality": where.municipality,
        "precision": str(where.precision),
        "official": False,
        "shape": shape,
        "uncertainty_m": where.uncertainty_m,
        "incident_ids": incidents,
        "n_incidents": len(incidents),
        "date_start": when[0],
        "date_end": when[1],
        "geometry": geometry,
    } | rest


def incident_row(row_id: str, incident: Incident, where: Place) -> dict[str, Any]:
    return {
        "row_id": row_id,
        "incident_id": incident.incident_id,
        "place_id": where.place_id,
        "name": where.name,
        "parish": where.parish,
        "municipality": where.municipality,
        "precision": str(where.precision),
        "uncertainty_m": where.uncertainty_m,
        "event_type": str(incident.event_type),
        "is_clash": incident.is_clash,
        "geometry": Point(where.lon, where.lat),
    }


def flow(
    flow_id: str, movement: Movement, origin: Place, destination: Place, *, vague: bool, bend: float
) -> dict[str, Any]:
    return {
        "flow_id": flow_id,
        "movement_id": movement.movement_id,
        "kind": str(movement.kind),
        "origin_id": origin.place_id,
        "origin_name": origin.name,
        "destination_id": destination.place_id,
        "destination_name": destination.name,
        "vague": vague,
        "people_best": movement.people.best,
        "households_best": movement.households.best,
        "households_unit": movement.households.unit,
        "geometry": curve((origin.lon, origin.lat), (destination.lon, destination.lat), bend),
    }


def layers(ground: tuple[list[dict[str, Any]], list[dict[str, Any]]] | None = None) -> Layers:
    """Return the layers of the whole story."""
    parishes, municipalities = ground or city()
    valle = next(row["geometry"] for row in parishes if row["name"] == "El Valle")
    libertador = next(row["geometry"] for row in municipalities if row["name"] == "Libertador")
    cota = Polygon(
        [(-66.932, 10.478), (-66.926, 10.476), (-66.92, 10.48), (-66.919, 10.485), (-66.925, 10.488), (-66.931, 10.485)]
    )
    by_id = {incident.incident_id: incident for incident in INCIDENTS}
    at = {movement.movement_id: movement for movement in MOVEMENTS}
    return Layers(
        parishes=frame(parishes),
        municipalities=frame(municipalities),
        zones=frame(
            [
                zone(COTA, "footprint", cota, "i-clash", when=("2021-07-07", "2021-07-11")),
                zone(
                    CEMENTERIO,
                    "disc",
                    disc(CEMENTERIO.lon, CEMENTERIO.lat, 420),
                    "i-clash",
                    when=("2021-07-07", "2021-07-11"),
                ),
                zone(EL_VALLE, "parish", valle, "i-grenade", when=("2021-07-09", "2021-07-09"), official=True),
                zone(CATIA, "vague", disc(CATIA.lon, CATIA.lat, 1300), "i-catia", when=("2021-07-01", "2021-07-31")),
                zone(COTA, "adjacent", disc(COTA.lon, COTA.lat, 1500), "i-clash", when=("2021-07-07", "2021-07-11")),
                zone(LIBERTADOR, "municipality", libertador, "i-mun", when=("", "")),
            ]
        ),
        incidents=frame(
            [
                incident_row("p1", by_id["i-clash"], COTA),
                incident_row("p2", by_id["i-clash"], CEMENTERIO),
                incident_row("p3", by_id["i-grenade"], EL_VALLE),
                incident_row("p4", by_id["i-petare"], PETARE),
                incident_row("p5", by_id["i-protest"], PLAZA),
            ]
        ),
        flows=frame(
            [
                flow("f1", at["m-downtown"], COTA, DOWNTOWN, vague=True, bend=0.28),
                flow("f2", at["m-downtown"], CEMENTERIO, DOWNTOWN, vague=True, bend=-0.25),
                flow("f3", at["m-valle"], COTA, EL_VALLE, vague=False, bend=-0.3),
                flow("f4", at["m-families"], CEMENTERIO, LA_VEGA, vague=False, bend=-0.3),
            ]
        ),
        mentioned=frame(
            [
                {
                    "place_id": "la-vega",
                    "name": "La Vega",
                    "parish": "La Vega",
                    "precision": "barrio",
                    "assertion": "threatened",
                    "role": "context",
                    "uncertainty_m": 600.0,
                    "geometry": disc(LA_VEGA.lon, LA_VEGA.lat, 700),
                },
            ]
        ),
    )


def disclosed(**changes: Any) -> Disclosed:
    """Return the story's records at partner level."""
    values: dict[str, Any] = {
        "level": DisclosureLevel.PARTNER,
        "reports": REPORTS,
        "incidents": INCIDENTS,
        "movements": MOVEMENTS,
        "quotes": QUOTES,
        "mentioned": (
            MentionedPlace(
                LA_VEGA,
                Assertion.THREATENED,
                (quote("r2", "they wanted to expand to the neighboring slum, La Vega", "La Vega"),),
            ),
        ),
        "unlocated": (
            Unlocated("r1", "sector Los Mangos", "ambiguous", ("Los Mangos (La Vega)", "Los Mangos (Petare)")),
            Unlocated("r2", "Venezuela", "outside_area"),
        ),
        "set_aside": (SetAside("vacio.txt", "The file is empty.", "El archivo está vacío."),),
    }
    return Disclosed(**(values | changes))


def info(**changes: Any) -> MapInfo:
    """Return what the page says about itself."""
    values: dict[str, Any] = {
        "area_names": {"es": "Caracas", "en": "Caracas"},
        "languages": ("es", "en"),
        "bbox": (WEST, SOUTH, WEST + 4 * STEP, SOUTH + 2.6 * STEP),
        "attributions": ("Límites: OCHA COD-AB Venezuela (INE/IGVSB), CC BY-IGO", "Lugares: mapper, CC BY 4.0"),
        "data_through": dt.date(2021, 7, 11),
        "fingerprint": "3f9a6c1d",
        "version": "0.1.0",
        "example": True,
    }
    return MapInfo(**(values | changes))


def nothing() -> tuple[Layers, Disclosed]:
    """Return a story in which nothing happened: only the ground."""
    parishes, municipalities = city()
    empty = frame([])
    told = disclosed(incidents=(), movements=(), quotes={}, mentioned=(), unlocated=(), set_aside=())
    return Layers(frame(parishes), frame(municipalities), empty, empty, empty, empty), told
