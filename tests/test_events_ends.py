"""Half-told movements find their other end beside them, and only there."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.ends import with_wanting_ends
from mapper.events.verdicts import verdicts_on
from mapper.events.weights import Judgement


def roles(text: str, *shares: dict[str, float], language: str = "en") -> list[str]:
    """Return the roles of a text's mentions, judged to be these labels with these shares, the likeliest first."""
    seen = look(text, language)
    judged = {index: Judgement(next(iter(one)), next(iter(one.values())), one, ()) for index, one in enumerate(shares)}
    verdicts = verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    found = with_wanting_ends(verdicts, judged, seen.sentences, seen.spots, seen.mentions)
    return [found[index].role.value for index in range(len(shares))]


ORIGIN, DESTINATION, CONTEXT = {"origin": 0.9}, {"destination": 0.9}, {"context": 0.9}
LIKELY = {"context": 0.5, "destination": 0.3, "origin": 0.2}


def test_a_likely_place_is_where_people_went_if_no_other_is_told():
    assert roles("Families fled Cota 905; a hall of El Valle holds them.", ORIGIN, LIKELY) == ["origin", "destination"]


def test_a_likely_place_is_no_end_where_both_ends_are_told():
    text = "Families fled Cota 905 for La Pastora; a hall of El Valle is closed."
    assert roles(text, ORIGIN, DESTINATION, LIKELY) == ["origin", "destination", "context"]


def test_the_sentence_behind_tells_where_people_went():
    text = "Families fled Cota 905. Relatives of El Valle hold them."
    assert roles(text, ORIGIN, LIKELY) == ["origin", "destination"]


def test_a_sentence_in_which_nobody_moves_lends_no_end():
    assert roles("Families fled Cota 905. It rained in El Valle.", ORIGIN, LIKELY) == ["origin", "context"]


def test_the_other_end_may_stand_farther_off():
    text = "Families fled Cota 905 with relatives of El Valle. They went to La Pastora."
    assert roles(text, ORIGIN, LIKELY, DESTINATION) == ["origin", "context", "destination"]


def test_nobody_flees_to_where_they_fled_from():
    assert roles("Families fled Cota 905. Residents of Cota 905 wept.", ORIGIN, LIKELY) == ["origin", "context"]


def test_what_the_police_leave_wants_no_other_end():
    assert roles("The police left Cota 905, says a man of El Valle.", ORIGIN, LIKELY)[1] == "context"


def test_what_may_happen_lends_no_end():
    text = "Families fled Cota 905. If the families of El Valle move, schools close."
    assert roles(text, ORIGIN, LIKELY) == ["origin", "context"]


def test_a_place_where_something_else_is_likelier_is_no_end():
    torn = {"context": 0.4, "protest": 0.35, "destination": 0.25}
    assert roles("Families fled Cota 905. Residents of El Valle marched.", ORIGIN, torn) == ["origin", "context"]


def test_a_place_joined_to_an_end_is_one():
    text = "Families from Cota 905 are split between La Pastora and El Valle."
    assert roles(text, ORIGIN, DESTINATION, LIKELY) == ["origin", "destination", "destination"]


def test_of_two_destinations_one_is_where_people_came_from():
    torn = {"destination": 0.6, "origin": 0.3}
    text = "Families went to La Pastora after two weeks in El Valle."
    assert roles(text, DESTINATION, torn) == ["destination", "origin"]


def test_a_second_destination_that_is_no_origin_stays_one():
    text = "Families went to La Pastora after two weeks in El Valle."
    assert roles(text, DESTINATION, {"destination": 0.9, "origin": 0.05}) == ["destination", "destination"]


UNSURE = {"destination": 0.55, "context": 0.4}


def test_a_place_to_which_nobody_moves_is_no_end():
    assert roles("The bang was heard as far as El Valle.", UNSURE) == ["context"]


def test_a_place_told_as_an_end_elsewhere_needs_no_word_for_it():
    text = "Families fled from El Valle. On Saturday they were in El Valle again."
    assert roles(text, ORIGIN, UNSURE) == ["origin", "destination"]


def test_a_city_is_no_end_of_a_flight_within_it():
    text = "Families fled Cota 905, in western Caracas."
    assert roles(text, ORIGIN, DESTINATION) == ["origin", "context"]


def test_a_city_from_which_people_leave_the_area_is_an_end():
    text = "Families left Caracas for Miranda."
    assert roles(text, ORIGIN, DESTINATION) == ["origin", "destination"]


FAINT = {"context": 0.9, "origin": 0.06, "destination": 0.03}


def test_where_those_who_fled_are_lodged_is_where_they_went():
    text = "Families were displaced from Cota 905. They are staying with relatives in La Pastora and El Valle."
    assert roles(text, ORIGIN, FAINT, FAINT) == ["origin", "destination", "destination"]


def test_where_those_who_fled_found_shelter_is_where_they_went():
    text = "Families were displaced from Cota 905. Most have found shelter in La Pastora and El Valle."
    assert roles(text, ORIGIN, FAINT, FAINT) == ["origin", "destination", "destination"]


def test_where_those_went_whose_homes_were_told_before_is_an_end():
    text = "Houses stand empty in Cota 905. Their owners have gone to La Pastora."
    assert roles(text, ORIGIN, {"context": 0.7, "destination": 0.15}) == ["origin", "destination"]


def test_where_others_are_lodged_is_no_end():
    text = "Police fought a gang in Cota 905. The mayor is staying with relatives in La Pastora."
    assert roles(text, {"battle": 0.9}, FAINT) == ["clash", "context"]


def test_a_way_behind_a_word_for_flight_leads_to_an_end():
    text = "Families fled to the homes of relatives in La Pastora, and others took refuge in El Valle."
    assert roles(text, {"context": 0.7, "destination": 0.15}, DESTINATION) == ["destination", "destination"]


def test_people_may_flee_from_where_the_fighting_was():
    torn = {"context": 0.3, "battle": 0.35, "origin": 0.3}
    assert roles("Families escaped the shooting in Cota 905 and ran to El Valle.", torn, DESTINATION)[0] == "origin"


def test_where_people_are_lodged_is_no_origin():
    text = "Diez familias se alojan en una iglesia de Cota 905 y otras en una escuela de El Valle."
    first = {"origin": 0.8, "destination": 0.1}
    assert roles(text, first, DESTINATION, language="es") == ["destination", "destination"]


def test_where_people_were_driven_from_a_house_stays_the_origin():
    text = "Huyeron en la madrugada de Cota 905 y se alojan en El Valle."
    assert roles(text, ORIGIN, DESTINATION, language="es") == ["origin", "destination"]


def test_a_place_that_people_pass_on_their_way_is_no_end():
    text = "Familias dejaron Cota 905 y van hacia La Pastora por el puesto de guardias de El Valle."
    assert roles(text, ORIGIN, DESTINATION, DESTINATION, language="es") == ["origin", "destination", "via"]


def test_a_place_because_of_which_people_flee_is_not_passed():
    text = "Familias van hacia La Pastora por los tiroteos de El Valle."
    assert roles(text, DESTINATION, ORIGIN, language="es") == ["destination", "origin"]


def test_a_city_to_which_no_way_leads_is_no_end():
    assert roles("Families fled their homes on the edge of Caracas.", DESTINATION) == ["context"]


def test_a_city_to_which_a_way_leads_may_be_one():
    assert roles("Families fled to Caracas.", DESTINATION) == ["destination"]


def test_the_way_to_work_has_no_ends():
    text = "Every day people walk from Cota 905 to El Valle to work."
    assert roles(text, ORIGIN, DESTINATION) == ["context", "context"]


def test_who_flees_every_day_flees():
    text = "Familias huyen cada tarde de Cota 905 a El Valle."
    assert roles(text, ORIGIN, DESTINATION, language="es") == ["origin", "destination"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Residents of Cota 905 refuse to leave their homes."),
        ("es", "Vecinos de Cota 905 se niegan a abandonar sus casas."),
    ],
)
def test_the_home_of_those_who_will_not_go_is_no_origin(language, text):
    assert roles(text, ORIGIN, language=language) == ["context"]


def test_the_city_of_an_event_is_no_origin_in_eastern_caracas_either():
    text = "After gunfire in Cota 905, in eastern Caracas, families went to El Valle."
    assert roles(text, {"battle": 0.9}, ORIGIN, DESTINATION)[1] == "context"


def test_where_the_attackers_came_from_is_no_origin_of_those_who_fled():
    text = "Diez familias huyeron a El Valle. Los agresores venían de Cota 905."
    assert roles(text, DESTINATION, {"context": 0.6, "origin": 0.4}, language="es") == ["destination", "context"]
