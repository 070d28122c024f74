"""Incidents and movements as they may leave, and the passages that support them."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from mapper.errors import SchemaError
from mapper.model import Claim, DateSpan, Estimate, Evidence, Incident, Mode, Movement, Span

if TYPE_CHECKING:
    from mapper.disclosure.screen import Screen
    from mapper.model import Place, Quote

__all__ = ["quotes_of", "screened"]

_BLANKS: dict[str, object] = {
    "when": DateSpan(),
    "people": Estimate(),
    "households": Estimate(),
    "fatalities": Estimate(),
    "injuries": Estimate(),
    "mode": Mode.UNKNOWN,
    **dict.fromkeys(("actors", "around", "claims", "destinations", "origins", "places", "via"), ()),
}
_PLACE_FIELDS = ("places", "around", "origins", "destinations", "via")
_NUMBER_FIELDS = ("people", "households", "fatalities", "injuries")
_UNITS = {"persons", "families", "households"}

_Record = TypeVar("_Record", Incident, Movement)


def screened(record: _Record, screen: Screen) -> _Record:
    """Return an incident or movement without what may not leave, its claims' words masked like a passage."""
    if not screen.shut:
        return record
    shown = _screened(record, screen)
    if isinstance(shown, Incident):
        claims = tuple([_masked(claim, screen) for claim in shown.claims])
        return shown if claims == shown.claims else replace(shown, claims=claims)
    return shown


def _masked(claim: Claim, screen: Screen) -> Claim:
    speaker, who = (screen.masks.words(claim.report_id, words) for words in (claim.speaker, claim.who))
    return claim if (speaker, who) == (claim.speaker, claim.who) else replace(claim, speaker=speaker, who=who)


def _screened(record: _Record, screen: Screen) -> _Record:
    cited = {passage.report_id for passage in record.evidence}
    if isinstance(record, Incident):
        cited |= {claim.report_id for claim in record.claims}
    if not record.sensitive_fields and not screen.touches(cited):
        evidence = dict.fromkeys(record.evidence)
        return record if len(evidence) == len(record.evidence) else replace(record, evidence=tuple(evidence))
    return _shut(record, screen)


def _shut(record: _Record, screen: Screen) -> _Record:
    """Return a record that touches something sensitive without what may not leave."""
    unknown = sorted(record.sensitive_fields - _BLANKS.keys())
    if unknown:
        raise SchemaError("disclosure-field", fields=", ".join(unknown), expected=", ".join(sorted(_BLANKS)))
    withheld = {name for name in record.sensitive_fields if hasattr(record, name)}
    if "places" in withheld:
        withheld.add("around")
    changes: dict[str, Any] = {name: _BLANKS[name] for name in withheld}
    report_ids = sorted({passage.report_id for passage in record.evidence})
    for name in _PLACE_FIELDS if any(map(screen.spoken.get, report_ids)) else ():
        named = getattr(record, name, ())
        kept = tuple(place for place in named if not screen.hides_place(place, report_ids))
        if name not in withheld and kept != named:
            changes[name] = kept
            withheld |= {name} if not kept else set()
    if isinstance(record, Incident) and "claims" not in withheld:
        changes["claims"] = tuple([_screened_claim(claim, screen) for claim in record.claims])
    if not screen.private.isdisjoint(report_ids):
        for name in _NUMBER_FIELDS:
            if name not in withheld and hasattr(record, name):
                changes[name] = _without_noun(getattr(record, name))
    evidence = [
        Evidence(one.report_id, 0, 0, sensitive=True)
        if one.sensitive or screen.withholds(one.report_id, Span(one.start, one.end))
        else one
        for one in record.evidence
    ]
    changes["evidence"] = tuple(sorted(dict.fromkeys(evidence), key=attrgetter("sensitive")))
    changes["sensitive_fields"] = frozenset(withheld)
    if all(getattr(record, name) == value for name, value in changes.items()):
        return record  # what is sensitive in its reports stands elsewhere
    return replace(record, **changes)


def _screened_claim(claim: Claim, screen: Screen) -> Claim:
    """Return a claim that keeps its number but, where it is sensitive, not who says it, of whom, when and where."""
    private = claim.report_id in screen.private
    if private or claim.sensitive or screen.hides(claim.report_id, Span(claim.start, claim.end)):
        return Claim(
            claim.report_id, 0, 0, claim.measure, _without_noun(claim.value), hedged=claim.hedged, sensitive=True
        )
    hidden: dict[str, Any] = {
        name: "" for name in ("speaker", "who") if screen.hides_words(claim.report_id, getattr(claim, name))
    }
    return replace(claim, **hidden) if hidden else claim


def _without_noun(value: Estimate) -> Estimate:
    """Return a number without what it counts where that is the report's own word."""
    return value if value.unit in _UNITS else replace(value, unit="")


def quotes_of(record: Incident | Movement, places: tuple[Place, ...], screen: Screen) -> tuple[Quote, ...]:
    """Return a record's passages, its own places and claims marked in them, those withheld last."""
    place_ids = {place.place_id for place in places}
    claims = record.claims if isinstance(record, Incident) else ()
    found = []
    for passage in record.evidence:
        text = screen.texts.get(passage.report_id)
        if text is None or not 0 <= passage.start < passage.end <= len(text):
            raise SchemaError("disclosure-passage", report=passage.report_id, start=passage.start, end=passage.end)
        marks = chain(
            (Span(claim.start, claim.end) for claim in claims if claim.report_id == passage.report_id),
            (
                mention.span
                for mention in screen.named_in(passage)
                if mention.place is not None and mention.place.place_id in place_ids
            ),
        )
        found.append(screen.quote(passage.report_id, Span(passage.start, passage.end), marks))
    if len(found) < 2:  # noqa: PLR2004 - most records: nothing to sort
        return tuple(found)
    return tuple(sorted(dict.fromkeys(found), key=lambda quote: quote.text is None))
