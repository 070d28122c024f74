"""What the terminal shows of a build."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from test_cli import built

from mapper.console import Screen


@pytest.mark.parametrize(("language", "line"), [("en", "Table: {} (4.3 kB)"), ("es", "Tabla: {} (4,3 kB)")])
def test_the_summary_lists_each_table_with_its_size(language: str, line: str) -> None:
    table = Path("output/incidents.partner.csv")
    both = built()
    both.files = {both.map_path: 1_234_567, table: 4_321}
    out = io.StringIO()
    Screen(language, out).summary(both)
    assert [one for one in out.getvalue().splitlines() if one.startswith(("Table", "Tabla"))] == [line.format(table)]
