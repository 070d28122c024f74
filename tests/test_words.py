"""Patterns tried only at their own words find what a plain search finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.words import Opening, Words, most_blanks

TEXTS = st.lists(st.sampled_from(("fue", "ha sido", "muy", "x-y", "muerto", "\n", ", ")), max_size=14).map(" ".join)


@given(TEXTS)
def test_what_a_match_needs_may_stand_as_far_behind_as_the_expression_allows(text):
    before = ["fue", "ha sido"]
    opening = Opening(
        r"(?<!\w)(?:fue|ha\s{1,3}sido)\s(?:[\w-]+\s){0,2}?muerto(?!\w)",
        before,
        needs=["muerto"],
        blanks=3 + most_blanks(before),
    )
    plain = [match.span() for match in opening.pattern.finditer(text)]
    assert [match.span() for match in Words(text).find(opening)] == plain


def test_words_are_told_in_order_with_their_places():
    assert Words("(ana, y_1 ¡bé!").in_order == [("ana", 1), ("y_1", 6), ("bé", 11)]
