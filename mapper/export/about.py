"""What every file says of itself: level, edition, caveats, attributions and licences, in Spanish and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.errors import message
from mapper.export.names import LANGUAGES
from mapper.export.values import writable

if TYPE_CHECKING:
    import datetime as dt

    from mapper.model import Disclosed, DisclosureLevel, MapInfo

__all__ = ["About", "about"]


@dataclass(frozen=True, slots=True)
class About:
    """What stands in every file.

    ``stem`` begins the name of a file that holds all layers; ``facts`` are texts by key, none blank;
    ``day`` is the newest day of publication, which stands for the clock where a format wants a date.
    """

    level: DisclosureLevel
    stem: str
    facts: dict[str, str]
    day: dt.date | None = None

    @property
    def summary(self) -> str:
        """The facts as lines of plain text."""
        return "\n".join(f"{key}: {value}" for key, value in self.facts.items())


def about(disclosed: Disclosed, info: MapInfo) -> About:
    """Return what the files of these records say of themselves."""
    level, example = disclosed.level, {"example": "about-example"} if info.example else {}
    notes = {
        "handling": f"about-{level.value}",
        **example,
        "caveat": "about-caveat",
        "counting": "about-counting",
        "lines": "about-lines",
        "licences": "about-licences",
    }
    said = {
        f"{key}_{language}": message(code, language, notice=message("do-not-forward", language))
        for key, code in notes.items()
        for language in LANGUAGES
    }
    facts = {
        "area": " / ".join(dict.fromkeys(info.area_names.values())),
        "level": level.value,
        "information_to": info.data_through.isoformat() if info.data_through else "",
        "as_of": disclosed.as_of.isoformat() if disclosed.as_of else "",
        "records_held_back": str(disclosed.held_back or ""),
        "finest_place": disclosed.finest.value if disclosed.finest else "",
        **said,
        "attribution": "; ".join(info.attributions),
        "boundaries_edition": info.boundaries_edition,
        "time_zone": info.time_zone,
        "publisher": info.publisher,
        "contact": info.contact,
        "full_map": info.full_map_url,
        "fingerprint": info.fingerprint,
        "program": f"mapper {info.version}".strip(),
    }
    facts = {key: writable(" ".join(value.split())) for key, value in facts.items() if value}
    return About(level, info.area_id or "mapper", facts, info.data_through)
