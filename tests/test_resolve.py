"""Which place a name means: by its generic word, its container, its neighbours and the report's frame."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest

from mapper.model import Mention, Precision, Reading, Report, Span, Status, Toponym
from mapper.places import Area, load_area, resolve

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def toy(toytown: Path) -> Area:
    return load_area(toytown)


def read(area: Area, marked: str, *, language: str = "en", title: str = "", **cues: str) -> Reading:
    """Return a reading of ``marked``, where [brackets] mark toponyms; ``cues`` gives class cues by name."""
    text, toponyms = "", []
    for part in re.split(r"(\[[^\]]*\])", marked):
        if part.startswith("["):
            name = part[1:-1]
            start = len(text)
            cue = cues.get(name.replace(" ", "_"), "")
            toponyms.append(Toponym(start, start + len(name), name, area.ids_named(name), cue))
        text += part.strip("[]") if part.startswith("[") else part
    linked = [
        dataclasses.replace(one, container_ids=other.place_ids)
        if text[one.end : other.start] in {", in ", ", en "}
        else one
        for one, other in zip(toponyms, [*toponyms[1:], Toponym(0, 0, "")], strict=True)
    ]
    ends = [m.end() for m in re.finditer(r"[.] ", text)] + [len(text) + 1]
    sentences = tuple(Span(a, b) for a, b in zip([0, *ends], ends, strict=False))
    return Reading(Report("r", text, title, language), sentences, tuple(linked))


def one(area: Area, marked: str, **options: str) -> Mention:
    """Return the first mention of ``marked``."""
    return resolve(read(area, marked, **options), area)[0]


def place_id(mention: Mention) -> str | None:
    return mention.place.place_id if mention.place else None


def test_a_name_only_one_place_has_is_that_place(toy: Area) -> None:
    mention = one(toy, "Shots were heard in [Plaza Mayor], Toytown.")
    assert (mention.status, place_id(mention)) == (Status.RESOLVED, "plaza-mayor")
    assert any("only place" in reason for reason in mention.reasons)


def test_there_is_one_mention_a_toponym_in_order(toy: Area) -> None:
    reading = read(toy, "[Alba] and [Nowhere] and [Brisa] in Toytown.")
    mentions = resolve(reading, toy)
    assert [(m.start, m.end, m.text) for m in mentions] == [(t.start, t.end, t.text) for t in reading.toponyms]


def test_an_unknown_name_is_not_found_and_says_why(toy: Area) -> None:
    mention = one(toy, "People of [Nowhere] fled from Toytown.")
    assert (mention.status, mention.place, mention.candidates) == (Status.NOT_FOUND, None, ())
    assert mention.reasons


@pytest.mark.parametrize(("cue", "expected"), [("street", "avenida-faro"), ("barrio", "el-faro"), ("", "el-faro")])
def test_the_generic_word_tells_an_avenue_from_a_barrio(toy: Area, cue: str, expected: str) -> None:
    assert place_id(one(toy, "Clashes at [El Faro] in Toytown.", El_Faro=cue)) == expected


def test_the_place_named_right_behind_decides(toy: Area) -> None:
    assert place_id(one(toy, "Clashes in [Los Pinos], in [Duna], Toytown.")) == "los-pinos-duna"
    assert place_id(one(toy, "Clashes in [Los Pinos], in [Alba], Toytown.")) == "los-pinos-alba"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Caracas: shots in [zona 3], en [Petare].", "jose-felix-ribas-zona-3"),
        ("Caracas: shots in [zona 3].", "jose-felix-ribas-zona-3"),
        ("Caracas: shots in [zona 3], en [23 de Enero].", None),
        ("Caracas: shots in [El Cementerio], en [El Paraíso].", "el-cementerio"),  # a name of its own stays that
        ("Shots in [Cota 905], in [Caracas].", "cota-905"),  # the city holds all of its places
    ],
)
def test_a_number_is_a_name_only_within_what_it_counts(caracas: Area, marked: str, expected: str | None) -> None:
    assert place_id(resolve(read(caracas, marked), caracas)[0]) == expected


@pytest.mark.parametrize(
    ("behind", "expected"),
    [("Petare", "el-carmen-petare"), ("La Dolorita", None)],  # nine bear the name, none of them in La Dolorita
)
def test_a_name_that_several_bear_is_not_one_that_lies_far_from_where_the_text_puts_it(
    caracas: Area, behind: str, expected: str | None
) -> None:
    mention = one(caracas, f"Caracas: a landslide in [El Carmen], en [{behind}].", El_Carmen="barrio")
    assert place_id(mention) == expected


def test_a_name_and_what_it_lies_in_are_the_name_of_a_place_together(caracas: Area) -> None:
    found = [
        place_id(one(caracas, f"Caracas: a rally at [Plaza Bolívar]{behind}."))
        for behind in ("", ", in [Chacao]", ", in [El Hatillo]")
    ]
    assert found == ["plaza-bolivar-de-caracas", "plaza-bolivar-de-chacao", "plaza-bolivar-de-el-hatillo"]


def test_a_force_that_only_the_home_country_has_speaks_of_it(caracas: Area) -> None:
    text = "{} investiga un homicidio en [El Paraíso]."
    plain, telling = (one(caracas, text.format(who), language="es") for who in ("La fiscalía", "El Cicpc"))
    assert (plain.status, telling.status) == (Status.OUTSIDE_AREA, Status.RESOLVED)


@pytest.mark.parametrize(
    ("who", "status"),
    [("Una OLP", Status.RESOLVED), ("La FAES", Status.RESOLVED), ("Un golpe", Status.OUTSIDE_AREA)],
)
def test_what_only_the_home_country_calls_so_speaks_of_it_where_a_word_begins(
    caracas: Area, who: str, status: Status
) -> None:
    assert one(caracas, f"{who} dejó dos muertos en [El Paraíso].", language="es").status is status


def test_the_city_named_right_behind_speaks_for_its_own_place(caracas: Area) -> None:
    alone, behind = (one(caracas, text) for text in ("Shots in [El Valle].", "Shots in [El Valle], in [Caracas]."))
    assert (alone.status, behind.status, place_id(behind)) == (
        Status.OUTSIDE_AREA,
        Status.RESOLVED,
        "el-valle-parish",
    )
    assert "in Caracas, named right behind it" in behind.reasons


@pytest.mark.parametrize(
    ("behind", "cue", "expected"),
    [
        ("La Vega", "street", "el-carmen-la-vega"),
        ("La Dolorita", "street", None),  # across the city
    ],
)
def test_a_street_is_not_taken_for_one_that_lies_far_from_where_the_text_puts_it(
    caracas: Area, behind: str, cue: str, expected: str | None
) -> None:
    reading = read(caracas, f"Caracas: shots in [El Carmen], en [{behind}].", El_Carmen=cue)
    assert place_id(resolve(reading, caracas)[0]) == expected


@pytest.mark.parametrize(
    "marked",
    ["Toytown: in [Duna] police entered, then [Los Pinos].", "Toytown: police left [Duna]. In [Los Pinos] too."],
)
def test_the_parish_named_in_the_sentence_or_report_decides(toy: Area, marked: str) -> None:
    assert place_id(resolve(read(toy, marked), toy)[1]) == "los-pinos-duna"


def test_what_lies_in_a_municipality_speaks_for_it(caracas: Area) -> None:
    mentions = resolve(read(caracas, "Caracas: shots in [Petare]. The police of [Sucre] came."), caracas)
    assert place_id(mentions[1]) == "sucre-municipality"


def test_a_certain_place_nearby_decides(toy: Area) -> None:
    mention = one(toy, "Toytown police went from [Los Pinos] to [Plaza Mayor].")
    assert place_id(mention) == "los-pinos-alba"
    assert "close to Plaza Mayor" in mention.reasons


def test_where_nothing_decides_all_are_listed(toy: Area) -> None:
    mention = one(toy, "Clashes in [Los Pinos] in Toytown.")
    assert (mention.status, mention.place) == (Status.AMBIGUOUS, None)
    assert {c.place_id for c in mention.candidates} == {"los-pinos-alba", "los-pinos-duna"}
    assert "Alba" in mention.reasons[-1]


def test_candidates_of_one_parish_resolve_to_the_parish(toy: Area) -> None:
    mention = one(toy, "Clashes in [El Muelle] in Toytown.")
    assert mention.status is Status.RESOLVED
    assert mention.place is not None
    assert (mention.place.parish, mention.place.precision) == ("Cala", Precision.PARISH)


def test_a_report_about_elsewhere_keeps_its_homonyms_there(toy: Area) -> None:
    abroad = "[Otherland] mourns. Two died in [Las Rocas] near [Grandport]."
    mentions = resolve(read(toy, abroad), toy)
    assert [place_id(m) for m in mentions] == ["country-ot", "las-rocas-ot", "grandport-ot"]
    assert {m.status for m in mentions} == {Status.OUTSIDE_AREA}


def test_the_same_name_in_a_report_about_home_lies_in_the_area(toy: Area) -> None:
    assert place_id(one(toy, "Two died in [Las Rocas], Toytown.")) == "las-rocas"


def test_a_homonym_without_a_namesake_abroad_is_not_put_in_the_area(toy: Area) -> None:
    mentions = resolve(read(toy, "[Otherland]: Two died in [Los Pinos]. The mayor of [Grandport] said so."), toy)
    assert (mentions[1].status, mentions[1].place) == (Status.OUTSIDE_AREA, None)


def test_a_title_sets_the_frame(toy: Area) -> None:
    assert place_id(one(toy, "Two died in [Las Rocas].", title="Violence in Toytown")) == "las-rocas"


def test_a_common_name_alone_in_an_english_report_is_not_enough(toy: Area) -> None:
    assert one(toy, "Two died in [Los Pinos].").status is not Status.RESOLVED


def test_a_vague_area_is_resolved_as_vague(toy: Area) -> None:
    mention = one(toy, "They fled to [downtown Toytown].")
    assert mention.place is not None
    assert mention.place.precision is Precision.VAGUE


def test_a_vague_id_wins_over_the_names_places(toy: Area) -> None:
    reading = read(toy, "They fled to [Alba] in Toytown.")
    vague = dataclasses.replace(reading, toponyms=(dataclasses.replace(reading.toponyms[0], vague_id="centro"),))
    assert place_id(resolve(vague, toy)[0]) == "centro"


def test_scores_lie_between_zero_and_one(toy: Area) -> None:
    mentions = resolve(
        read(toy, "Toytown: [Los Pinos], in [Alba], near [El Faro] and [Plaza Mayor].", Los_Pinos="barrio"), toy
    )
    assert all(0 <= m.score <= 1 and all(0 <= c.score <= 1 for c in m.candidates) for m in mentions)


def test_resolving_twice_gives_the_same(toy: Area) -> None:
    reading = read(toy, "Toytown: [Los Pinos], [Las Rocas], [El Faro], [Cala].")
    assert resolve(reading, toy) == resolve(reading, toy)


# --- Caracas ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Clashes in [La Vega], Caracas.", "la-vega-parish"),
        ("Gunfire in [Cota 905] and [El Cementerio].", "cota-905"),
        ("[Petare], in [Sucre], Caracas.", "petare-parish"),
        ("Police left [La Carlota] in Caracas.", "base-aerea-la-carlota"),
        ("The gang of [Elevation 905] in Caracas.", "cota-905"),
        ("They fled to the [city's downtown plazas] of Caracas.", "centro-de-caracas"),
        ("The mayor of [Libertador] spoke in Caracas.", "libertador-municipality"),
        ("A protest in [Chacao], Caracas.", "chacao-parish"),
    ],
)
def test_the_names_of_caracas(caracas: Area, marked: str, expected: str) -> None:
    assert place_id(one(caracas, marked)) == expected


def test_a_list_of_states_is_a_list_of_states(caracas: Area) -> None:
    mentions = resolve(read(caracas, "Venezuela: en [Anzoátegui], [Sucre] y [Mérida] llovió.", language="es"), caracas)
    assert [place_id(m) for m in mentions][:2] == ["anzoategui-state", "sucre-state"]


def test_la_vega_of_the_dominican_republic_stays_there(caracas: Area) -> None:
    text = '[La Vega], [Dominican Republic]: two men were shot near [Bonao]. "This is not Caracas", the mayor said.'
    mentions = resolve(read(caracas, text), caracas)
    assert {m.status for m in mentions} == {Status.OUTSIDE_AREA}


def test_names_in_a_bogota_report_stay_in_bogota(caracas: Area) -> None:
    text = "[BOGOTÁ]. Siete muertos en [Colombia]. En [La Candelaria] y en [El Recreo] hubo choques, y en [Soacha]."
    mentions = resolve(read(caracas, text, language="es"), caracas)
    assert {m.status for m in mentions} == {Status.OUTSIDE_AREA}


def test_three_names_of_caracas_together_need_no_word_of_caracas(caracas: Area) -> None:
    text = "Police fired in [El Cementerio]. Residents of [El Valle] and [San Agustín] heard it."
    mentions = resolve(read(caracas, text), caracas)
    assert [place_id(m) for m in mentions] == ["el-cementerio", "el-valle-parish", "san-agustin-parish"]


def test_names_that_another_country_shares_are_no_company(caracas: Area) -> None:
    text = "Police fired in [La Candelaria]. Residents of [Santa Fe] and [El Cementerio] heard it."
    mentions = resolve(read(caracas, text), caracas)
    assert Status.RESOLVED not in {m.status for m in mentions}
