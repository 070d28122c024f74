"""What has no record of its own: places only mentioned, and names that could not be located."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mapper.model import Assertion, MentionedPlace, NamedPlace, Span, Status, Unlocated
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from mapper.disclosure.screen import Screen
    from mapper.model import Mention, Story

__all__ = ["mentioned_places", "named_places", "unlocated"]

_STRENGTH = (
    Assertion.THREATENED,
    Assertion.RUMOURED,
    Assertion.DENIED,
    Assertion.HYPOTHETICAL,
    Assertion.PAST,
    Assertion.NONE,
)
# A sentence ends after a word of four letters or more, so that "Dra." and "p.m." do not end one.
_SENTENCE_END = re.compile(r"(?:(?<=\w{4})|(?<=[\"”»)]))[.!?…]+[\"”»)]*(?=\s)")


def mentioned_places(story: Story, own: Collection[str], screen: Screen) -> tuple[MentionedPlace, ...]:
    """Return the places openly named that no record shows, each with its strongest assertion."""
    named: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for report in story.reports:
        for mention in screen.mentions.get(report.report_id, ()):
            place = mention.place
            if place is None or not place.in_area or mention.status is not Status.RESOLVED or place.place_id in own:
                continue
            if not screen.hides(report.report_id, mention.span):
                named[place.place_id].append((report.report_id, mention))
    found = []
    for mentions in named.values():
        mentions.sort(key=lambda pair: _STRENGTH.index(pair[1].assertion))
        first = mentions[0][1]
        quotes = dict.fromkeys(
            screen.quote(report_id, _sentence(screen.texts[report_id], mention.span), [mention.span])
            for report_id, mention in mentions
        )
        if first.place is not None:
            shown = sorted(quotes, key=lambda quote: quote.text is None)
            found.append(MentionedPlace(first.place, first.assertion, tuple(shown)))
    return tuple(sorted(found, key=lambda one: (fold(one.place.name), one.place.place_id)))


def _sentence(text: str, span: Span) -> Span:
    """Return the sentence around a mention, as far as punctuation tells."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    for stop in _SENTENCE_END.finditer(text, start, end):
        if stop.end() <= span.start:
            start = stop.end()
        elif stop.start() >= span.end:
            end = stop.end()
            break
    passage = text[start:end]
    return Span(start + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip()))


def unlocated(story: Story, screen: Screen) -> tuple[Unlocated, ...]:
    """Return what could not be put on the map, once for each report and spelling; no private report's words."""
    found: dict[tuple[str, str], Unlocated] = {}
    for report in story.reports:
        if report.report_id in screen.private:
            continue
        for mention in screen.mentions.get(report.report_id, ()):
            if mention.status is Status.RESOLVED or screen.hides(report.report_id, mention.span):
                continue
            key = (report.report_id, fold(mention.text).strip())
            names = tuple(dict.fromkeys(candidate.name for candidate in mention.candidates))
            names = names if mention.status is Status.AMBIGUOUS else ()
            text = screen.masks.words(report.report_id, mention.text)
            found.setdefault(key, Unlocated(report.report_id, text, str(mention.status), names))
    return tuple(found.values())


def named_places(story: Story, screen: Screen) -> tuple[NamedPlace, ...]:
    """Return every toponym that may leave, report by report in the order of the text."""
    return tuple(
        NamedPlace(
            report.report_id,
            one.start,
            one.end,
            screen.masks.toponym(report.report_id, one.text),
            one.status,
            one.role,
            one.assertion,
            one.place if one.status is Status.RESOLVED else None,
        )
        for report in story.reports
        if report.report_id not in screen.private
        for one in screen.mentions.get(report.report_id, ())
        if not screen.withholds(report.report_id, one.span)
    )
