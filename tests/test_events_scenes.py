"""What a report tells: its clauses, from behind the line that says where it was filed."""

from __future__ import annotations

import pytest
from events_kit import look

TOLD = "Gunmen attacked a police station in Cota 905 late Sunday, killing two officers."


@pytest.mark.parametrize(
    "dateline",
    ["CARACAS - ", "CARACAS, July 12 (Agency) — ", "Caracas (Agency).- ", "CARACAS, Miranda (AP) – "],
)
class TestADateline:
    def test_is_no_part_of_what_is_told(self, dateline):
        assert look(dateline + TOLD).features("Cota 905") == look(TOLD).features("Cota 905")

    def test_is_not_read_by_the_network(self, dateline):
        (passage,) = look(dateline + TOLD).passages
        assert passage.words == look(TOLD).passages[0].words


@pytest.mark.parametrize("start", ["LA VEGA - ", "Caracas woke to shots - ", "Fighting in Caracas - "])
def test_a_line_that_tells_of_something_is_no_dateline(start):
    assert look(start + TOLD).scenes[0].span.start == 0
