"""Houses: what bears the name of a far city right behind "liceo" or "iglesia" is no city ("liceo Mérida")."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from mapper.reading.lexicon import Lexicon

__all__ = ["bearers"]

_NEARBY_CHARS = 30


def bearers(
    folded: str, start: int, place_ids: tuple[str, ...], in_area: Collection[str], lexicon: Lexicon
) -> tuple[str, ...]:
    """Return the places that a name may mean: where the word before it is a house's (a school, a clinic), no far one.

    Parameters
    ----------
    folded, start
        The folded text, and where the name stands in it.
    place_ids
        The places that bear the name.
    in_area
        The places that lie in the area.
    lexicon
        The words of the text's language.
    """
    if not _houses(lexicon).search(folded, max(0, start - _NEARBY_CHARS), start):
        return place_ids
    return tuple(one for one in place_ids if one in in_area)


@functools.cache
def _houses(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){lexicon.any_of('toponyms', 'houses')} [\"'“”‘«]?$")
