"""What is seen around a mention: words and cues, their distance, lists and ties, and never which place it is."""

from __future__ import annotations

import pytest
from events_kit import look
from hypothesis import given
from hypothesis import strategies as st

from mapper.events.glance import Sight
from mapper.events.neighbours import second_look
from mapper.events.verdicts import judge
from mapper.events.weights import Judgement, load_weights

SETTLED = ("Cota 905", "El Rosal", "El Cementerio")
PARISHES = ("La Vega", "El Valle", "La Pastora")
SENTENCES = [
    ("Police and a gang fought in {} on Friday; {} stayed calm.", "en"),
    ("Families fled from {} to {}, neighbours said.", "en"),
    ("No hubo disparos en {}, pero tres personas murieron en {}.", "es"),
    ("Vecinos de {}, {} y otros sectores temen otro tiroteo.", "es"),
    ("{}: balacera. {}: calma.", "es"),
]


def judged(label: str, share: float = 0.9) -> Judgement:
    return Judgement(label, share, {label: share, "context": 1 - share}, ())


@pytest.mark.parametrize(("sentence", "language"), SENTENCES)
@pytest.mark.parametrize("group", [SETTLED, PARISHES])
def test_another_place_of_the_same_kind_looks_the_same_and_is_judged_the_same(sentence, language, group):
    first, second, third = group
    one, other = look(sentence.format(first, second), language), look(sentence.format(third, first), language)
    assert [spot.features for spot in one.spots.values()] == [spot.features for spot in other.spots.values()]
    assert judge(one.spots, one.sight) == judge(other.spots, other.sight)


@pytest.mark.parametrize("sentence", [sentence for sentence, language in SENTENCES if language == "es"])
def test_a_name_that_is_also_a_word_says_nothing_about_its_neighbours(sentence):
    one, other = (
        look(sentence.format("El Rosal", "El Cementerio"), "es"),
        look(sentence.format("El Rosal", "El Rosal"), "es"),
    )
    assert one.features("El Rosal") == other.features("El Rosal")


@given(
    st.permutations(SETTLED), st.sampled_from(["{} and {} and {}", "shots in {}, {} and {}.", "From {} to {}\n\nby {}"])
)
def test_the_order_of_like_places_changes_nothing(names, sentence):
    usual, other = look(sentence.format(*SETTLED)), look(sentence.format(*names))
    assert [spot.features for spot in usual.spots.values()] == [spot.features for spot in other.spots.values()]


def test_no_word_of_a_place_is_seen():
    seen = " ".join(
        feature
        for spot in look("Shots in Cota 905 and El Rosal, near La Vega.").spots.values()
        for feature in spot.features
    )
    assert [word for word in ("cota", "905", "rosal", "vega") if word in seen.lower()] == []


@pytest.mark.parametrize(("sentence", "language"), SENTENCES)
def test_features_are_short_lines_that_a_person_can_read_each_once(sentence, language):
    for spot in look(sentence.format("Cota 905", "La Vega"), language).spots.values():
        assert [one for one in spot.features if not one.isprintable() or not 2 < len(one) < 100] == []
        assert len(set(spot.features)) == len(spot.features)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The battle Cota 905 saw.", "battle right before"),
        ("Gunmen fought in Cota 905.", "battle near before"),
        ("Gunmen fought officers of an elite unit in Cota 905.", "battle farther before"),
        ("Gunmen fought officers of a new elite unit of some twenty men for hours in Cota 905.", "battle far before"),
        ("Cota 905 fought gunmen.", "battle right after"),
        ("Cota 905 saw how gunmen fought police.", "battle near after"),
    ],
)
def test_a_cue_says_its_side_and_how_near_it_stands(text, expected):
    features = look(text).features("Cota 905")
    battles = [one for one in features if one.split()[0] == "battle" and one.split()[-1] in {"before", "after"}]
    assert [one for one in battles if len(one.split()) == 3] == [expected]


def test_a_denied_cue_says_so():
    assert "no gunfire in clause" in look("No hubo disparos en La Vega.", "es").features("La Vega")
    assert "no gunfire in clause" not in look("Hubo disparos en La Vega.", "es").features("La Vega")


@pytest.mark.parametrize(
    ("text", "language", "words", "lead"),
    [
        ("Families fled from Cota 905.", "en", "Cota 905", "from_place"),
        ("Families fled to El Valle.", "en", "El Valle", "to_place"),
        ("Huyeron hacia El Valle.", "es", "El Valle", "to_place"),
        ("Hubo disparos en El Valle.", "es", "El Valle", "in_place"),
        ("It happened in the gang's fief, said a resident of El Valle.", "en", "El Valle", "residence"),
    ],
)
def test_the_words_that_lead_to_a_place_are_seen_as_what_they_mean(text, language, words, lead):
    features = look(text, language).features(words)
    assert any(one.startswith(f"{lead} + clause of") for one in features)


def test_a_list_shares_what_leads_to_its_first_place():
    seen = look("Families fled from Cota 905, El Rosal and El Cementerio to El Valle.")
    spots = {mention.text: seen.spots[index] for index, mention in enumerate(seen.mentions)}
    assert [spots[name].listed for name in ("Cota 905", "El Rosal", "El Cementerio", "El Valle")] == [-1, 0, 1, -1]
    for name in ("El Rosal", "El Cementerio"):
        assert {"in a list", "list after 'from'", "from_place leads to it"} <= set(spots[name].features)
    assert {"in a list", "list after 'from'"} & set(spots["El Valle"].features) == set()


@pytest.mark.parametrize("between", [". In ", " (not ", "; "])
def test_what_closes_a_sentence_or_clause_closes_a_list(between):
    seen = look(f"Shots in Cota 905{between}El Rosal, the mayor said")
    assert seen.spots[seen.index("El Rosal")].listed == -1


def test_a_place_is_tied_to_the_word_that_governs_it():
    features = look("Un tiroteo en la Cota 905 asustó a una vecina de El Valle.", "es")
    assert "governed by ~tirote en" in features.features("Cota 905")
    assert "governed by ~vecina de" in features.features("El Valle")


def test_neighbouring_sentences_count_only_within_the_paragraph():
    near = look("Police fought a gang. It was in Cota 905. Two died.").features("Cota 905")
    apart = look("Police fought a gang.\n\nIt was in Cota 905.\n\nTwo died.").features("Cota 905")
    assert {"battle in sentence before", "casualty in sentence after"} <= set(near)
    assert [one for one in apart if "sentence before" in one or "sentence after" in one] == []
    assert "opens paragraph" in apart
    assert "opens paragraph" not in near


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Cota 905", ["Cota 905"], {"'|' before", "'|' after", "place 1 of 1", "first sentence"}),
        ("Cota 905 burns", ["Cota 905"], {"'|' before", "'burns' after"}),
        ("Fire in Cota 905", ["Cota 905"], {"'in' before", "'|' after"}),
    ],
)
def test_places_at_the_edges_of_a_text(text, words, expected):
    seen = look(text)
    assert [mention.text for mention in seen.mentions] == words
    assert expected <= set(seen.features(words[0]))


@pytest.mark.parametrize("text", ["", "\n\n", "x", "Nothing happened anywhere."])
def test_a_text_without_places_has_nothing_to_see(text):
    assert (look(text).spots, look(text).passages, second_look({}, {}), judge({}, Sight(()))) == ({}, [], {}, {})


def test_a_vague_area_that_overlaps_another_place_gets_a_look_of_its_own():
    seen = look("Huyeron al centro de la ciudad de Caracas.", "es")
    assert sorted(seen.spots) == list(range(len(seen.mentions)))
    assert all(seen.spots[index].features for index in seen.spots)


def test_the_second_look_sees_neighbours_list_and_the_same_place_elsewhere():
    seen = look("Shots in Cota 905 and El Rosal.\n\nCota 905 was calm later.")
    again = second_look(seen.spots, {0: judged("battle"), 1: judged("attack"), 2: judged("denied", 0.6)})
    assert {
        "first look: battle 0.9",
        "no place before",
        "attack after, same sentence",
        "attack after, same list",
    } <= set(again[0])
    assert {"same place: denied", "attack told elsewhere", "denied told elsewhere"} <= set(again[0])
    assert {"battle before, same list", "maybe attack"} <= set(again[1])
    assert {"first look: denied 0.6", "maybe context", "same place: battle", "no place after"} <= set(again[2])
    assert [one for one in again[2] if "same sentence" in one or "same list" in one] == []
    assert set(seen.spots[0].features) < set(again[0])


def test_what_the_tables_weigh_is_what_is_seen():
    """If the wording of features changes, the tables must be made again: most of a usual sentence must be known."""
    known = {feature for feature, _ in load_weights("first_look").rows()}
    features = look("Police and a gang fought in Cota 905 on Friday.").features("Cota 905")
    assert sum(one in known for one in features) > 0.8 * len(features)
