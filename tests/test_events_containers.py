"""Places that only say where the place before them lies carry nothing of their own."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.containers import describes, holds, rank_of
from mapper.events.verdicts import verdicts_on
from mapper.events.weights import Judgement
from mapper.model import Mention, Place, Role, Status


def mention(text, words, place):
    start = text.index(words)
    return Mention(start, start + len(words), words, Status.OUTSIDE_AREA, place)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shots in Hospital Pérez Carreño, La Vega.", True),
        ("Shots in Hospital Pérez Carreño, in the parish of La Vega.", True),
        ("Shots in Cota 905 (Caracas).", True),
        ("Shots in the Hospital Pérez Carreño sector of La Vega.", True),
        ("Shots in the Cota 905 slum of Caracas.", True),
        ("Shots in Cota 905, in the municipality of Libertador.", True),
        ("Shots in Cota 905, La Vega.", False),  # it lies elsewhere
        ("Shots in Plaza Bolívar, in La Pastora.", True),  # over the official boundary, and called so
        ("Shots in Plaza Bolívar, La Pastora.", False),
        ("Shots in Plaza Bolívar, in La Vega.", False),  # too far off
        ("Shots in Hospital Pérez Carreño and La Vega.", False),
        ("From Hospital Pérez Carreño to La Vega.", False),
        ("Shots in La Vega, Hospital Pérez Carreño.", False),
        ("Shots in Cota 905, and then for a long hour also in Caracas.", False),
    ],
)
def test_a_larger_place_right_behind_holds_the_one_before(text, expected):
    seen = look(text)
    assert holds(text, *seen.mentions[:2]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tiros en El Cementerio de la Cota 905.", True),
        ("Tiros en El Cementerio y la Cota 905.", False),
        ("Tiros en El Cementerio, la Cota 905.", False),
        ("Tiros en El Rosal de la Cota 905.", False),  # it lies elsewhere
    ],
)
def test_a_place_that_another_is_said_to_be_of_holds_it(text, expected):
    seen = look(text, "es")
    assert holds(text, *seen.mentions[:2]) is expected


def test_in_a_list_the_larger_place_holds_nothing():
    text = "Shots in Hospital Pérez Carreño, La Vega and Cota 905."
    assert not holds(text, *look(text).mentions[:3])


def test_a_place_that_was_not_found_lies_in_nothing():
    seen = look("Shots in Cota 905, Caracas.")
    assert rank_of(None) == 0
    assert rank_of(seen.mentions[0].place) < rank_of(seen.mentions[1].place)


def test_what_holds_the_end_of_a_flight_is_no_end_itself():
    seen = look("Families fled to Hospital Pérez Carreño, in La Vega.")
    judged = dict.fromkeys(seen.spots, Judgement("destination", 1.0, {}, ()))
    verdicts = verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    assert [verdicts[index].role for index in sorted(verdicts)] == [Role.DESTINATION, Role.CONTEXT]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shots in Hospital Pérez Carreño, on the slopes of La Vega.", True),
        ("Shots in Hospital Pérez Carreño, already part of La Vega.", True),
        ("Shots in Hospital Pérez Carreño, and a while after in La Vega.", False),
        ("Shots in Hospital Pérez Carreño; later in La Vega.", False),
        ("Shots in Hospital Pérez Carreño, another 2 in La Vega.", False),
        ("Shots in Cota 905, on the slopes of La Vega.", False),  # it lies elsewhere
        ("Shots in La Vega, by the doors of Hospital Pérez Carreño.", False),
    ],
)
def test_a_larger_place_may_describe_where_the_one_before_lies(text, expected):
    assert describes(text, *look(text).mentions[:2]) is expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("battle", "battle"), [Role.CLASH, Role.CONTEXT]),
        (("context", "battle"), [Role.CONTEXT, Role.CLASH]),  # what happened has to have a place
        (("arrests", "battle"), [Role.OTHER_INCIDENT, Role.CLASH]),
    ],
)
def test_a_description_has_no_event_beside_that_of_the_place_described(labels, expected):
    seen = look("Shots in Hospital Pérez Carreño, on the slopes of La Vega.")
    judged = {index: Judgement(label, 1.0, {}, ()) for index, label in enumerate(labels)}
    verdicts = verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    assert [verdicts[index].role for index in sorted(verdicts)] == expected


def roles(text, language="es"):
    """Return the roles of a text's mentions where each is judged to be a battle."""
    seen = look(text, language)
    judged = {index: Judgement("battle", 1.0, {"battle": 1.0}, ()) for index in range(len(seen.mentions))}
    verdicts = verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    return [verdicts[index].role for index in range(len(seen.mentions))]


@pytest.mark.parametrize(
    "text",
    [
        "Hubo tiros en la avenida Baralt, a la altura de El Rosal.",
        "There were shots on Avenida Baralt, at the height of El Rosal.",
    ],
)
def test_a_road_is_not_the_scene_where_a_place_on_it_is_told(text):
    assert roles(text, "es" if "tiros" in text else "en") == [Role.CONTEXT, Role.CLASH]


def test_a_road_beside_another_scene_is_one():
    assert roles("Hubo tiros en la avenida Baralt y en El Rosal.") == [Role.CLASH, Role.CLASH]


def test_what_a_place_lies_on_the_slopes_of_sees_nothing_by_itself():
    assert roles("Hubo tiros en El Cementerio, en lo alto de la Cota 905.") == [Role.CLASH, Role.CONTEXT]


def roles_of(text, *labels):
    """Return the role of each mention, which the models take for ``labels``."""
    seen = look(text, "es")
    judged = {index: Judgement(label, 0.9, {label: 0.9}, ()) for index, label in enumerate(labels)}
    return [one.role for _, one in sorted(verdicts_on(judged, seen.sentences, seen.mentions, seen.frames).items())]


@pytest.mark.parametrize("link", [", en", ", en la parroquia"])
def test_of_a_place_that_nobody_knows_the_one_that_holds_it_saw_the_event(link):
    text = f"Un hombre fue asesinado en el sector Pinares{link} La Vega."
    assert roles_of(text, "attack", "context") == [Role.CLASH, Role.CLASH]


@pytest.mark.parametrize("rest", [". En La Vega hay clases", ", frente a La Vega"])
def test_another_place_does_not_stand_for_one_that_nobody_knows(rest):
    assert roles_of(f"Un hombre fue asesinado en el sector Pinares{rest}.", "attack", "context")[1] is Role.CONTEXT


def test_a_place_that_denies_the_event_does_not_stand_for_one_that_nobody_knows():
    text = "Un hombre fue asesinado en el sector Pinares, en La Vega."
    assert roles_of(text, "attack", "denied")[1] is Role.CONTEXT


def test_a_region_holds_the_town_before_it():
    text = "They went to Cúa, in the Tuy valleys."
    town = Place("cua", "Cúa", "city", -66.88, 10.16, in_area=False)
    region = Place("tuy", "Valles del Tuy", "area", None, None, in_area=False)
    assert holds(text, mention(text, "Cúa", town), mention(text, "the Tuy valleys", region))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tiros en el kilómetro 7 de la carretera vieja.", True),
        ("Shots near kilometre 7 on the carretera vieja.", True),
        ("Tiros en el kilómetro 7 y en la carretera vieja.", False),
        ("Tiros en el sector Siete de la carretera vieja.", False),  # a neighbourhood may be told beside its road
    ],
)
def test_a_road_only_says_of_which_one_a_kilometre_is(text, expected):
    words = "sector Siete" if "Siete" in text else text[text.index("kil") :][:11]
    spot = mention(text, words, Place("spot", words, "sector", None, None))
    road = mention(text, "carretera vieja", Place("road", "Carretera Vieja", "highway", None, None))
    assert holds(text, spot, road) is expected
