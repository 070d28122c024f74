"""Which ends make one movement, and which way it goes, whatever the tables make of the mentions."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events import understand
from mapper.events.movements import find_flows
from mapper.events.passages import numbers_in
from mapper.events.verdicts import verdicts_on
from mapper.events.weights import Judgement
from mapper.model import MovementKind, Role


def flows(text: str, *labels: str, language: str = "en") -> list[tuple[MovementKind, list[str], list[str]]]:
    """Return (kind, origins, destinations) of each flow of a text whose mentions have these labels."""
    seen = look(text, language)
    judged = {index: Judgement(label, 1.0, {label: 1.0}, ()) for index, label in enumerate(labels)}
    verdicts = verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    found = find_flows(seen.sentences, seen.spots, verdicts, (seen.mentions, numbers_in(seen.reading), seen.sight))
    return [
        (flow.kind, *([seen.mentions[i].text for i in flow.ends[role]] for role in (Role.ORIGIN, Role.DESTINATION)))
        for flow in found
    ]


def test_a_flow_without_an_origin_starts_where_the_one_before_it_did():
    told = flows(
        "Families fled from Cota 905 to La Pastora. Others fled to El Valle.", "origin", "destination", "destination"
    )
    assert [ends for _, *ends in told] == [[["Cota 905"], ["La Pastora"]], [["Cota 905"], ["El Valle"]]]


def test_an_origin_told_after_the_destination_is_that_of_the_same_flight():
    text = "Families fled to La Pastora; others fled to El Valle. They had escaped from Cota 905 by night."
    told = flows(text, "destination", "destination", "origin")
    assert [ends for _, *ends in told[:2]] == [[["Cota 905"], ["La Pastora"]], [["Cota 905"], ["El Valle"]]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Families fled from Cota 905 to La Pastora. From there they went on to El Valle."),
        ("es", "Huyeron de la Cota 905 hasta La Pastora. De allí siguieron a El Valle."),
        ("es", "Huyeron de la Cota 905 hasta La Pastora. Allí tomaron un autobús a El Valle."),
    ],
)
def test_who_goes_on_from_there_only_passed_by(language, text):
    assert flows(text, "origin", "destination", "destination", language=language) == [
        (MovementKind.DISPLACEMENT, ["Cota 905"], ["El Valle"])
    ]


def test_other_people_do_not_go_on_from_where_the_first_went():
    told = flows(
        "Families fled from Cota 905 to La Pastora. Later other families fled to El Valle.",
        *("origin", "destination", "destination"),
    )
    assert [ends for _, *ends in told] == [[["Cota 905"], ["La Pastora"]], [["Cota 905"], ["El Valle"]]]


def test_who_goes_to_where_the_shots_were_goes_back():
    text = (
        "Police and a gang exchanged fire in Cota 905. Families spent the night in a hall and went to Cota 905 later."
    )
    assert [(kind, *ends) for kind, *ends in flows(text, "battle", "destination")] == [
        (MovementKind.RETURN, [], ["Cota 905"])
    ]


def test_the_home_of_who_speaks_in_confidence_is_not_where_others_came_from():
    text = (
        'Families fled to La Pastora. "We left Cota 905 at night," said a displaced resident of Cota 905, '
        "who asked not to be identified."
    )
    told = flows(text, "destination", "origin", "origin")
    assert told[0][1:] == ([], ["La Pastora"])


def test_an_origin_told_far_behind_belongs_to_another_flight():
    calm = "The market opened. The band played on. It rained. " * 2
    told = flows(f"Families fled to La Pastora. {calm}Families fled from Cota 905.", "destination", "origin")
    assert told[0][1:] == ([], ["La Pastora"])


def movements(monkeypatch: pytest.MonkeyPatch, text: str, *labels: str) -> list[tuple[list[str], list[str]]]:
    """Return (origins, destinations) of each movement of a text whose mentions have these labels."""
    seen = look(text)
    judged = {index: Judgement(label, 1.0, {label: 1.0}, ()) for index, label in enumerate(labels)}
    monkeypatch.setattr("mapper.events.judge", lambda spots, passages, **_: judged)
    found = understand(seen.reading, seen.mentions).movements
    return [([one.name for one in told.origins], [one.name for one in told.destinations]) for told in found]


def test_a_flight_that_is_told_again_without_its_destination_is_one(monkeypatch):
    text = (
        "Families fled from Cota 905 to La Pastora.\n\nThe market opened.\n\nIt rained.\n\n"
        "Those who fled from Cota 905 carried mattresses."
    )
    assert movements(monkeypatch, text, "origin", "destination", "origin") == [(["Cota 905"], ["La Pastora"])]


def test_a_sentence_that_names_no_end_makes_no_movement_of_an_origin_lent_to_it(monkeypatch):
    text = (
        "Families fled from Cota 905 to La Pastora on 2 July.\n\nThe market opened.\n\nIt rained.\n\n"
        "On Wednesday residents had to flee once more."
    )
    assert movements(monkeypatch, text, "origin", "destination") == [(["Cota 905"], ["La Pastora"])]


def test_who_comes_to_where_others_fled_from_returns():
    told = flows(
        "Families fled from Cota 905 to La Pastora. Others fled on Sunday, uphill, to Cota 905.",
        "origin",
        "destination",
        "destination",
    )
    assert told[1] == (MovementKind.RETURN, [], ["Cota 905"])


def test_those_displaced_from_a_place_fled_it_wherever_they_are_told_of():
    told = flows("In La Pastora sleep eight families displaced from Cota 905.", "destination", "destination")
    assert [ends for _, *ends in told] == [[["Cota 905"], ["La Pastora"]]]


def test_parts_of_an_origin_named_in_brackets_are_of_the_same_flow():
    text = "Salieron 64 hogares de la Cota 905 (sectores La Vega y La Pastora) hacia El Valle."
    told = flows(text, "origin", "origin", "origin", "destination", language="es")
    assert [ends for _, *ends in told] == [[["Cota 905", "La Vega", "La Pastora"], ["El Valle"]]]


def test_places_that_share_out_the_same_people_are_ends_of_one_flow():
    told = flows("From Cota 905 they went to: La Pastora (21), El Valle (14).", "origin", "destination", "destination")
    assert [ends for _, *ends in told] == [[["Cota 905"], ["La Pastora", "El Valle"]]]


def test_a_destination_told_in_words_of_its_own_is_of_another_flow():
    told = flows(
        "From Cota 905 some went to La Pastora and others slept in El Valle.", "origin", "destination", "destination"
    )
    assert [ends for _, *ends in told] == [[["Cota 905"], ["La Pastora"]], [["Cota 905"], ["El Valle"]]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("At least three gunmen fled on Friday.", 0),
        ("Police said thirty families fled on Friday.", 1),
        ("Thirty families fled on Friday.", 1),
    ],
)
def test_gunmen_who_run_are_not_displaced(text, told):
    assert len(flows(text)) == told


class Tied:
    """A sight that ties everybody to the first number of the report."""

    def answers(self, head: str, indices: list[int]) -> dict[str | int, float]:
        return {"none": 0.1, 0: 0.9}


def counted(text: str, *labels: str) -> list[int | None]:
    """Return the people of each flow where the network ties all of them to the first number."""
    seen = look(text)
    judged = {index: Judgement(label, 1.0, {label: 1.0}, ()) for index, label in enumerate(labels)}
    verdicts = verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    found = find_flows(seen.sentences, seen.spots, verdicts, (seen.mentions, numbers_in(seen.reading), Tied()))
    return [flow.people.value.best if flow.people else None for flow in found]


def test_a_number_told_in_a_sentence_of_its_own_counts_those_the_network_ties_it_to():
    text = "They were 300 in all. Neighbours fled from Cota 905 to El Valle."
    assert counted(text, "origin", "destination") == [300]


def test_a_number_told_of_one_flow_counts_no_other():
    text = "Some 300 people fled from Cota 905 to El Valle. Neighbours fled from La Vega to La Pastora."
    assert counted(text, "origin", "destination", "origin", "destination") == [300, None]


@pytest.mark.parametrize(("behind", "people"), [("another 60 to La Pastora", 60), ("others to La Pastora", None)])
def test_those_of_one_sentence_are_counted_where_they_went(behind, people):
    text = f"Some 300 people fled from Cota 905 to El Valle and {behind}."
    assert counted(text, "origin", "destination", "destination") == [300, people]


def test_who_was_shot_is_not_who_fled():
    text = "Two men were wounded there. Neighbours fled from Cota 905 to El Valle."
    assert counted(text, "origin", "destination") == [None]


def test_nobody_moves_where_a_sound_is_heard():
    assert flows("Shots rang out as far as La Pastora.", "destination") == []


def test_soldiers_who_march_off_are_not_displaced():
    assert flows("The soldiers drove away from El Valle to La Pastora.", "origin", "destination") == []


@pytest.mark.parametrize(
    "text",
    [
        "Three people were evacuated to a clinic, where one of them died.",
        "Two sisters who had been kidnapped fled and were freed on Friday.",
        "Two sisters returned home on Friday.",
        "A bakery and two grocers were emptied in an hour.",
    ],
)
def test_the_wounded_the_freed_the_looted_and_those_who_come_home_are_no_flight_of_their_own(monkeypatch, text):
    assert movements(monkeypatch, text) == []


def test_a_flight_starts_where_violence_was_last_told_of(monkeypatch):
    text = (
        "Gunmen and police traded fire in La Vega on Monday. The market opened. The band played on.\n\n"
        "Gunmen and police traded fire in El Valle on Friday. Nine families fled to La Pastora."
    )
    assert (["El Valle"], ["La Pastora"]) in movements(monkeypatch, text, "battle", "battle", "destination")


def test_who_goes_on_after_some_days_has_fled_to_where_the_way_ends():
    text = "Families fled from Cota 905 to La Pastora and, three nights later, to El Valle."
    told = flows(text, "origin", "destination", "destination")
    assert [ends for _, *ends in told] == [[["Cota 905"], ["El Valle"]]]


def test_who_is_found_lodged_in_the_next_sentence_fled(monkeypatch):
    text = "Nine families fled Cota 905 on Wednesday. All of them were taken by bus to La Pastora."
    assert movements(monkeypatch, text, "origin", "destination") == [(["Cota 905"], ["La Pastora"])]


@pytest.mark.parametrize(
    "text",
    [
        "Residents of Cota 905 went back home on Saturday after three nights in El Valle.",
        "People from Cota 905 returned on Sunday from El Valle.",
    ],
)
def test_a_return_leads_home_from_where_people_stayed(text):
    assert flows(text, "origin", "destination") == [(MovementKind.RETURN, ["El Valle"], ["Cota 905"])]


def test_who_came_home_had_lived_where_the_next_sentence_says():
    text = "Thirteen people have come home to Cota 905. They had lived in El Valle since June."
    told = flows(text, "destination", "origin")
    assert told[0] == (MovementKind.RETURN, ["El Valle"], ["Cota 905"])


def test_a_return_to_a_place_leads_there_whoever_goes():
    told = flows("Residents of Cota 905 went back to El Valle.", "origin", "destination")
    assert told == [(MovementKind.RETURN, ["Cota 905"], ["El Valle"])]


def test_who_cannot_go_back_has_fled():
    text = "Las familias que salieron de la Cota 905 no han podido regresar. La mayoría está en casas de El Valle."
    told = flows(text, "origin", "destination", language="es")
    assert told[-1] == (MovementKind.DISPLACEMENT, ["Cota 905"], ["El Valle"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Families came from Cota 905 and from El Cementerio with mattresses.", "en"),
        ("Las familias huyeron de la Cota 905 y de El Cementerio.", "es"),
    ],
)
def test_a_way_told_once_more_is_the_same_flight(text, language):
    told = flows(text, "origin", "origin", language=language)
    assert [origins for _, origins, _ in told] == [["Cota 905", "El Cementerio"]]


def test_who_had_fled_a_place_and_came_back_is_there_again():
    told = flows("Forty families who had fled Cota 905 returned on Sunday.", "origin")
    assert told == [(MovementKind.RETURN, [], ["Cota 905"])]


def test_who_fled_and_cannot_come_back_has_fled():
    told = flows("Forty families who had fled Cota 905 have not returned.", "origin")
    assert told == [(MovementKind.DISPLACEMENT, ["Cota 905"], [])]


@pytest.mark.parametrize(
    ("places", "origins"),
    [
        ("Cota 905, La Vega and El Valle", ["Cota 905", "La Vega", "El Valle"]),
        ("Cota 905, and a grenade went off in El Valle", []),
    ],
)
def test_who_flees_from_fighting_in_a_list_of_places_flees_from_all(monkeypatch, places, origins):
    text = f"Police and a gang fought in {places}. Families fled to La Pastora."
    labels = ["battle"] * max(len(origins), 2) + ["destination"]
    assert movements(monkeypatch, text, *labels) == [(origins, ["La Pastora"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sixty families left Cota 905. Some went to El Valle, others to La Pastora."),
        ("es", "Sesenta familias dejaron la Cota 905. Algunas fueron a El Valle y otras a La Pastora."),
        ("en", "Sixty families fled Cota 905: most went to El Valle and the rest to La Pastora."),
    ],
)
def test_a_counted_group_of_which_some_go_elsewhere_is_one_movement(language, text):
    found = flows(text, "origin", "destination", "destination", language=language)
    assert [ends for _, *ends in found if ends[1]] == [[["Cota 905"], ["El Valle", "La Pastora"]]]


@pytest.mark.parametrize(
    "text",
    [
        "Some left Cota 905 for El Valle. Others went to La Pastora.",  # nobody counts the whole
        "Sixty families left Cota 905. Some went to El Valle. Another 20 families went to La Pastora.",
        "A group of twenty people fled Cota 905 to El Valle. Other families went to La Pastora.",
    ],
)
def test_those_who_are_no_part_of_a_counted_group_move_on_their_own(text):
    found = flows(text, "origin", "destination", "destination")
    assert [ends[1] for _, *ends in found if ends[1]] == [["El Valle"], ["La Pastora"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They left Cota 905 for El Valle or for La Pastora."),
        ("es", "Huyeron de la Cota 905: durmieron en El Valle y en iglesias de La Pastora."),
    ],
)
def test_a_way_told_once_more_leads_to_one_more_end(language, text):
    found = flows(text, "origin", "destination", "destination", language=language)
    assert [ends for _, *ends in found] == [[["Cota 905"], ["El Valle", "La Pastora"]]]
