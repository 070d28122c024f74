"""The work that a report makes grows with its length, not with the square of it, whatever it repeats.

Counted are calls of Python functions, which are the same on every machine; a benchmark measures the time.
"""

from __future__ import annotations

import datetime as dt
import sys

import pytest

from mapper.events import understand
from mapper.model import Report
from mapper.places import load_area, resolve
from mapper.reading import Reader

SHORT, TIMES = 4_000, 4
MOST = 1.4 * TIMES  # quadratic would be TIMES squared


@pytest.fixture(scope="module")
def calls_for():
    area = load_area()
    reader = Reader(area.name_records, area.guards, area.languages, area.within)

    def work(text: str) -> None:
        reading = reader.read(Report("r", text, language="es", published=dt.date(2021, 7, 11)))
        understand(reading, resolve(reading, area))

    def calls_for(pattern: str, chars: int) -> int:
        counted = 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal counted
            counted += event == "call"

        text = pattern * (chars // len(pattern))
        sys.setprofile(count)
        try:
            work(text)
        finally:
            sys.setprofile(None)
        return counted

    work("Hubo tiros en Petare.")  # tables are read and patterns compiled once
    return calls_for


@pytest.mark.parametrize(
    "pattern",
    [
        "En Petare hubo tiros. ",
        "- Petare: 3 muertos\n",
        "Tres muertos en Petare. Dos heridos en Catia. ",
        "«Huimos», dijo María. ",
        "El 5 de mayo hubo tiros en Petare. ",
        "x. Y. Z. ",
    ],
)
def test_four_times_the_text_is_about_four_times_the_work(calls_for, pattern):
    short = calls_for(pattern, SHORT)
    assert calls_for(pattern, SHORT * TIMES) <= MOST * short
