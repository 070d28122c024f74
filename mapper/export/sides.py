"""Whose dead they are: forces of the state, their opponents, civilians, as the reports' own words say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.model import Measure
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.model import Claim

__all__ = ["deaths_by_side"]

# Beginnings of words for the dead, folded; a word of none of these says nothing of a side.
_SIDES = {
    "deaths_a": ("officer", "police", "polici", "soldier", "soldado", "militar", "funcionari", "efectivo", "guardia"),
    "deaths_b": ("gang", "pandill", "banda", "criminal", "delincuent", "antisocial", "gunm", "pistoler", "hampon"),
    "deaths_civilians": (
        *("civil", "bystander", "passer", "transeunt", "peaton", "resident", "vecin", "neighbo", "child", "nin"),
        *("woman", "women", "mujer", "teenage", "adolescent", "student", "estudiant", "worker", "trabajador"),
    ),
}


def deaths_by_side(claims: Iterable[Claim], best: int) -> dict[str, int]:
    """Return UCDP's four numbers; they add up to ``best``.

    A side's number is the largest that a claim gives for it. Where the sides together would be more than
    the incident's dead, the claims do not fit one another, and all count as unknown.

    Parameters
    ----------
    claims
        The incident's claims.
    best
        The incident's dead.
    """
    found = dict.fromkeys(_SIDES, 0)
    for claim in claims:
        number, side = claim.value.best, _side(claim.who)
        if claim.measure is Measure.KILLED and side and number is not None:
            found[side] = max(found[side], number)
    named = sum(found.values())
    if named > best:
        found, named = dict.fromkeys(_SIDES, 0), 0
    return found | {"deaths_unknown": best - named}


def _side(who: str) -> str:
    """Return the one side that the words for the dead belong to; "" where they name none, or two."""
    words = fold(who).split()
    sides = [side for side, stems in _SIDES.items() if any(word.startswith(stems) for word in words)]
    return sides[0] if len(sides) == 1 else ""
