"""Train the tables of mapper/events/tables on the annotated reports of data/annotated.

usage: python tools/train_events.py [FILE ...]   (in an environment with the dependency group "train")

Three multinomial logistic regressions over the features of ``mapper.events.features``: what a mention does
(first look), the same beside what the first look made of its neighbours (second look, trained on first
looks at reports that they had not seen), and the kind of a movement. Same input, same tables.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from mapper.evaluation.marked import read_marked
from mapper.events.features import Spot, second_look, spots_of
from mapper.events.frames import frames_of
from mapper.events.labels import LABELS, label_of
from mapper.events.scenes import cut_scenes
from mapper.events.weights import Judgement, Weights
from mapper.model import Report
from mapper.places import load_area, resolve
from mapper.reading import Reader
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.evaluation.marked import Mark, MarkedReport
    from mapper.places import Area

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "mapper" / "events" / "tables"
FOLDS = 5
RARE = 3  # features seen in fewer mentions are left out
STRENGTH = 0.15  # inverse of the L2 penalty
FAINT = 0.05  # rows without any weight of this size are left out
NOTE = "# made by tools/train_events.py from data/annotated; do not edit by hand"


@dataclass(slots=True)
class Example:
    """One mention of one annotated report; ``label`` is None where the annotation does not mark it."""

    report_id: str
    spot: Spot
    label: str | None
    kind: str
    judged: Judgement | None = None
    again: tuple[str, ...] = ()


def examples_of(report: MarkedReport, reader: Reader, area: Area) -> Iterator[Example]:
    """Yield the recognised mentions of one report with their labels."""
    reading = reader.read(Report(report.report_id, report.text, report.title, report.language, report.published))
    mentions = resolve(reading, area)
    scenes = cut_scenes(reading, mentions)
    sentences = [tuple(group) for _, group in groupby(scenes, key=lambda scene: scene.sentence_number)]
    free = list(report.marks)
    for index, spot in spots_of(reading, fold(report.text), mentions, sentences, frames_of(sentences)).items():
        mention = mentions[index]
        mark = next((one for one in free if one.start < mention.end and mention.start < one.end), None)
        if mark is not None:
            free.remove(mark)
        yield Example(report.report_id, spot, _label(mark, report), _kind(mark, report))


def _label(mark: Mark | None, report: MarkedReport) -> str | None:
    if mark is None:
        return None
    if mark.role not in {"clash", "incident"}:
        return mark.role if mark.role in {"context", *LABELS} and (mark.numbers or mark.role not in _ENDS) else "context"
    if not mark.numbers:
        return "context"
    incident = report.incidents[mark.numbers[0]]
    return label_of(incident.event_type, incident.sub_event_type, is_clash=mark.role == "clash")


_ENDS = {"origin", "destination", "via"}


def _kind(mark: Mark | None, report: MarkedReport) -> str:
    return report.movements[mark.numbers[0]].kind if mark and mark.role in _ENDS and mark.numbers else ""


def fit(rows: Sequence[Iterable[str]], labels: Sequence[str]) -> Weights:
    """Fit one table."""
    counts = Counter(feature for features in rows for feature in set(features))
    names = sorted(feature for feature, count in counts.items() if count >= RARE)
    index = {name: number for number, name in enumerate(names)}
    columns, ends = [], [0]
    for features in rows:
        columns += sorted({index[feature] for feature in features if feature in index})
        ends.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3).fit(matrix, labels)
    weights = model.coef_.T.copy()
    weights[index["any place"]] += model.intercept_  # it is in every row
    weights = np.round(weights, 2)
    kept = [number for number in range(len(names)) if np.abs(weights[number]).max() >= FAINT]
    return Weights(list(model.classes_), {names[number]: row for row, number in enumerate(kept)}, weights[kept])


def write(name: str, table: Weights) -> None:
    """Write one table as tab-separated text; a blank is zero."""
    TABLES.mkdir(exist_ok=True)
    lines = [NOTE, "\t".join(("feature", *table.labels))]
    lines += ["\t".join((feature, *cells)) for feature, cells in table.rows()]
    (TABLES / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def look_again(examples: Sequence[Example]) -> None:
    """Give each example the features of its second look."""
    for _, group in groupby(examples, key=lambda one: one.report_id):
        mentions = list(group)
        spots = {one.spot.index: one.spot for one in mentions}
        judged = {one.spot.index: one.judged for one in mentions if one.judged}
        again = second_look(spots, judged)
        for one in mentions:
            one.again = again[one.spot.index]


def main() -> None:
    """Train and write all tables."""
    area = load_area()
    reader = Reader(area.name_records, area.guards, area.languages)
    files = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "data" / "annotated").glob("*.txt"))
    examples = [
        one
        for file in files
        for report in read_marked(file.read_text(encoding="utf-8"), file.name)
        for one in examples_of(report, reader, area)
    ]
    taught = [one for one in examples if one.label]
    print(f"{len({one.report_id for one in examples})} reports, {len(taught)} labelled mentions")

    for number in range(FOLDS):
        seen = [one for one in taught if zlib.crc32(one.report_id.encode()) % FOLDS != number]
        table = fit([one.spot.features for one in seen], [str(one.label) for one in seen])
        for one in examples:
            if zlib.crc32(one.report_id.encode()) % FOLDS == number:
                one.judged = table.judge(one.spot.features)
    right = sum(LABELS[one.judged.label].role == LABELS[str(one.label)].role for one in taught if one.judged)
    print(f"first look, cross-validated: role accuracy {right / len(taught):.3f}")
    look_again(examples)

    write("first_look", fit([one.spot.features for one in taught], [str(one.label) for one in taught]))
    write("second_look", fit([one.again for one in taught], [str(one.label) for one in taught]))
    ends = [one for one in taught if one.kind]
    write("movement_kind", fit([one.spot.features for one in ends], [one.kind for one in ends]))


if __name__ == "__main__":
    main()
