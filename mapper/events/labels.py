"""Labels: what a mention can do in a story, as the model names it, and what each means in the records."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.model import Assertion, EventType, Role

__all__ = ["CLASHES", "EVENTS", "LABELS", "Label", "label_of"]


@dataclass(frozen=True, slots=True)
class Label:
    """One label: the role it stands for and, for incidents, ACLED's event and sub-event type."""

    role: Role
    event_type: EventType | None = None
    sub_event_type: str = ""
    assertion: Assertion = Assertion.NONE


def _clash(event_type: EventType, sub_event_type: str) -> Label:
    return Label(Role.CLASH, event_type, sub_event_type)


def _other(event_type: EventType, sub_event_type: str) -> Label:
    return Label(Role.OTHER_INCIDENT, event_type, sub_event_type)


LABELS: dict[str, Label] = {
    "battle": _clash(EventType.BATTLES, "Armed clash"),
    "attack": _clash(EventType.VIOLENCE, "Attack"),
    "air strike": _clash(EventType.EXPLOSIONS, "Air or drone strike"),
    "shelling": _clash(EventType.EXPLOSIONS, "Shelling or artillery"),
    "grenade": _clash(EventType.EXPLOSIONS, "Grenade"),
    "bomb": _clash(EventType.EXPLOSIONS, "Remote explosive"),
    "body": _other(EventType.VIOLENCE, "Attack"),
    "abduction": _other(EventType.VIOLENCE, "Abduction or forced disappearance"),
    "sexual violence": _other(EventType.VIOLENCE, "Sexual violence"),
    "protest": _other(EventType.PROTESTS, "Peaceful protest"),
    "dispersal": _other(EventType.PROTESTS, "Protest with intervention"),
    "excessive force": _other(EventType.PROTESTS, "Excessive force against protesters"),
    "riot": _other(EventType.RIOTS, "Violent demonstration"),
    "mob": _other(EventType.RIOTS, "Mob violence"),
    "arrests": _other(EventType.STRATEGIC, "Arrests"),
    "looting": _other(EventType.STRATEGIC, "Looting or property destruction"),
    "weapons": _other(EventType.STRATEGIC, "Disrupted weapons use"),
    "other": _other(EventType.STRATEGIC, "Other"),
    "origin": Label(Role.ORIGIN),
    "destination": Label(Role.DESTINATION),
    "via": Label(Role.VIA),
    "context": Label(Role.CONTEXT),
    "denied": Label(Role.CONTEXT, assertion=Assertion.DENIED),
    "threatened": Label(Role.CONTEXT, assertion=Assertion.THREATENED),
    "rumoured": Label(Role.CONTEXT, assertion=Assertion.RUMOURED),
    "hypothetical": Label(Role.CONTEXT, assertion=Assertion.HYPOTHETICAL),
}

# the labels of clashes, and of everything that happened
CLASHES = frozenset(name for name, label in LABELS.items() if label.role is Role.CLASH)
EVENTS = frozenset(name for name, label in LABELS.items() if label.event_type)


def label_of(event_type: str, sub_event_type: str, *, is_clash: bool) -> str:
    """Return the label of an annotated incident, by the first words of its types.

    Raises
    ------
    KeyError
        If ACLED has no such pair of types, or the vocabulary here leaves it out.
    """
    wanted = (_first_word(event_type), _first_word(sub_event_type))
    for name, label in LABELS.items():
        if label.event_type and (_first_word(label.event_type), _first_word(label.sub_event_type)) == wanted:
            bodies = wanted == ("Violence", "Attack") and not is_clash
            return "body" if bodies else name
    raise KeyError(wanted)


def _first_word(words: str) -> str:
    return words.split(maxsplit=1)[0]
