"""Making a great many records at once."""

from __future__ import annotations

import gc

from mapper.collecting import each_once, uncollected


def test_each_object_is_asked_about_once_and_equal_ones_apart():
    asked = []
    length = each_once(lambda some: asked.append(some) or len(some))
    one, other = [1, 2], [1, 2]
    assert [length(one), length(one), length(other)] == [2, 2, 2]
    assert (asked[0] is one, asked[1] is other, len(asked)) == (True, True, 2)


def test_what_was_found_of_an_object_that_is_gone_is_never_that_of_another():
    first = each_once(lambda some: some[0])
    assert [first([number]) for number in range(1000)] == [*range(1000)]


def test_garbage_is_looked_for_again_afterwards():
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_made_is_not_gone_through_as_soon_as_garbage_is_looked_for_again():
    looked: list[str] = []

    def look(phase: str, _: dict[str, int]) -> None:
        looked.append(phase)

    gc.callbacks.append(look)
    try:
        with uncollected():
            made = [[number] for number in range(10_000)]
        made += [[number] for number in range(10)]
    finally:
        gc.callbacks.remove(look)
    assert not looked
