"""All reports together: overall, per language and per class of the annotated places."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.evaluation.mentions import score_mentions
from mapper.evaluation.records import score_records
from mapper.evaluation.tally import CLASS_MEASURES, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mapper.evaluation.counts import Found, Share
    from mapper.evaluation.gold import GoldReport
    from mapper.evaluation.tally import Miss
    from mapper.model import SetAside

__all__ = ["Evaluation", "evaluate"]

Measures = dict[str, "Found | Share"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measures by name: of all reports, of those in each language, of each class of annotated places.

    ``languages`` counts the reports in each; ``misses`` is everything read otherwise than annotated;
    ``doubts`` are (report id, name) of annotations that deserve a second look.
    """

    reports: int
    overall: Measures
    languages: dict[str, int]
    by_language: dict[str, Measures]
    by_class: dict[str, Measures]
    misses: tuple[Miss, ...]
    doubts: tuple[tuple[str, str], ...]
    set_aside: tuple[SetAside, ...] = ()

    def as_dict(self, *, errors: bool = False) -> dict[str, Any]:
        """Return the numbers as plain JSON values, with the misses if ``errors``."""
        numbers: dict[str, Any] = {
            "reports": self.reports,
            "set_aside": [{"name": one.name, "reason": one.reason_en} for one in self.set_aside],
            "measures": _plain(self.overall),
            "by_language": {
                name: {"reports": self.languages[name], "measures": _plain(measures)}
                for name, measures in self.by_language.items()
            },
            "by_class": {name: _plain(measures) for name, measures in self.by_class.items()},
        }
        if errors:
            numbers["errors"] = [dataclasses.asdict(miss) for miss in self.misses]
            numbers["doubts"] = [{"report_id": report_id, "name": name} for report_id, name in self.doubts]
        return numbers


def evaluate(
    reports: Sequence[GoldReport],
    outputs: Iterable[Mapping[str, Any]],
    inside: Callable[[Mapping[str, Any]], bool],
    set_aside: Sequence[SetAside] = (),
) -> Evaluation:
    """Compare annotated reports with what was read in them.

    Parameters
    ----------
    reports
        The annotated reports.
    outputs
        What was read in each, in the same order: the objects that ``mapper geoparse`` prints.
    inside
        Tells whether a place that was read lies in the area (see :func:`mapper.evaluation.inside_test`).
    set_aside
        Annotated reports that could not be used, to be told with the result.
    """
    total = Tally()
    languages: dict[str, Tally] = {}
    classes: dict[str, Tally] = {}
    counts: dict[str, int] = {}
    for gold, read in zip(reports, outputs, strict=True):
        one = Tally(gold.report_id)
        score_mentions(gold, dict(read), one, classes)
        score_records(gold, dict(read), one, inside)
        total.merge(one)
        languages.setdefault(gold.language, Tally()).merge(one)
        counts[gold.language] = counts.get(gold.language, 0) + 1
    return Evaluation(
        reports=len(reports),
        overall=total.measures(),
        languages=dict(sorted(counts.items())),
        by_language={name: tally.measures() for name, tally in sorted(languages.items())},
        by_class={name: tally.measures(CLASS_MEASURES) for name, tally in sorted(classes.items())},
        misses=tuple(total.misses),
        doubts=tuple((gold.report_id, name) for gold in reports for name in gold.doubts),
        set_aside=tuple(set_aside),
    )


def _plain(measures: Measures) -> dict[str, Any]:
    return {name: value.as_dict() for name, value in measures.items()}
