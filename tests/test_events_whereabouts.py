"""Where an event happened that another sentence tells of."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.lists import lists_in
from mapper.events.verdicts import verdicts_on
from mapper.events.weights import Judgement
from mapper.events.whereabouts import corrected, going_on, happened_at, refuted
from mapper.model import Assertion, Role


def places(text, language="en"):
    seen = look(text, language)
    return [seen.mentions[index].text for index in happened_at(seen.sentences, seen.frames, seen.mentions)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gunmen opened fire at a bar on Sunday. The attack took place in Cota 905."),
        ("en", "Gunmen opened fire at a bar. Three died there. It happened at dawn in Cota 905, near El Valle."),
        ("es", "Hombres armados dispararon contra un bar. El hecho se registró la noche del lunes en la Cota 905."),
        ("es", "Hombres armados dispararon contra un bar.\n\nOcurrió a las nueve en la Cota 905."),
        ("es", "Hombres armados dispararon contra un bar. El domingo ocurrió en la Cota 905."),
        (
            "es",
            "Hubo un tiroteo. El hecho se registró en la Cota 905, cuando la comisión pretendía capturar a un hombre.",
        ),
        ("es", "Dos hombres fueron abatidos. El procedimiento tuvo lugar en la Cota 905."),
        ("es", "Fue dado de baja alias El Chino. El hecho ocurrió en la Cota 905."),
    ],
)
def test_an_event_told_before_happened_at_the_first_place_behind_the_verb(language, text):
    assert places(text, language) == ["Cota 905"]


def test_the_event_that_took_place_is_the_one_told_before_and_not_what_came_of_it():
    seen = look("Gunmen opened fire. The incident took place in Cota 905, where two men were arrested.")
    assert all(frame.is_clash for frame in happened_at(seen.sentences, seen.frames, seen.mentions).values())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gunmen opened fire at a bar. The match took place in Cota 905."),
        ("en", "People sang. It happened in Cota 905."),
        ("en", "Gunmen opened fire. It rained. It rained. It rained. It happened in Cota 905."),
        ("en", "Gunmen opened fire at a bar. It could have happened in Cota 905."),
        ("en", "Gunmen opened fire at a bar. In 2016 it happened in Cota 905."),
        ("en", "Gunmen opened fire at a bar. It did not happen in Cota 905."),
        ("es", "Hombres armados dispararon. El lunes ocurrió un choque en la Cota 905."),
        ("es", "Hombres armados dispararon. El hecho se registró cerca de una banda de la Cota 905."),
    ],
)
def test_what_has_its_own_subject_or_no_event_before_it_happened_elsewhere(language, text):
    assert places(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thu 22. Cota 905: shots between a gang and police."),
        ("en", "08:30 - Cota 905: shots between a gang and police."),
        ("en", "Cota 905 woke to closed shops. Gunmen fired on three men there."),
        ("es", "La Cota 905 amaneció cerrada. Allí dispararon contra tres hombres."),
    ],
)
def test_an_event_is_where_its_heading_or_there_points(language, text):
    assert places(text, language) == ["Cota 905"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Cota 905 woke to closed shops. There was gunfire all night."),
        ("en", "Cota 905 and El Valle woke to closed shops. Gunmen fired on three men there."),
        ("en", "A neighbour of Cota 905: shots between a gang and police."),
        ("es", "La Cota 905 amaneció cerrada. Allí rieron: «Dispararon en otro lado»."),
    ],
)
def test_there_points_to_one_place_and_is_no_mere_subject(language, text):
    assert places(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He was shot in El Valle, not in Cota 905."),
        ("es", "Le dispararon en El Valle, no en la Cota 905."),
        ("es", "El tiroteo fue en El Valle y no en la Cota 905."),
    ],
)
def test_a_place_that_is_taken_back_is_the_wrong_one(language, text):
    assert corrected(text, look(text, language).mentions) == {1: 0}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The clashes were not in El Valle but in Cota 905."),
        ("es", "La balacera no ocurrió en El Valle, sino en la Cota 905."),
        ("es", "La balacera no ocurrió en El Valle, como informamos ayer, sino en la Cota 905."),
        ("es", "Fe de erratas. Dijimos que la balacera ocurrió en El Valle. En realidad fue en la Cota 905."),
        ("en", "We reported that the shooting took place in El Valle. It was in fact in Cota 905."),
    ],
)
def test_a_place_set_right_has_the_event_and_the_wrong_one_is_denied(language, text):
    seen = look(text, language)
    battle = Judgement("battle", 0.9, {"battle": 0.9, "context": 0.1}, ())
    quiet = Judgement("context", 0.9, {"battle": 0.1, "context": 0.9}, ())
    found = verdicts_on({0: battle, 1: quiet}, seen.sentences, seen.mentions, seen.frames)
    assert [(found[index].role, found[index].assertion) for index in (0, 1)] == [
        (Role.CONTEXT, Assertion.DENIED),
        (Role.CLASH, Assertion.NONE),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It was calm in El Valle but in Cota 905 shots rang out.",
        "Not El Valle, Cota 905.",
        "Gunmen opened fire in El Valle. It was worse in Cota 905.",
    ],
)
def test_a_place_that_nothing_denies_is_not_set_right(text):
    assert corrected(text, look(text).mentions) == {}


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("es", "Siguen los tiroteos en la Cota 905. Hay clases en El Valle.", ["Cota 905"]),
        ("es", "Segundo día de plomo en Cota 905, La Vega y El Valle.", ["Cota 905", "La Vega", "El Valle"]),
        ("en", "Heavy gunfire in Cota 905. The shops of El Valle are shut.", ["Cota 905"]),
        ("en", "Shooting continues in Cota 905 and La Vega.", ["Cota 905", "La Vega"]),
        ("es", "Reportan tiros en la Cota 905. El Metro cerró.", ["Cota 905"]),
        ("es", "Reportan tiros en la Cota 905. La policía lo desmintió.", []),
        ("es", "No hubo nuevos tiroteos en la Cota 905.", []),
        ("es", "Vecinos temen nuevos tiroteos en la Cota 905.", []),
        ("es", "Siguen las clases en la Cota 905.", []),
    ],
)
def test_a_short_line_says_where_fighting_goes_on(language, text, named):
    seen = look(text, language)
    found = going_on(seen.sentences, seen.frames, seen.mentions, lists_in(text, seen.mentions))
    assert [seen.mentions[index].text for index in found] == named


@pytest.mark.parametrize("label", ["context", "rumoured"])
def test_what_the_models_take_for_a_mere_mention_is_an_event_where_fighting_goes_on(label):
    seen = look("Siguen los tiroteos en la Cota 905.", "es")
    verdicts = verdicts_on(
        {0: Judgement(label, 0.9, {label: 0.9, "battle": 0.1}, ())}, seen.sentences, seen.mentions, seen.frames
    )
    assert verdicts[0].role is Role.CLASH


def test_fighting_that_the_models_take_for_denied_stays_so():
    seen = look("Siguen los tiroteos en la Cota 905.", "es")
    verdicts = verdicts_on({0: Judgement("denied", 1.0, {}, ())}, seen.sentences, seen.mentions, seen.frames)
    assert verdicts[0].assertion is Assertion.DENIED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gunmen opened fire on nine men. The attacks took place in Cota 905, El Valle and La Pastora."),
        ("es", "Hombres armados mataron a nueve. Los hechos ocurrieron en la Cota 905, El Valle y La Pastora."),
    ],
)
def test_events_told_before_happened_at_all_places_of_a_list(language, text):
    assert places(text, language) == ["Cota 905", "El Valle", "La Pastora"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We said that two died in El Valle. It was in Cota 905, not El Valle. El Valle is calm."),
        ("es", "Dijimos que murieron dos en El Valle. Fue en la Cota 905, no en El Valle. El Valle está en calma."),
    ],
)
def test_a_place_that_is_taken_back_was_wrong_where_it_was_told(language, text):
    assert corrected(text, look(text, language).mentions) == {2: 1, 0: 1}


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("es", "Reportaron disparos en la Cota 905. La policía dijo que eran fuegos artificiales.", Role.CONTEXT),
        ("en", "Residents reported gunfire in Cota 905. Police said it was fireworks.", Role.CONTEXT),
        ("es", "Reportaron disparos en la Cota 905. En la plaza lanzaron fuegos artificiales.", Role.CLASH),
        ("es", "Murió un hombre en la Cota 905. Lo que trajo el circo fueron fuegos artificiales.", Role.CLASH),
    ],
)
def test_what_turns_out_to_be_fireworks_is_no_fight(language, text, role):
    seen = look(text, language)
    judged = {index: Judgement("battle", 1.0, {"battle": 1.0}, ()) for index in range(len(seen.mentions))}
    assert verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)[0].role is role


@pytest.mark.parametrize(
    ("text", "found"),
    [("It is El Rosal, not Cota 905, he said.", {}), ("It was in El Rosal, not Cota 905, he said.", {1: 0})],
)
def test_only_where_something_was_is_set_right_by_naming_where_it_was_not(text, found):
    seen = look(text)
    assert corrected(text, seen.mentions) == found


@pytest.mark.parametrize(
    ("language", "verdict", "is_false"),
    [
        ("en", "False. Nothing happened there.", True),
        ("en", "That is not true, the mayor said.", True),
        ("es", "Es falso, según la alcaldía.", True),
        ("es", "Mentira.", True),
        ("es", "Es falso que estuvieran armados.", False),
        ("en", "False alarms were many.", False),
    ],
)
def test_a_claim_is_taken_back_by_the_sentence_behind_it(language, verdict, is_false):
    claim = {"en": '"Gunmen killed five people in Cota 905."', "es": '"Mataron a cinco personas en la Cota 905".'}
    assert refuted(look(f"{claim[language]} {verdict}", language).sentences) == ({0} if is_false else set())
    assert refuted(look(f"{claim[language]}\n\n{verdict}", language).sentences) == set()
