"""Governing: which of the groups beside a word for a fate it speaks about, by where it stands and what it rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.reading.counted import Group
    from mapper.reading.fates import Fate, Rules

__all__ = ["NEAR_WORDS", "OTHER_CHARS", "governed", "left_of"]

_BREAK = re.compile(r"[;:!?]|\.\s|\s-\s|\n\s*\n")
_ASIDE = re.compile(r",[^,]{1,80},|\s-\s?[^-]{1,80}\s?-\s|\([^)]{1,80}\)")
_TO_COMMA = re.compile(r"[^,;:.]{0,60}(?:,|-\s)")
_MAX_GAP_CHARS = 100
OTHER_CHARS = 16
NEAR_WORDS = 3


def governed(
    folded: str, cue: Fate, kinds: frozenset[str], beside: tuple[Group | None, Group | None], rules: Rules
) -> Group | None:
    """Return the group on either side that a cue speaks about, or None."""
    if cue.words in rules.loose:  # "one of the drones fell"
        beside = beside[0] if _may_fall(beside[0]) else None, beside[1] if _may_fall(beside[1]) else None
    left, right = beside
    right_start = right.start if right else cue.end
    to_left = _distance(folded, left.end, cue.start, near=not left.known) if left else None
    # "mató el viernes a un hombre", "resultaron heridos en X una enfermera y su hija"
    marked = right is not None and (
        rules.object_mark.search(folded, cue.end, right.start) or (cue.passive and left is None and right.known)
    )
    to_right = _to_right(folded, cue, kinds, right, rules, near=not marked) if right else None
    if left and to_left and (not left.known or (left.definite and to_left > 1)):
        to_left = None
    if "transitive" in kinds and not cue.passive and to_right is not None and "," not in folded[cue.end : right_start]:
        return right
    if kinds == {"marked"}:
        return right if marked and not cue.passive and to_right is not None else None
    if left and "transitive" in kinds and not cue.passive and _aims_at_another(folded, cue, left, rules):
        left = to_left = None
    if left and "transitive" in kinds and rules.clitic.fullmatch(folded, left.end, cue.start):
        return left  # "a dos los mataron"
    either = "intransitive" in kinds or (cue.passive and kinds & {"participles", "passive"})
    behind = marked and cue.passive  # "costó la vida a dos y dejó heridos a cinco más"
    if either and to_right is not None and (to_left is None or behind or to_right < to_left):
        return right
    headline = to_left == 0 and not cue.passive and "passive" in kinds and rules.headline.match(folded, cue.end)
    apart = NEAR_WORDS * (3 if folded[cue.start - 2 : cue.start] == ", " else 1)
    if to_left is not None and (either or headline or ("participles" in kinds and to_left <= apart)):
        return left
    return None


def _may_fall(group: Group | None) -> bool:
    """Tell whether a group counts people as far as one knows: its noun is a word for them, or it has none."""
    return group is not None and (group.known or not group.noun)


def _aims_at_another(folded: str, cue: Fate, left: Group, rules: Rules) -> bool:
    """Tell whether a verb has an object of its own behind it, or a pronoun: "two men killed her", "... the owner".

    A pronoun may take up who was counted before: "a dos los mataron", "caught two thieves and killed them".
    """
    if rules.marked.search(folded, max(0, left.start - OTHER_CHARS), left.start):
        return False
    before = rules.aimed_before.search(folded, max(0, cue.start - OTHER_CHARS), cue.start)
    pronoun = before or rules.aimed.match(folded, cue.end) or rules.held.search(cue.words)
    if pronoun is None:
        return cue.aimed
    subject = not folded[left.end : before.start() if before else cue.start].strip()
    return subject or (left.value.best != 1) is not bool(rules.many.search(pronoun[0]))


def _to_right(folded: str, cue: Fate, kinds: frozenset[str], right: Group, rules: Rules, *, near: bool) -> int | None:
    """Return the words between a cue and the group behind it, None where it cannot speak of that one."""
    words = _distance(folded, cue.end, right.start, near=near)
    if words is not None and ("," in _ASIDE.sub(" ", folded[cue.end : right.start]) or (not right.known and words)):
        return None  # a bare number or an unknown noun has to stand right behind its verb
    alone = "transitive" in kinds and words == 0 and rules.joined.match(folded, right.end)
    if not right.known and right.value.best == 1 and not alone:
        return None  # "detenidos uno por uno"; but "killed one and injured two"
    if rules.agent.search(folded, cue.end, right.start):
        return None  # "asesinado por dos sujetos"
    held = rules.aimed_before.search(folded, max(0, cue.start - OTHER_CHARS), cue.start)
    if (held or "transitive" not in kinds or cue.passive) and rules.joined.search(folded, cue.end, right.start):
        return None  # "one man died and there are five wounded", "a él lo mataron y a dos más los hirieron"
    return words


def left_of(folded: str, groups: Sequence[Group], cue: Fate) -> Group | None:
    """Return the nearest group before a cue that does not stand in an aside ("Seven - five men - died")."""
    for group in reversed(groups):
        if _distance(folded, group.end, cue.start, near=False) is None:
            continue
        if group.part and group.noun and _TO_COMMA.match(folded, group.end, cue.start):
            continue  # "six people, one of them a child of five, were killed"
        aside = _ASIDE.search(folded, group.end, cue.start)
        between = [other for other in groups if group.end <= other.start]
        if not between or (aside and all(aside.start() <= other.start < aside.end() for other in between)):
            return group
    return None


def _distance(folded: str, start: int, end: int, *, near: bool) -> int | None:
    """Return the words between two places, asides between commas not counted; None when too far or cut off."""
    if end - start > _MAX_GAP_CHARS:
        return None
    between = _ASIDE.sub(" ", folded[start:end])
    if _BREAK.search(between) or "," in between.rstrip(", "):
        return None
    words = len(between.split())
    return None if near and words > NEAR_WORDS else words
