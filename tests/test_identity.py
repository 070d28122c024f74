"""A record keeps its id through corrections and new reports, and one that is gone says where it went."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapper.identity import settle

A, B, C = (frozenset({f"report-{name}\x1fcota-905"}) for name in "abc")


def test_a_record_that_was_known_keeps_its_id():
    assert settle({"i-1": A}, {"i-1": A}).settled == {"i-1": "i-1"}


def test_a_corrected_record_keeps_the_id_it_was_known_by():
    assert settle({"i-corrected": A}, {"i-1": A}).settled == {"i-corrected": "i-1"}


def test_an_earlier_report_that_joins_changes_no_id():
    assert settle({"i-0": A | B}, {"i-1": B}).settled == {"i-0": "i-1"}


def test_a_new_record_has_an_id_of_its_own():
    assert settle({"i-1": A, "i-2": B}, {"i-1": A}).settled == {"i-1": "i-1", "i-2": "i-2"}


def test_two_records_that_became_one_leave_a_successor():
    found = settle({"i-1": A | B}, {"i-1": A, "i-2": B})
    assert (found.settled, found.successors) == ({"i-1": "i-1"}, {"i-2": "i-1"})


def test_a_record_that_was_split_keeps_its_id_on_the_larger_part():
    found = settle({"i-x": A | B, "i-y": C}, {"i-1": A | B | C})
    assert found.settled == {"i-x": "i-1", "i-y": "i-y"}


def test_a_record_that_is_gone_has_no_successor():
    assert settle({"i-2": B}, {"i-1": A}).successors == {}


ANCHORS = st.frozensets(st.sampled_from("abcdef"), max_size=3)
RECORDS = st.dictionaries(st.sampled_from([f"i-{n}" for n in range(6)]), ANCHORS)


@given(RECORDS, RECORDS)
def test_no_two_records_are_known_by_one_id(records, earlier):
    settled = settle(records, earlier).settled
    assert settled.keys() == records.keys()
    assert len(set(settled.values())) == len(settled)


@given(RECORDS, RECORDS)
def test_a_successor_is_a_record_that_is_there(records, earlier):
    found = settle(records, earlier)
    assert set(found.successors.values()) <= set(found.settled.values())
    assert not found.successors.keys() & set(found.settled.values())


@given(RECORDS)
def test_building_again_changes_nothing(records):
    assert settle(records, records).settled == {name: name for name in records}
