"""What the claims about one incident add up to: totals against parts, and counts that are no toll of it."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.tolls import Told, claims_in, reconcile
from mapper.model import Claim, Estimate, Measure


def told(sentence: int, best: int, share: float, *, is_total: bool = False, who: str = "") -> Told:
    value = Estimate(best, best, best, "persons")
    return Told(sentence, Claim("r", sentence, sentence + 1, Measure.KILLED, value, who=who), is_total, share)


@pytest.mark.parametrize(
    ("claims", "best"),
    [
        ([told(0, 1, 0.6), told(3, 4, 0.5, is_total=True)], 4),  # a driver in the story, four in the balance
        ([told(0, 3, 0.6), told(3, 90, 0.1, is_total=True)], 3),  # a total that hardly measures this incident
        ([told(0, 22, 0.4, who="gunmen"), told(0, 4, 0.3, who="officers"), told(2, 1, 0.2)], 26),
        ([told(0, 22, 0.4, who="gunmen"), told(0, 26, 0.3, is_total=True)], 26),
        ([told(0, 2, 0.5), told(1, 0, 0.4, is_total=True)], 2),
    ],
)
def test_a_total_stands_before_parts_if_it_measures_the_incident_about_as_surely(claims, best):
    assert reconcile(claims, Measure.KILLED).best == best


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("A man was killed in Cota 905 on Friday, bringing to 31 the people killed this month.", "en", [1]),
        ("Un hombre murió el viernes en la Cota 905; suman 31 los muertos en lo que va de mes.", "es", [1]),
        ("Suman 67 los fallecidos desde abril.", "es", []),
        ("The toll since Wednesday rose to nine.", "en", [9]),
        ("Nine people have been killed this month.", "en", [9]),  # not told as the sum of several
    ],
)
def test_what_is_summed_up_over_weeks_is_no_toll_of_one_incident(text, language, kept):
    seen = look(text, language)
    found = [claim.value.best for scene in seen.scenes for _, claim, _ in claims_in(seen.reading, scene)]
    assert found == kept
