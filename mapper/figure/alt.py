"""The alternative text: what the figure shows, for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.figure.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.figure.sheet import Said
    from mapper.figure.window import Shown
    from mapper.figure.words import Words

__all__ = ["alt_text"]


def alt_text(maps: Sequence[Shown], said: Said, words: Words) -> str:
    """Return every clash place, every place of another incident and every arrow of each map, and what has no date."""
    paragraphs = [
        words.say(
            "alt-window",
            title=said.title,
            when=when,
            zones=_zones(shown, words),
            incidents=_incidents(shown, words),
            flows=_flows(shown, words),
        )
        for shown, when in zip(maps, said.maps, strict=True)
    ]
    undated = _names(filter(None, maps[0].undated))
    if undated:
        paragraphs.append(words.say("alt-undated", names="; ".join(undated)))
    return "\n\n".join(filter(None, [*paragraphs, said.warning, " ".join(said.notes)])) + "\n"


def _zones(shown: Shown, words: Words) -> str:
    names = _names(row["name"] for row in shown.zones if row["shape"] != "adjacent")
    return words.say("alt-zones", count=len(names), names=", ".join(names)) if names else words.say("alt-no-zones")


def _incidents(shown: Shown, words: Words) -> str:
    clashes = {row["name"] for row in shown.zones}
    names = _names(row["name"] for row in shown.marks if row["name"] not in clashes)
    return (
        words.say("alt-incidents", count=len(names), names=", ".join(names)) if names else words.say("alt-no-incidents")
    )


def _flows(shown: Shown, words: Words) -> str:
    lines = [_flow(row, words) for row in shown.flows]
    return words.say("alt-flows", count=len(lines), names="; ".join(lines)) if lines else words.say("alt-no-flows")


def _flow(row: dict[str, Any], words: Words) -> str:
    moved = words.moved(row)
    return words.say(
        "alt-flow",
        kind=words.say(f"kind-{row['kind']}"),
        origin=plain(row["origin"]),
        destination=plain(row["destination"]),
        people=f" ({moved})" if moved else "",
    )


def _names(names: Iterable[str]) -> list[str]:
    return sorted({plain(name) for name in names})
