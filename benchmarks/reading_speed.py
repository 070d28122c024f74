"""How fast reports are read and resolved, beside spaCy, and how the time grows with a report's length.

Run: ``python benchmarks/reading_speed.py [FOLDER_OF_ANNOTATED_REPORTS]`` in an environment with mapper
and the ``bench`` group (spaCy). Everything is measured in one run on one core. The reports are made
of the example and annotated reports, deterministically: sentences put together anew, their marked
names exchanged for others of the area. Times are the process's own, so that other work on the
machine counts as little as possible.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import gc
import math
import os
import random
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.evaluation.marked import read_marked
from mapper.events import understand
from mapper.model import Report
from mapper.places import load_area, resolve
from mapper.reading import Reader
from mapper.reading.lexicon import LANGUAGES, load_lexicon
from mapper.reading.sentences import sentences
from mapper.reports import read_reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.places import Area

ROOT = Path(__file__).parent.parent
REPORTS, CHARS, WARM = 5_000, 2_600, 100
LENGTHS = (15_625, 31_250, 62_500, 125_000, 250_000, 500_000, 1_000_000)
# A sentence of an example report: its text and where its marked names stand.
Piece = tuple[str, tuple[tuple[int, int], ...]]


class Stopwatch:
    """Stands in for the name automaton and adds up the time of its calls."""

    def __init__(self, automaton: Any) -> None:
        self._automaton = automaton
        self.seconds = 0.0

    def find_matches_as_indexes(self, text: str, **options: Any) -> Any:
        start = time.process_time()
        found = self._automaton.find_matches_as_indexes(text, **options)
        self.seconds += time.process_time() - start
        return found


def pieces_of(annotated: Path) -> dict[str, list[Piece]]:
    """Return the sentences of the example and annotated reports by language."""
    found: dict[str, list[Piece]] = {language: [] for language in LANGUAGES}
    texts = [(report.language, report.text, ()) for report in read_reports([ROOT / "data" / "reports"])[0]]
    for path in sorted(annotated.glob("*.txt")):
        texts += [(one.language, one.text, one.marks) for one in read_marked(path.read_text("utf-8"), path.name)]
    for language, text, marks in texts:
        for span in sentences(text, load_lexicon(language)):
            inside = tuple(
                (m.start - span.start, m.end - span.start) for m in marks if span.start <= m.start and m.end <= span.end
            )
            found[language].append((text[span.start : span.end], inside))
    return found


def varied(pieces: Sequence[Piece], names: Sequence[str], length: int, chance: random.Random) -> str:
    """Return a text of about ``length`` characters: sentences in a new order, half of their names exchanged."""
    parts: list[str] = []
    size = 0
    while size < length:
        text, marks = chance.choice(pieces)
        for start, end in reversed(marks):
            if chance.random() < 0.5:  # noqa: PLR2004 - every other name
                text = text[:start] + chance.choice(names) + text[end:]
        parts += [text, "\n\n" if chance.random() < 0.25 else " "]  # noqa: PLR2004 - four sentences a paragraph
        size += len(text) + 1
    return "".join(parts).strip()


def reports(area: Area, pieces: dict[str, list[Piece]], lengths: Sequence[int]) -> Iterator[Report]:
    """Yield one report of each length, in turns English and Spanish."""
    chance = random.Random(905)  # noqa: S311 - nothing secret, always the same
    names = sorted({record.name for record in area.name_records if record.in_area})
    for number, length in enumerate(lengths):
        language = LANGUAGES[number % len(LANGUAGES)]
        day = dt.date(2021, 7, 1) + dt.timedelta(number % 60)
        yield Report(f"r{number}", varied(pieces[language], names, length, chance), language=language, published=day)


def seconds(work: Callable[[], Any]) -> float:
    """Return the processor time of ``work``."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def rulers(area: Area) -> dict[str, Any]:
    """Return spaCy's blank pipeline of each language with an EntityRuler that holds the same names."""
    import spacy

    patterns = [{"label": "PLACE", "pattern": name} for name in sorted({one.name for one in area.name_records})]
    pipelines = {language: spacy.blank(language) for language in LANGUAGES}
    for pipeline in pipelines.values():
        pipeline.add_pipe("entity_ruler").add_patterns(patterns)
    return pipelines


def hostile(length: int) -> dict[str, str]:
    """Return texts of ``length`` characters that a careless scan would be slow on."""
    names = "La Vega, El Valle, Catia, Petare, Cota 905, Antímano, El Paraíso, Coche, Caricuao, "
    patterns = {
        "one word": "a",
        "names in a list": names,
        "open quotations": '«“"—dijo ',
        "no sentence ends": "disparos en la avenida Sucre y tres heridos mientras huyeron ",
        "figures": "3 de 4 y 5, ",
        "capitals": "Ana María Pérez de la Vega ",
        "short sentences": "En Petare hubo tiros. ",
        "items": "- Petare: 3 muertos\n",
    }
    return {kind: (pattern * (length // len(pattern) + 1))[:length] for kind, pattern in patterns.items()}


def slope(times: Sequence[tuple[int, float]]) -> float:
    """Return the slope of log time over log length: 1 is linear, 2 quadratic."""
    points = [(math.log(length), math.log(taken)) for length, taken in times]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("annotated", nargs="?", type=Path, default=ROOT / "data" / "annotated")
    parser.add_argument("--reports", type=int, default=REPORTS, help="fewer for a quick look")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    area = load_area()
    reader = Reader(area.name_records, area.guards, area.languages, area.within)
    pieces = pieces_of(options.annotated)
    made = list(reports(area, pieces, [CHARS] * (options.reports + WARM)))

    def read(some: Sequence[Report]) -> int:
        return sum(len(resolve(reader.read(one), area)) for one in some)

    def find(some: Sequence[Report]) -> int:
        found = 0
        for language, pipeline in pipelines.items():
            found += sum(len(doc.ents) for doc in pipeline.pipe(one.text for one in some if one.language == language))
        return found

    read(made[:WARM])
    made = made[WARM:]
    kilobytes = sum(len(one.text.encode()) for one in made) / len(made) / 1000
    print(f"{len(made)} reports of {kilobytes:.2f} kB on average, from {sum(map(len, pieces.values()))} sentences")
    index = reader._index  # noqa: SLF001 - to time its part
    index._automaton = watch = Stopwatch(index._automaton)  # noqa: SLF001
    ours = seconds(lambda: read(made))
    print(f"mapper, reading and resolution: {len(made) / ours:.0f} reports/s ({ours / len(made) * 1000:.2f} ms each)")
    print(f"  of it the name automaton: {watch.seconds / ours:.1%}")
    pipelines = rulers(area)
    find(made[:WARM])
    theirs = seconds(lambda: find(made))
    print(f"spaCy {metadata.version('spacy')}, blank pipeline with EntityRuler: {len(made) / theirs:.0f} reports/s")
    print(f"ratio, mapper to spaCy: {theirs / ours:.2f}")

    print("time against length, one report:")
    growth = []
    for one in reports(area, pieces, LENGTHS):
        taken = seconds(lambda one=one: read([one]))
        growth.append((len(one.text), taken))
        print(f"  {len(one.text):>9,} characters: {taken:7.3f} s ({taken / len(one.text) * 1e6:.2f} µs/character)")
    print(f"  slope of log time over log length: {slope(growth):.2f}")
    print("and of texts made to be slow:")
    for kind in hostile(1):
        texts = [(length, hostile(length)[kind]) for length in LENGTHS[2:]]
        times = []
        for length, text in texts:
            one = dataclasses.replace(made[0], text=text, language="es")
            times.append((length, seconds(lambda one=one: read([one]))))
        print(f"  {kind}: {times[-1][1]:.3f} s for {times[-1][0]:,} characters, slope {slope(times):.2f}")
    print("the same, with events:")
    for kind in hostile(1):
        times = []
        for length in LENGTHS[:5]:
            one = reader.read(dataclasses.replace(made[0], text=hostile(length)[kind], language="es"))
            mentions = resolve(one, area)
            times.append((length, seconds(lambda one=one, mentions=mentions: understand(one, mentions))))
        print(f"  {kind}: {times[-1][1]:.3f} s for {times[-1][0]:,} characters, slope {slope(times):.2f}")


if __name__ == "__main__":
    main()
