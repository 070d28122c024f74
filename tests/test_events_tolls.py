"""What the claims about one incident add up to: totals against parts, and counts that are no toll of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from events_kit import look

from mapper.events import understand
from mapper.events.tolls import Told, claims_in, reconcile, told_by
from mapper.events.weights import Judgement
from mapper.model import Claim, Estimate, Facts, Measure, MovementKind

REPORTS = Path(__file__).parents[1] / "data" / "reports"


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
        ([told(0, 22, 0.4, who="gunmen"), told(1, 4, 0.5, who="officers")], 26),  # no officer is a gunman
        ([told(0, 2, 0.4, who="men"), told(1, 2, 0.5, who="officers")], 2),
        ([told(0, 2, 0.5, who="officers"), told(0, 3, 0.5, who="gunmen"), told(1, 1, 0.3, who="officer")], 5),
        ([told(0, 2, 0.5), told(1, 0, 0.4, is_total=True)], 2),
        ([told(0, 4, 0.4, is_total=True, who="officers"), told(0, 22, 0.3, is_total=True, who="gunmen")], 26),
        (
            [
                told(0, number, 0.3, is_total=True, who=who)
                for number, who in ((26, "dead"), (22, "men"), (4, "police"))
            ],
            26,
        ),
    ],
)
def test_a_total_stands_before_parts_if_it_measures_the_incident_about_as_surely(claims, best):
    assert reconcile(claims, Measure.KILLED).best == best


@pytest.mark.parametrize(
    ("claims", "best"),
    [
        ([told(0, 0, 0.9, who="No officer")], None),
        ([told(0, 0, 0.9, who="ningún funcionario")], None),
        ([told(0, 0, 0.9, who="nobody")], 0),
        ([told(0, 0, 0.9, who="nobody"), told(1, 2, 0.5, who="men")], 2),
        ([told(0, 0, 0.9, who="nobody"), told(1, 2, 0.1, who="men")], 0),  # who hardly belong to this incident
    ],
)
def test_none_is_a_toll_only_where_it_speaks_of_everybody_and_nobody_is_counted(claims, best):
    assert reconcile(claims, Measure.KILLED).best == best


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("At least 24 people were killed in Cota 905.", (24, 24, None)),
        ("Four officers and at least 22 gunmen were killed in Cota 905.", (26, 26, None)),
        ("Between 20 and 24 people were killed in Cota 905.", (20, None, 24)),
        ("Up to 20 people were killed in Cota 905.", (None, None, 20)),
        ("At least 20 people were killed in Cota 905. The mayor counted 24 people killed.", (20, 20, 24)),
    ],
)
def test_a_bound_that_is_told_stays_one(text, bounds):
    seen = look(text, "en")
    (incident,) = understand(seen.reading, seen.mentions).incidents
    toll = incident.fatalities
    assert (toll.low, toll.best, toll.high) == bounds


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("A man was killed in Cota 905 on Friday, bringing to 31 the people killed this month.", "en", [1]),
        ("Un hombre murió el viernes en la Cota 905; suman 31 los muertos en lo que va de mes.", "es", [1]),
        ("Suman 67 los fallecidos desde abril.", "es", []),
        ("The toll since Wednesday rose to nine.", "en", [9]),
        ("Nine people have been killed this month.", "en", [9]),  # not told as the sum of several
        ("Hospitals reported 15 deaths of dialysis patients.", "en", []),
        ("Murieron tres recién nacidos en la maternidad.", "es", []),
        ("Three patients were shot dead in the ward.", "en", [3]),
    ],
)
def test_what_is_summed_up_over_weeks_is_no_toll_of_one_incident(text, language, kept):
    seen = look(text, language)
    found = [claim.value.best for scene in seen.scenes for _, claim, _ in claims_in(seen.reading, scene)]
    assert found == kept


def understood(monkeypatch: pytest.MonkeyPatch, text: str, *labels: str, language: str = "en") -> Facts:
    """Return the facts of a text whose mentions have these labels."""
    seen = look(text, language)
    judged = {index: Judgement(label, 1.0, {}, ()) for index, label in enumerate(labels)}
    monkeypatch.setattr("mapper.events.judge", lambda spots, passages, **_: judged)
    return understand(seen.reading, seen.mentions)


@pytest.mark.parametrize(
    "aside",
    [
        "A raid there on 3 May left fifteen dead.",
        "Fifty people have been killed there since January.",
        "Fifty people were killed in the past three years.",
    ],
)
def test_what_was_counted_at_another_time_is_no_toll_of_this_incident(monkeypatch, aside):
    text = f"Police fought a gang in Cota 905 on Friday, 9 July. Two men were killed. {aside}"
    (incident,) = understood(monkeypatch, text, "battle").incidents
    assert [claim.value.best for claim in incident.claims] == [2]


@pytest.mark.parametrize(
    ("told_next", "dead"),
    [
        ("Another man died in the morning.", 3),
        ("A third man was killed in an alley.", 3),
        ("A fourth man was killed.", 2),  # who the third was is not told
        ("The other man died in the morning.", 2),
        ("Two guards and a barber of the neighbourhood also died.", 5),
        ("A barber was also shot dead.", 3),
        ("The minister also said that two men had died.", 2),
        ("Officers had spoken of four dead.", 2),
    ],
)
def test_who_is_told_of_one_by_one_is_added_and_what_was_said_before_is_not(monkeypatch, told_next, dead):
    text = f"Police fought a gang in Cota 905. Two men were killed. {told_next}"
    (incident,) = understood(monkeypatch, text, "battle").incidents
    assert (incident.fatalities.best, incident.fatalities.high) == (dead, dead)


def test_a_number_of_the_same_sentence_that_was_replaced_is_not_added(monkeypatch):
    text = "The fighting in Cota 905 left 26 dead, the minister said; at first she had spoken of four dead."
    (incident,) = understood(monkeypatch, text, "battle").incidents
    assert incident.fatalities.best == 26


@pytest.mark.parametrize(
    "aside",
    [
        "; neighbours counted six dead, a figure that the police denied.",
        ". Neighbours counted six dead, a toll rejected by the police.",
    ],
)
def test_a_number_that_is_denied_is_not_taken(monkeypatch, aside):
    (incident,) = understood(monkeypatch, f"The fighting in Cota 905 left three dead{aside}", "battle").incidents
    assert incident.fatalities.best == 3


def test_a_number_that_is_denied_stays_within_the_bounds(monkeypatch):
    text = "The fighting in Cota 905 left three dead. Neighbours counted six dead, a toll rejected by the police."
    (incident,) = understood(monkeypatch, text, "battle").incidents
    assert incident.fatalities.high == 6


def test_two_events_of_one_sentence_keep_their_own_tolls(monkeypatch):
    text = "Police fought a gang in Cota 905, where two men died, and gunmen killed three men in La Vega."
    facts = understood(monkeypatch, text, "battle", "attack")
    assert [incident.fatalities.best for incident in facts.incidents] == [2, 3]


def test_places_of_one_count_are_one_event(monkeypatch):
    facts = understood(monkeypatch, "Three people died in shootouts in Cota 905 and La Vega.", "battle", "battle")
    assert [incident.fatalities.best for incident in facts.incidents] == [3]


def test_a_count_of_a_sentence_with_a_place_is_no_other_events(monkeypatch):
    text = (
        "Two robberies ended in death. In Cota 905 gunmen killed a barber on Saturday. The same day they killed a "
        "vendor in La Pastora. On Sunday two teenagers were shot in La Vega; both survived."
    )
    facts = understood(monkeypatch, text, "attack", "attack", "attack")
    assert facts.incidents[0].injuries.best is None


def test_two_told_in_the_same_words_are_two():
    claims = [told(0, 1, 0.6), Told(0, Claim("r", 9, 12, Measure.KILLED, Estimate(1, 1, 1, "persons")), share=0.5)]
    assert reconcile(claims, Measure.KILLED).best == 2


def test_who_flees_after_an_attack_flees_from_where_it_was(monkeypatch):
    text = "Two men lost their lives in Cota 905. Families fled to La Pastora."
    (movement,) = understood(monkeypatch, text, "attack", "destination").movements
    assert [place.place_id for place in movement.origins] == ["cota-905"]


def test_nobody_flees_from_where_a_body_was_found(monkeypatch):
    text = "Two men were found dead in Cota 905. Families fled to La Pastora."
    (movement,) = understood(monkeypatch, text, "body", "destination").movements
    assert movement.origins == ()


def test_where_an_evacuation_began_is_not_guessed(monkeypatch):
    text = "Two men were shot dead in Cota 905. Firefighters evacuated forty patients to La Pastora."
    (movement,) = understood(monkeypatch, text, "attack", "destination").movements
    assert (movement.kind, movement.origins) == (MovementKind.EVACUATION, ())


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("es", "El domingo murieron diez personas en el país.", []),
        ("es", "Once personas murieron en Caracas y otros cuatro estados.", []),
        ("en", "Across the country ten people were killed.", []),
        ("en", "Ten people were killed nationwide, and two people were killed in El Valle.", [2]),
        ("en", "Ten people were killed in Caracas.", [10]),
    ],
)
def test_the_dead_of_a_whole_country_are_no_toll_of_an_incident(language, text, counts):
    seen = look(text, language)
    told = [claim for scene in seen.scenes for _, claim, _ in claims_in(seen.reading, scene)]
    assert [claim.value.best for claim in told] == counts


def test_whom_those_arrested_are_said_to_have_killed_did_not_die_in_the_arrest(monkeypatch):
    text = "Police on Tuesday caught in El Valle a man wanted over three deaths. Nobody was hurt."
    (arrest,) = understood(monkeypatch, text, "arrests").incidents
    assert (arrest.fatalities.best, arrest.injuries.best) == (None, 0)


def test_a_part_told_at_the_place_of_another_event_is_the_toll_there(monkeypatch):
    text = "Police fought a gang in Cota 905. Four people were killed, one of them by a stray bullet in La Vega."
    facts = understood(monkeypatch, text, "battle", "attack")
    assert [incident.fatalities.best for incident in facts.incidents] == [4, 1]


def test_a_part_told_at_a_place_of_the_same_event_leaves_its_toll_whole(monkeypatch):
    text = "Police fought a gang in Cota 905. Four people were killed, one of them by a stray bullet in La Vega."
    (battle,) = understood(monkeypatch, text, "battle", "battle").incidents
    assert battle.fatalities.best == 4


@pytest.mark.parametrize(
    ("aside", "dead"),
    [
        ("Five guards were killed in Washington.", 2),
        ("Five guards died in a hospital in Washington.", 5),
        ("Five guards were killed in Washington, far from those in Caracas.", 2),
        ("Gunmen opened fire in Washington, killing five guards.", 2),
        ("Five guards were killed, the minister said.", 5),
    ],
)
def test_who_died_outside_the_area_is_no_toll_of_an_event_in_it(monkeypatch, aside, dead):
    text = f"Police fought a gang in Cota 905 on Friday. Two men were killed. {aside}"
    (incident,) = understood(monkeypatch, text, "battle", "context", "context").incidents
    assert max(claim.value.best for claim in incident.claims) == dead


@pytest.mark.parametrize("opening", ["In the second,", "In a separate incident", "Separately,"])
def test_an_event_told_apart_has_its_own_toll_and_none_has_that_of_all(monkeypatch, opening):
    text = (
        "Five people died in two shootings on Friday. In the first, three men were shot dead in Cota 905. "
        f"{opening} two boys were killed in La Vega."
    )
    facts = understood(monkeypatch, text, "attack", "attack")
    assert [incident.fatalities.high for incident in facts.incidents] == [3, 2]


def test_one_event_at_several_places_keeps_the_sum(monkeypatch):
    text = "Five people died in two shootings on Friday in Cota 905 and La Vega."
    (incident,) = understood(monkeypatch, text, "attack", "attack").incidents
    assert incident.fatalities.best == 5


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Otros 18 civiles resultaron heridos en la Cota 905.", 1),
        ("Los otros 18 civiles resultaron heridos en la Cota 905.", 0),
        ("Unos 18 civiles resultaron heridos en la Cota 905.", 0),
    ],
)
def test_others_before_a_number_are_further_ones_unless_they_are_known(text, place):
    seen = look(text, "es")
    ((_, claim, total),) = claims_in(seen.reading, seen.scenes[0])
    assert told_by(seen.scenes[0], claim, is_total=total, share=1.0).place == place


@pytest.mark.parametrize(
    "text",
    [
        "Joel Perdomo, an electrician, was finished off on Friday in La Vega by a police squad, his widow said.",
        "The murder on Monday of a lottery seller in La Vega has alarmed traders, who closed for two days.",
    ],
)
def test_a_death_that_no_word_counts_is_one_where_the_network_is_sure(monkeypatch, text):
    (incident,) = understood(monkeypatch, text, "attack").incidents
    assert incident.fatalities.best == 1


@pytest.mark.parametrize(
    "text",
    [
        "El sábado abrieron fuego contra un grupo en la Cota 905. Quedaron cinco cuerpos en el monte.",
        "Hombres armados y policías se enfrentaron el sábado en la Cota 905. Los abatidos fueron cinco.",
    ],
)
def test_a_figure_with_no_noun_counts_the_dead_where_its_sentence_tells_of_them(monkeypatch, text):
    (incident,) = understood(monkeypatch, text, "battle", language="es").incidents
    assert incident.fatalities.best == 5


def test_a_number_that_one_incident_got_is_no_toll_of_another_whatever_the_network_sees(monkeypatch):
    text = (
        "Twenty-eight people were wounded and six killed in three days of battle between police and a gang in "
        "Cota 905. On Wednesday gunmen had fired at a checkpoint in La Vega."
    )
    battle, attack = understood(monkeypatch, text, "battle", "attack").incidents
    assert (battle.fatalities.best, battle.injuries.best) == (6, 28)
    assert not attack.claims


def test_the_number_of_a_paragraph_is_no_toll():
    text = (REPORTS / "2021-07-09_comunicado.txt").read_text(encoding="utf-8")
    seen = look(text, "es")
    claims = [one for incident in understand(seen.reading, seen.mentions).incidents for one in incident.claims]
    assert not [text[one.start : one.end] for one in claims if one.measure is Measure.KILLED]
