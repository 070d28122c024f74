"""What a map says about itself: its area, sources, date and fingerprint."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mapper import __version__
from mapper.model import MapInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.config import Config
    from mapper.model import Facts
    from mapper.places import Area
    from mapper.places.online import OnlineGeocoder

__all__ = ["map_info"]


def map_info(config: Config, area: Area, facts: Sequence[Facts], online: OnlineGeocoder | None, judged: str) -> MapInfo:
    """Return what a map of these facts says of itself, its fingerprint over all that it depends on included.

    ``judged`` is what identifies the judgements that were applied.
    """
    reports = sorted((one.report for one in facts), key=lambda one: (str(one.published or ""), one.report_id))
    published = [report.published for report in reports if report.published]
    found = {one.place for told in facts for one in told.mentions if one.place and one.place.confidence == "online"}
    digest = hashlib.sha256(f"{__version__}\x1f{area.fingerprint}\x1f{config.disclosure}\x1f{judged}".encode())
    for place in sorted(found, key=lambda place: place.place_id):
        digest.update(f"\x1f{place}".encode())
    for report in reports:
        digest.update(f"\x1f{report.report_id}\x1f{report.published}\x1f{report.title}\x1f{report.text}".encode())
    return MapInfo(
        area_names=dict(area.names),
        languages=area.languages,
        bbox=area.inside_bounds,
        attributions=(*area.attributions, *(online.attributions if online else ())),
        data_through=max(published, default=None),
        fingerprint=digest.hexdigest()[:12],
        version=__version__,
        contact=config.contact,
        publisher=config.publisher,
        full_map_url=config.full_map_url,
        example=config.inputs_are_examples,
        area_id=area.id,
        metric_crs=area.metric_crs,
        boundaries_edition=area.boundaries_edition,
        time_zone=area.timezone,
        units=area.units,
        country=dict(area.country),
    )
