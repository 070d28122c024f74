"""The area pack as a geopy geocoder that never opens a socket.

Any geopy geocoder can stand in its place: same calls, same ``Location``, same exceptions.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from mapper.errors import message
from mapper.model import Candidate, Precision
from mapper.places.evidence import PRIORS
from mapper.text import fold, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapper.model import Place
    from mapper.places.area import Area

__all__ = ["Gazetteer"]

# A name this similar (rapidfuzz ratio, 0-100) to a query is offered where none is equal.
_MIN_SIMILARITY = 80.0
_MAX_CANDIDATES = 12
_EARTH_RADIUS_M = 6_371_000.0
# The finer a place is known, the better it answers "what is here?".
_ROADS = frozenset({"street", "highway", "tunnel"})
_FINENESS = (Precision.POINT, Precision.BARRIO, Precision.PARISH, Precision.MUNICIPALITY)
# How much of a name match each kind of evidence is worth in a look-up without a text around it.
_IN_AREA, _AT_HOME, _SIMILAR, _CONTAINER = 0.2, 0.05, 0.6, 0.15


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode names of one area, offline.

    Parameters
    ----------
    area
        The area pack (see :func:`mapper.places.load_area`).
    """

    def __init__(self, area: Area) -> None:
        super().__init__(scheme="https", timeout=None)
        self.area = area
        self._titles: dict[str, list[str]] = {}
        for place in area.places.values():
            self._titles.setdefault(fold(place.name), []).append(place.place_id)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str | None = None,  # noqa: ARG002 - geopy's signature; names are found in every language
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's signature; nothing waits for a network
    ) -> Location | list[Location] | None:
        """Return the places called ``query``, best first.

        Parameters
        ----------
        query
            A name, and after commas what it lies in: ``"La Vega"``, ``"El Carmen, Petare"``.
        exactly_one
            Return one location (or None) instead of a list (or None).
        limit
            At most so many locations.
        language, timeout
            Accepted for geopy's sake.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If ``query`` is empty.
        """
        places = [self.area.places[candidate.place_id] for candidate in self.lookup(query)]
        return self._answer((p for p in places if p.lon is not None), exactly_one=exactly_one, limit=limit)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        language: str | None = None,  # noqa: ARG002 - geopy's signature
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's signature
    ) -> Location | list[Location] | None:
        """Return the places at a point, the finest first: settlement, parish, municipality.

        Parameters
        ----------
        query
            A point in geopy's order: latitude, longitude in degrees.
        exactly_one
            Return the finest place (or None) instead of a list (or None).
        language, timeout
            Accepted for geopy's sake.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If ``query`` is no point.
        """
        try:
            point = Point(query)
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(str(error)) from error
        return self._answer(self._places_at(point.longitude, point.latitude), exactly_one=exactly_one, limit=None)

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return the places ``name`` may mean, best first: those called so, else those called nearly so.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If ``name`` is empty.
        """
        first, *containers = [fold_name(part) for part in str(name or "").split(",")]
        if not first:
            raise GeocoderQueryError(message("geocode-empty"))
        found = self._equal(first) or self._similar(first)
        wanted = {place_id for container in containers for place_id in self.area.ids_named(container)}
        scored = []
        for place_id, similarity in found.items():
            place = self.area.places[place_id]
            inside = bool(wanted & {place_id, *self.area.within.get(place_id, ())})
            if wanted and not inside and any(wanted & set(self.area.within.get(i, ())) for i in found):
                continue
            scored.append((self._score(place, similarity) + _CONTAINER * inside, place))
        scored.sort(key=lambda pair: (-pair[0], pair[1].place_id))
        return tuple(
            Candidate(p.place_id, p.name, p.lon, p.lat, round(min(score, 1.0), 3))
            for score, p in scored[:_MAX_CANDIDATES]
        )

    # --- inside ----------------------------------------------------------------------------------

    def _equal(self, name: str) -> Mapping[str, float]:
        """Return the places of this name; titles count too, such as those no text is searched for ("Fiscalía")."""
        return dict.fromkeys([*self.area.ids_named(name), *self._titles.get(name, ())], 1.0)

    def _similar(self, name: str) -> Mapping[str, float]:
        from rapidfuzz import fuzz, process

        names = list(self.area.kinds_by_name)
        found: dict[str, float] = {}
        hits = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY, limit=_MAX_CANDIDATES)
        for near, similarity, _ in hits:
            for place_id in self.area.kinds_by_name[near]:
                found.setdefault(place_id, similarity / 100)
        return found

    def _score(self, place: Place, similarity: float) -> float:
        known = PRIORS.get(place.feature_class, 0.3) * (0.5 if place.source == "ipostel" else 1.0)
        at_home = self.area.home_country in self.area.within.get(place.place_id, ())
        return _SIMILAR * similarity + _IN_AREA * place.in_area + _AT_HOME * at_home + 0.2 * known

    def _places_at(self, lon: float, lat: float) -> list[Place]:
        import shapely

        point = shapely.Point(lon, lat)
        frame = self.area.boundaries
        holding = {row.place_id for row in frame[frame.intersects(point)].itertuples() if row.level > 1}
        found = [self.area.places[place_id] for place_id in holding]
        for place in self.area.places.values():
            if place.precision in _FINENESS[:2] and place.feature_class not in _ROADS:
                reach_m = max(place.uncertainty_m or 0.0, place.extent_m or 0.0)
                if _away_m(place, lon, lat) <= reach_m:
                    found.append(place)
        return sorted(
            found, key=lambda p: (_FINENESS.index(p.precision), _away_m(p, lon, lat), p.uncertainty_m or 0, p.place_id)
        )

    def _answer(
        self, places: Iterable[Place], *, exactly_one: bool, limit: int | None
    ) -> Location | list[Location] | None:
        locations = [self._location(place) for place in places][:limit]
        if exactly_one:
            return locations[0] if locations else None
        return locations or None

    def _location(self, place: Place) -> Location:
        units = [self.area.places[i].name for i in self.area.within.get(place.place_id, ())]
        address = ", ".join(dict.fromkeys([place.name, *filter(None, [place.parish, place.municipality]), *units[-2:]]))
        return Location(address, Point(place.lat, place.lon), dataclasses.asdict(place))


def _away_m(place: Place, lon: float, lat: float) -> float:
    """Great-circle distance in metres (haversine)."""
    if place.lon is None or place.lat is None:
        return math.inf
    phi, phi_other = math.radians(lat), math.radians(place.lat)
    half = math.sin((phi_other - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(phi_other) * math.sin(math.radians(place.lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS_M * math.asin(math.sqrt(half))
