"""What happened where, to whom, and who fled: from the words of one report to its records."""

from __future__ import annotations

import datetime as dt

import pytest
from reading_kit import as_mentions, reader, report

from mapper.events import understand
from mapper.events.ids import with_own_ids
from mapper.model import Assertion, EventType, Measure, Mode, MovementKind, Role


@pytest.fixture(scope="module")
def tell():
    the_reader = reader()

    def facts(text, language="en", published="2021-07-11"):
        reading = the_reader.read(report(text, language, published))
        return understand(reading, as_mentions(reading))

    return facts


def roles(facts) -> dict[str, Role]:
    return {mention.text: mention.role for mention in facts.mentions}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gang members and police exchanged gunfire in Cota 905 on Friday.", "en"),
        ("Un tiroteo entre la policía y una banda sacudió el viernes la Cota 905.", "es"),
        ("El viernes hubo un enfrentamiento armado en la Cota 905.", "es"),
    ],
)
def test_fighting_is_a_battle_at_its_place_and_day(tell, text, language):
    (incident,) = tell(text, language).incidents
    assert (incident.event_type, [p.place_id for p in incident.places], incident.when.start) == (
        EventType.BATTLES,
        ["cota-905"],
        dt.date(2021, 7, 9),
    )


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Teachers and residents marched on Friday along Avenida Sucre to demand better pay.", ("Protesters",)),
        ("Gang members and police exchanged gunfire in Cota 905 on Friday, residents said.", ("Gang", "Police")),
    ],
)
def test_residents_are_protesters_where_they_protest(tell, text, actors):
    (incident,) = tell(text).incidents
    assert incident.actors == actors


def test_unnamed_neighbourhoods_stand_around_a_place_of_the_event_wherever_it_is_named(tell):
    facts = tell(
        "The gang of Cota 905, a slum in the southwest, and several adjacent neighborhoods, exchanged gunfire with "
        "police. By Friday state security penetrated the hill of Cota 905 after hours of shooting."
    )
    (incident,) = facts.incidents
    assert [mention.role for mention in facts.mentions] == [Role.CONTEXT, Role.CLASH]  # the first names a group
    assert [place.place_id for place in incident.around] == ["cota-905"]


@pytest.mark.parametrize(
    ("text", "language", "event_type", "sub_event_type"),
    [
        ("Teachers marched on Friday along Avenida Sucre to demand better pay.", "en", EventType.PROTESTS, "Peaceful protest"),
        ("La policía detuvo el viernes a dos hombres en El Valle.", "es", EventType.STRATEGIC, "Arrests"),
        ("Un hombre fue asesinado el viernes en El Valle.", "es", EventType.VIOLENCE, "Attack"),
        ("Saquearon el viernes un comercio en El Valle.", "es", EventType.STRATEGIC, "Looting or property destruction"),
        ("A shopkeeper was kidnapped on Friday in El Valle.", "en", EventType.VIOLENCE, "Abduction or forced disappearance"),
    ],
)  # fmt: skip
def test_other_events_get_their_acled_type(tell, text, language, event_type, sub_event_type):
    (incident,) = tell(text, language).incidents
    assert (incident.event_type, incident.sub_event_type) == (event_type, sub_event_type)


@pytest.mark.parametrize(
    ("text", "language", "assertion"),
    [
        ("The gang threatened to take La Vega.", "en", Assertion.THREATENED),
        ("Temen que la banda tome La Vega.", "es", Assertion.THREATENED),
        ("No hubo disparos en La Vega.", "es", Assertion.DENIED),
        ("There was no shooting in La Vega, police said.", "en", Assertion.DENIED),
    ],
)
def test_what_did_not_happen_is_no_incident_and_says_why(tell, text, language, assertion):
    facts = tell(text, language)
    assert (facts.incidents, facts.mentions[0].role, facts.mentions[0].assertion) == ((), Role.CONTEXT, assertion)


def test_the_home_of_a_speaker_is_context(tell):
    facts = tell("Gunmen fought police in Cota 905 on Friday, said a resident of El Valle.")
    assert roles(facts)["El Valle"] is Role.CONTEXT


def test_a_gang_named_after_a_barrio_is_context(tell):
    facts = tell("La banda de la Cota 905 se enfrentó el viernes a la policía en El Valle.", "es")
    assert roles(facts)["Cota 905"] is Role.CONTEXT


def test_the_hospital_of_the_wounded_is_context(tell):
    facts = tell("Hubo un tiroteo el viernes en El Valle y los heridos fueron llevados al Pérez Carreño.", "es")
    assert roles(facts)["Pérez Carreño"] is Role.CONTEXT


def test_the_parts_of_a_toll_add_up_and_keep_their_claims(tell):
    (incident,) = tell(
        "Police and gang members exchanged gunfire in Cota 905 since Wednesday. The minister said 22 delinquents had been "
        "killed as well as a sergeant with the National Guard and three police officers. Twenty-eight people were injured."
    ).incidents
    assert (incident.fatalities.best, incident.injuries.best) == (26, 28)
    assert [claim.value.best for claim in incident.claims if claim.measure is Measure.KILLED] == [22, 1, 3]


def test_deployed_officers_are_no_casualties(tell):
    (incident,) = tell(
        "Police fought a gang in Cota 905 on Friday. The operation involved 3,110 officers. Two people were killed."
    ).incidents
    assert incident.fatalities.best == 2


def test_people_who_flee_leave_one_place_for_another(tell):
    (movement,) = tell("Dozens of families fled from Cota 905 to La Pastora on foot on Friday.").movements
    assert movement.kind is MovementKind.DISPLACEMENT
    assert [place.place_id for place in movement.origins] == ["cota-905"]
    assert [place.place_id for place in movement.destinations] == ["la-pastora"]
    assert movement.mode is Mode.ON_FOOT


def test_a_return_runs_the_other_way(tell):
    (movement,) = tell("Diez familias regresaron el viernes a la Cota 905 desde La Pastora.", "es").movements
    assert movement.kind is MovementKind.RETURN
    assert [place.place_id for place in movement.origins] == ["la-pastora"]
    assert [place.place_id for place in movement.destinations] == ["cota-905"]


def test_families_stay_families(tell):
    (movement,) = tell("Diez familias huyeron de la Cota 905 hacia La Pastora.", "es").movements
    assert (movement.households.best, movement.households.unit) == (10, "families")
    assert not movement.people.known


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Forty families, 150 people in all, fled from Cota 905 to La Pastora.", "en"),
        ("Cuarenta familias, unas 150 personas, huyeron de la Cota 905 hacia La Pastora.", "es"),
        ("Forty families fled from Cota 905 to La Pastora. Some 150 people fled from Cota 905 to La Pastora.", "en"),
    ],
)
def test_persons_and_families_are_both_kept(tell, text, language):
    (movement,) = tell(text, language).movements
    assert (movement.people.best, movement.people.unit) == (150, "persons")
    assert (movement.households.best, movement.households.unit) == (40, "families")


def test_a_march_or_a_patrol_is_no_flight(tell):
    assert tell("Police patrols moved from El Valle to La Vega on Friday.").movements == ()


def test_a_vague_destination_is_an_end_but_no_mention(tell):
    facts = tell("Gunfire rang out in Cota 905. Residents fled from Cota 905 to the city's downtown plazas.")
    assert [place.place_id for place in facts.movements[0].destinations] == ["downtown"]
    assert "downtown" not in {m.place.place_id for m in facts.mentions if m.place}


def test_the_same_text_gives_the_same_ids(tell):
    text = "Police fought a gang in Cota 905 on Friday."
    assert tell(text).incidents[0].incident_id == tell(text).incidents[0].incident_id


def test_two_events_of_one_report_that_look_alike_have_two_ids(tell):
    told = tell("A gunfight broke out in Cota 905 on Friday. Two men died.").incidents[0]
    first, second, third = with_own_ids([told, told, told])
    assert first == told
    assert len({first.incident_id, second.incident_id, third.incident_id}) == 3
