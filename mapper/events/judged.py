"""Groups as an analyst sees them: tellings said to be one event are joined, those said not to be are parted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mapper.events.cases import Case
from mapper.events.sameness import agreement, tie_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mapper.events.cases import Record, Telling
    from mapper.model import Ties

__all__ = ["as_judged"]


def as_judged(
    told: Iterable[Telling[Record]],
    group: Callable[[Iterable[Telling[Record]]], list[list[Telling[Record]]]],
    ties: Ties,
) -> list[list[Telling[Record]]]:
    """Return the tellings by event as ``group`` joins them and then ``ties`` has it, in the order of ``told``.

    What is said to be apart stays apart, even where something else is said to join it.
    """
    tellings = list(told)
    order = {id(telling): number for number, telling in enumerate(tellings)}
    apart = _foes(ties.apart)
    groups = group([one for one in tellings if one.record.record_id not in ties.alone])
    groups += [[one] for one in tellings if one.record.record_id in ties.alone]
    groups = [part for one in groups for part in _parted(one, apart)]
    joined = [sorted(one, key=lambda telling: order[id(telling)]) for one in _joined(groups, ties.together, apart)]
    return sorted(joined, key=lambda one: order[id(one[0])])


def _foes(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    foes: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        foes[one].add(other)
        foes[other].add(one)
    return foes


def _ids(group: Iterable[Telling[Record]]) -> set[str]:
    return {telling.record.record_id for telling in group}


def _parted(group: list[Telling[Record]], apart: Mapping[str, set[str]]) -> list[list[Telling[Record]]]:
    """Return a group in parts that hold no two tellings said to be apart; the others go where they fit best."""
    ids = _ids(group)
    if apart.keys().isdisjoint(ids):
        return [group]
    parts: list[list[Telling[Record]]] = []
    for seed in (one for one in group if not ids.isdisjoint(apart.get(one.record.record_id, ()))):
        home = next((part for part in parts if _ids(part).isdisjoint(apart[seed.record.record_id])), None)
        if home is None:
            parts.append([seed])
        else:
            home.append(seed)
    if not parts:
        return [group]
    cases = [_case(part) for part in parts]
    seeds = {id(one) for part in parts for one in part}
    for telling in (one for one in group if id(one) not in seeds):
        new = Case.of(telling)
        fits = [(tie_between(case, new), agreement(case, new)) for case in cases]
        parts[fits.index(max(fits))].append(telling)
    return parts


def _case(part: Sequence[Telling[Record]]) -> Case[Record]:
    case = Case.of(part[0])
    for telling in part[1:]:
        case.absorb(Case.of(telling))
    return case


def _joined(
    groups: list[list[Telling[Record]]], together: Iterable[tuple[str, str]], apart: Mapping[str, set[str]]
) -> list[list[Telling[Record]]]:
    """Return the groups, those that hold two tellings said to be one made one."""
    at = {name: number for number, group in enumerate(groups) for name in _ids(group)}
    members: dict[int, list[Telling[Record]]] = dict(enumerate(groups))
    for one, other in together:
        if one not in at or other not in at or at[one] == at[other]:
            continue
        home, gone = min(at[one], at[other]), max(at[one], at[other])
        coming = _ids(members[gone])
        if any(not coming.isdisjoint(apart.get(name, ())) for name in _ids(members[home])):
            continue
        members[home].extend(members.pop(gone))
        at |= dict.fromkeys(coming, home)
    return list(members.values())
