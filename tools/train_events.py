"""Train the tables of mapper/events/tables on the annotated reports of data/annotated.

usage: python tools/train_events.py [FILE ...]   (in an environment with the dependency group "train")

Multinomial logistic regressions over readable features: what a mention does (first look), the same beside
what the first look made of its neighbours (second look, trained on first looks at reports that they had not
seen), the kind of a movement, whether two mentions carry the same event, and whether a number is the toll
or a date the day of an event. Same input, same tables.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.evaluation.marked import read_marked
from mapper.events.calendar import Calendar
from mapper.events.features import Spot, spots_of
from mapper.events.frames import frames_of
from mapper.events.joining import join_features
from mapper.events.labels import LABELS, label_of
from mapper.events.neighbours import second_look
from mapper.events.passages import passages_of
from mapper.events.relations import Relations
from mapper.events.scenes import cut_scenes
from mapper.events.weights import ALWAYS, Judgement, Weights
from mapper.model import Measure, Report
from mapper.places import load_area, resolve
from mapper.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.evaluation.marked import Mark, MarkedIncident, MarkedReport
    from mapper.events.passages import Passage
    from mapper.events.scenes import Scene
    from mapper.model import Reading
    from mapper.places import Area

    Pair = tuple[tuple[str, ...], str]

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "mapper" / "events" / "tables"
FOLDS = 5
RARE = 3  # features seen in fewer mentions are left out
STRENGTH = 0.15  # inverse of the L2 penalty
FAINT = 0.05  # rows without any weight of this size are left out
SEEN = 2  # how often each report of newsroom/ is: they are written as news are, the others to be hard
NOTE = "# made by tools/train_events.py from data/annotated; do not edit by hand"
_INCIDENT_ROLES = {"clash", "incident"}
_END_ROLES = {"origin", "destination", "via"}


@dataclass(slots=True)
class Example:
    """One mention of one annotated report; ``label`` is None where the annotation does not mark it."""

    report_id: str
    spot: Spot
    label: str | None
    kind: str
    judged: Judgement | None = None
    again: tuple[str, ...] = ()


@dataclass(slots=True)
class Lesson:
    """What one annotated report teaches; a pair is (features, "yes" or "no")."""

    examples: list[Example]
    reading: Reading
    marks: dict[int, Mark]
    passages: list[Passage]
    same_event: list[Pair]
    toll: list[Pair]
    day: list[Pair]


def lesson_of(report: MarkedReport, reader: Reader, area: Area) -> Lesson:
    """Read one annotated report and lay its labels beside what was recognised."""
    reading = reader.read(Report(report.report_id, report.text, report.title, report.language, report.published))
    mentions = resolve(reading, area)
    scenes = cut_scenes(reading, mentions)
    sentences = [tuple(group) for _, group in groupby(scenes, key=lambda scene: scene.sentence_number)]
    spots = spots_of(reading, mentions, sentences, frames_of(sentences))
    free = list(report.marks)
    marks: dict[int, Mark] = {}
    for index in sorted(spots):
        mention = mentions[index]
        mark = next((one for one in free if one.start < mention.end and mention.start < one.end), None)
        if mark is not None:
            free.remove(mark)
            marks[index] = mark
    examples = [
        Example(report.report_id, spots[index], _label(marks.get(index), report), _kind(marks.get(index), report))
        for index in sorted(spots)
    ]
    incident_of = {
        index: mark.numbers[0] for index, mark in marks.items() if mark.role in _INCIDENT_ROLES and mark.numbers
    }
    labels = {one.spot.index: str(one.label) for one in examples}
    calendar = Calendar(reading, scenes)
    told = ({index: scene for scene in scenes for index in scene.mentions}, calendar)
    records: dict[int, list[int]] = {}
    for index in sorted(incident_of):
        records.setdefault(incident_of[index], []).append(index)
    incidents = [report.incidents[number] for number in records]
    names = [incident.sub_event_type for incident in incidents]
    relations = Relations(reading, mentions, scenes, list(records.values()), names)
    return Lesson(
        examples,
        reading,
        marks,
        passages_of(reading, mentions, scenes),
        list(_joins(incident_of, labels, spots, told)),
        list(_tolls(incidents, reading, relations)),
        list(_days(incidents, reading, relations, calendar)),
    )


def _joins(
    incident_of: Mapping[int, int],
    labels: Mapping[int, str],
    spots: Mapping[int, Spot],
    told: tuple[Mapping[int, Scene], Calendar],
) -> Iterator[Pair]:
    """Yield each mention that carries an incident beside each earlier one of its type, and whether it is the same."""
    records: dict[int, list[int]] = {}
    latest = None
    for index in sorted(incident_of):
        for number, earlier in records.items():
            if LABELS[labels[earlier[-1]]].event_type is LABELS[labels[index]].event_type:
                features = join_features(index, earlier, labels, spots, told, is_latest=number == latest)
                yield features, "yes" if number == incident_of[index] else "no"
        latest = incident_of[index]
        records[latest] = [*records.pop(latest, []), index]


def _tolls(incidents: Sequence[MarkedIncident], reading: Reading, relations: Relations) -> Iterator[Pair]:
    """Yield each number of dead or injured beside each incident, and whether it is that incident's toll."""
    for measure in (Measure.KILLED, Measure.INJURED):
        peers = [one for one in reading.quantities if one.measure is measure]
        for record, incident in enumerate(incidents):
            stated = incident.killed if measure is Measure.KILLED else incident.injured
            for quantity in peers:
                right = stated is not None and quantity.value.best == stated
                yield relations.number(record, quantity, peers), "yes" if right else "no"


def _label(mark: Mark | None, report: MarkedReport) -> str | None:
    if mark is None:
        return None
    if mark.role not in _INCIDENT_ROLES:
        known = mark.role in LABELS and (mark.numbers or mark.role not in _END_ROLES)
        return mark.role if known else "context"
    if not mark.numbers:
        return "context"
    incident = report.incidents[mark.numbers[0]]
    return label_of(incident.event_type, incident.sub_event_type, is_clash=mark.role == "clash")


def _days(
    incidents: Sequence[MarkedIncident], reading: Reading, relations: Relations, calendar: Calendar
) -> Iterator[Pair]:
    """Yield each date beside each incident, and whether it is that incident's first day."""
    dates = [date for date in reading.dates if date.when.start is not None]
    for record, incident in enumerate(incidents):
        for date, features in zip(dates, relations.days(record, dates, calendar), strict=True):
            yield features, "yes" if date.when.start == incident.start else "no"


def _kind(mark: Mark | None, report: MarkedReport) -> str:
    return report.movements[mark.numbers[0]].kind if mark and mark.role in _END_ROLES and mark.numbers else ""


def fit(rows: Sequence[Iterable[str]], labels: Sequence[str]) -> Weights:
    """Fit one table."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [(ALWAYS, *features) for features in rows]
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
    if len(model.classes_) == 2:  # noqa: PLR2004 - then scikit-learn keeps one column, that of the second
        weights = np.hstack([-weights / 2, weights / 2])
        model.intercept_ = np.array([-model.intercept_[0] / 2, model.intercept_[0] / 2])
    weights[index[ALWAYS]] += model.intercept_
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
    reader = Reader(area.name_records, area.guards, area.languages, area.within)
    annotated = ROOT / "data" / "annotated"
    batches = [*sorted(annotated.glob("*.txt")), *sorted((annotated / "newsroom").glob("*.txt")) * SEEN]
    files = [Path(name) for name in sys.argv[1:]] or batches
    lessons = [
        lesson_of(report, reader, area)
        for file in files
        for report in read_marked(file.read_text(encoding="utf-8"), file.name)
    ]
    examples = [one for lesson in lessons for one in lesson.examples]
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
    for name in ("same_event", "toll", "day"):
        pairs: list[Pair] = [pair for lesson in lessons for pair in getattr(lesson, name)]
        write(name, fit([features for features, _ in pairs], [label for _, label in pairs]))
    ends = [one for one in taught if one.kind]
    write("movement_kind", fit([one.spot.features for one in ends], [one.kind for one in ends]))


if __name__ == "__main__":
    main()
