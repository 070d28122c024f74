"""Numbers, and who was killed, hurt, arrested, displaced or sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_kit import reader, report

from mapper.model import Estimate, Measure
from mapper.reading.lexicon import LANGUAGES, load_lexicon
from mapper.reading.numbers import find_numbers, parse_number
from mapper.reading.quantities import find_quantities
from mapper.reading.sentences import sentences
from mapper.text import fold


def read(text, language):
    lexicon = load_lexicon(language)
    return find_quantities(text, fold(text), sentences(text, lexicon), lexicon)


def tolls(text, language):
    """Return (measure, best) of every quantity that has a measure of its own."""
    return [(str(q.measure), q.value.best) for q in read(text, language) if q.measure is not Measure.OTHER]


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("es", "3.110", 3110),
        ("es", "3,110", 3110),
        ("es", "3 110", 3110),
        ("es", "veintidós", 22),
        ("es", "veintidos", 22),
        ("es", "treinta y dos", 32),
        ("es", "ciento cuarenta", 140),
        ("es", "dos mil quinientos", 2500),
        ("es", "una docena", 12),
        ("es", "media docena", 6),
        ("es", "medio centenar", 50),
        ("en", "twenty-eight", 28),
        ("en", "one hundred and twelve", 112),
        ("en", "half a dozen", 6),
        ("en", "a couple", 2),
        ("en", "three thousand", 3000),
        ("en", "2.5", None),
        ("en", "10:30", None),
        ("en", "many", None),
        ("en", "two and three", None),
    ],
)
def test_numbers_in_figures_and_words(language, words, value):
    assert parse_number(words, load_lexicon(language)) == value


@pytest.mark.parametrize(
    ("language", "text", "estimate", "hedged"),
    [
        ("en", "at least 40", Estimate(40, 40, None), True),
        ("es", "al menos 40", Estimate(40, 40, None), True),
        ("en", "more than two dozen", Estimate(24, 24, None), True),
        ("es", "más de 20", Estimate(20, 20, None), True),
        ("en", "up to 12", Estimate(None, None, 12), True),
        ("es", "hasta 12", Estimate(None, None, 12), True),
        ("es", "unas 30", Estimate(None, 30, None), True),
        ("en", "between two and three", Estimate(2, None, 3), True),
        ("es", "dos o tres", Estimate(2, None, 3), True),
        ("es", "una decena", Estimate(10, 10, 10), True),
        ("es", "decenas", Estimate(20, None, None), True),
        ("en", "several", Estimate(3, None, None), True),
        ("en", "seven", Estimate(7, 7, 7), False),
    ],
)
def test_hedges_become_bounds(language, text, estimate, hedged):
    (number,) = find_numbers(fold(text), load_lexicon(language))
    assert (number.value, number.hedged) == (estimate, hedged)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El choque dejó tres muertos y siete heridos.", [("killed", 3), ("injured", 7)]),
        ("en", "Four dead and two wounded.", [("killed", 4), ("injured", 2)]),
        ("en", "The blast, killing two, shook the hill.", [("killed", 2)]),
        ("es", "La policía mató a dos.", [("killed", 2)]),
        ("es", "Murió un conductor de 42 años.", [("killed", 1)]),
        ("es", "Murieron un policía y dos civiles.", [("killed", 1), ("killed", 2)]),
        ("es", "Fueron asesinados a tiros dos jóvenes.", [("killed", 2)]),
        ("es", "El tiroteo cobró la vida de una niña de 6 años.", [("killed", 1)]),
        ("es", "Un vigilante herido en Coche.", [("injured", 1)]),
        ("es", "Un mototaxista recibió un balazo en la pierna.", [("injured", 1)]),
        ("es", "Cinco cayeron en el cerro.", [("killed", 5)]),
        ("es", "En la zona 6 murieron tres.", [("killed", 3)]),
        ("es", "En el cruce murió Kelvin Duarte.", [("killed", 1)]),
        ("en", "A 17-year-old protester was shot dead.", [("killed", 1)]),
        ("en", "Police shot and killed a 19-year-old man.", [("killed", 1)]),
        ("en", "The boy was wounded.", [("injured", 1)]),
        ("en", "An officer, 29, and two alleged attackers died.", [("killed", 1), ("killed", 2)]),
        ("en", "Two gunmen killed three people and wounded five others.", [("killed", 3), ("injured", 5)]),
        ("en", "Seven people — five men and two women — died in the raid.", [("killed", 7)]),
        (
            "en",
            "600 officers deployed, 41 people detained, no wounded.",
            [("deployed", 600), ("detained", 41), ("injured", 0)],
        ),
        ("en", "Six arrested.", [("detained", 6)]),
        ("es", "Detuvieron a seis hombres.", [("detained", 6)]),
        ("es", "Una turba mató a golpes el viernes a un hombre.", [("killed", 1)]),
        ("es", "Lo único seguro es un señor herido de rebote.", [("injured", 1)]),
        ("es", "Otros dos jóvenes siguen recluidos.", [("injured", 2)]),
        ("es", "Murieron una mujer y sus dos hijos.", [("killed", 1), ("killed", 2)]),
        ("en", "Seven have died.", [("killed", 7)]),
        ("en", "Thirty-seven people are known to have died.", [("killed", 37)]),
        ("es", "Seis personas han muerto y diez han resultado heridas.", [("killed", 6), ("injured", 10)]),
        ("es", "Un señor de 70 años falleció y hay cinco heridos.", [("killed", 1), ("injured", 5)]),
        ("es", "Dos personas resultaron muertas y cinco heridas.", [("killed", 2), ("injured", 5)]),
        ("es", "Un hombre murió y otro resultó herido.", [("killed", 1), ("injured", 1)]),
        ("en", "A man who stole a bag was chased down and beaten to death.", [("killed", 1)]),
        ("en", "They murdered both guards.", [("killed", 2)]),
        ("es", "Murieron ambos.", [("killed", 2)]),
        ("en", "A sergeant and two of the four robbers died.", [("killed", 1), ("killed", 2)]),
        ("en", "Two cops hit, taken to hospital.", [("injured", 2)]),
        ("en", "Two gunmen hit a guard.", [("injured", 1)]),
        (
            "es",
            "Resultaron neutralizados cinco (5) ciudadanos y lesionados dos (2) funcionarios.",
            [("killed", 5), ("injured", 2)],
        ),
        ("en", "Four people, one of them a sergeant of the national police, were killed.", [("killed", 4)]),
        ("es", "La Guardia dio muerte el viernes a dos hombres.", [("killed", 2)]),
        ("es", "El tiroteo costó la vida a dos presos.", [("killed", 2)]),
        ("en", "A woman and her two children were killed.", [("killed", 1), ("killed", 2)]),
        ("es", "Fueron aprehendidos el domingo, sin disparo alguno, nueve ciudadanos.", [("detained", 9)]),
        ("en", "About 30 families fled.", [("displaced", 30)]),
        ("es", "Unas 200 personas salieron.", [("displaced", 200)]),
        ("es", "Doce parientes salieron rumbo a Charallave.", [("displaced", 12)]),
        ("en", "Some thirty of her neighbours fled.", [("displaced", 30)]),
        ("en", "The ordeal involved 3,110 officers.", [("deployed", 3110)]),
        ("es", "Cuatrocientos veinte funcionarios tomaron el barrio.", [("deployed", 420)]),
    ],
)
def test_what_happened_to_how_many(language, text, expected):
    assert tolls(text, language) == expected


def test_coordinated_groups_share_their_measure():
    text = 'She said 22 "delinquents" had been killed as well as a sergeant with the National Guard and three police officers.'
    assert [(q.value.best, q.who, str(q.measure)) for q in read(text, "en")] == [
        (22, "delinquents", "killed"),
        (1, "sergeant with the National Guard", "killed"),
        (3, "police officers", "killed"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Nadie murió.", [("killed", 0)]),
        ("es", "No hubo disparos ni heridos.", [("injured", 0)]),
        ("es", "Ningún funcionario resultó herido.", [("injured", 0)]),
        ("es", "Nadie más murió y no hubo policías lesionados.", [("injured", 0)]),
        ("en", "No one else was hurt.", []),
        ("en", "Two men were killed. No one else was hurt.", [("killed", 2), ("injured", 0)]),
        ("en", "There were still no casualty figures.", []),
        ("es", "Sin heridos.", [("injured", 0)]),
        ("es", "No hubo víctimas.", [("killed", 0), ("injured", 0)]),
        ("en", "No one was hurt.", [("injured", 0)]),
        ("en", "No deaths or injuries were reported.", [("killed", 0), ("injured", 0)]),
        ("en", "No casualties were reported.", [("killed", 0), ("injured", 0)]),
        ("en", "He was set free, unharmed.", [("killed", 0), ("injured", 0)]),
        ("en", "No one was killed or injured.", [("killed", 0), ("injured", 0)]),
        ("es", "Nadie murió ni resultó herido.", [("killed", 0), ("injured", 0)]),
    ],
)
def test_denials_are_zero(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Tres de los heridos fallecieron más tarde.", [("killed", 3)]),
        ("es", "Dos de ellos murieron después.", [("killed", 2)]),
        ("en", "Three of the injured later died.", [("killed", 3)]),
        ("en", "A young man was hit on the street. Doctors confirm he died.", [("killed", 1)]),
        ("en", "One of the dead was a visitor.", []),
        ("en", "Six people, including a child, were killed.", [("killed", 6)]),
        ("es", "Resultaron heridas cinco personas, dos de ellas de gravedad.", [("injured", 5)]),
        ("en", "Four people, two of them children, died.", [("killed", 4)]),
        ("en", "Two agents were injured; one of them died on Thursday.", [("injured", 1), ("killed", 1)]),
        ("en", "Five people were wounded. One of them died in hospital.", [("injured", 4), ("killed", 1)]),
        (
            "es",
            "Tres personas fueron llevadas al hospital, donde una de ellas murió ayer.",
            [("injured", 2), ("killed", 1)],
        ),
    ],
)
def test_parts_of_a_group_are_not_counted_twice(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "best"),
    [
        ("en", "The dead rose to 24.", 24),
        ("en", "The dead are two, not four.", 2),
        ("en", "The toll rose from two to four.", 4),
        ("es", "El saldo oficial subió de dos a cuatro muertos.", 4),
        ("es", "Los muertos de ayer en Catia son cuatro.", 4),
        ("en", "The death toll has risen to 31.", 31),
        ("es", "El saldo es de cuatro fallecidos.", 4),
        ("es", "La cifra de muertos subió a 31.", 31),
        ("es", "Son dos los fallecidos.", 2),
        ("es", "Fallecidos: siete.", 7),
    ],
)
def test_totals_are_cumulative(language, text, best):
    (quantity,) = read(text, language)
    assert (quantity.measure, quantity.value.best, quantity.cumulative) == (Measure.KILLED, best, True)


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "86 families were evacuated.", "families"),
        ("es", "Ocho hogares fueron desalojados.", "households"),
        ("es", "Contamos 16 personas.", "persons"),
        ("es", "Al menos una docena de familias regresó.", "families"),
    ],
)
def test_units_stay_as_reported(language, text, unit):
    (quantity,) = read(text, language)
    assert quantity.value.unit == unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Pasó en la zona 6, en el bloque 7 y en la Cota 905."),
        ("es", "Pidieron 30 dólares a las 8 y caminaron 12 kilómetros."),
        ("es", "Explotaron dos granadas y cayeron 41 milímetros de agua."),
        ("es", "Un joven de 17 años vive en el piso 11."),
        ("en", "Fourteen houses came down and a dog was killed."),
        ("en", "They found three rifles on 9 July 2021 at kilometre 12."),
        ("en", "In 2019 it began."),
        ("en", "One displaced resident said so."),
    ],
)
def test_what_counts_no_people(language, text):
    assert read(text, language) == ()


def test_a_negated_verb_gives_no_toll():
    assert tolls("Los dos hombres no murieron.", "es") == []


def test_spans_hold_number_and_noun():
    text = "Ayer hubo al menos tres muertos en Coche."
    (quantity,) = read(text, "es")
    assert text[quantity.start : quantity.end] == "al menos tres muertos"


@given(st.text(max_size=150), st.sampled_from(LANGUAGES))
def test_any_text_gives_ordered_spans_inside_it(text, language):
    quantities = read(text, language)
    assert all(0 <= q.start < q.end <= len(text) for q in quantities)


WORDS = [
    "dos ",
    "muertos",
    " y ",
    "un ",
    "policía ",
    "herido",
    ", ",
    "de ",
    "los ",
    "murieron ",
    "nadie ",
    "no hubo ",
    "3.110 ",
    "familias ",
    ". ",
    "mil ",
    "más de ",
]


@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_any_mix_of_toll_words_keeps_its_bounds_in_order(words):
    for quantity in read("".join(words), "es"):
        known = [n for n in (quantity.value.low, quantity.value.best, quantity.value.high) if n is not None]
        assert known == sorted(known)
        assert known


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # a figure repeated in brackets, as police statements write
        (
            "es",
            "Saldo: seis (06) ciudadanos fallecidos y un (01) funcionario lesionado.",
            [("killed", 6), ("injured", 1)],
        ),
        ("es", "La pelea dejó dos (02) funcionarios lesionados.", [("injured", 2)]),
        ("en", "It left two officers wounded.", [("injured", 2)]),
        # verbs that say little, and the harm they lead to
        ("es", "Tres agentes sufrieron golpes.", [("injured", 3)]),
        ("es", "Ambos vecinos tienen varias fracturas.", [("injured", 2)]),
        ("en", "Three elderly residents needed oxygen.", [("injured", 3)]),
        ("en", "Five policemen suffered minor burns.", [("injured", 5)]),
        # to death
        ("en", "A crowd beat a thief to death in Catia.", [("killed", 1)]),
        ("en", "Lions beat three rivals in Catia.", []),
        ("es", "Apuñalaron a un taxista hasta la muerte.", [("killed", 1)]),
        # headlines without article or auxiliary
        ("en", "Policewoman wounded in Las Mercedes", [("injured", 1)]),
        ("es", "Abatidos dos presuntos delincuentes en Petare.", [("killed", 2)]),
        ("es", "Heridas tres vecinas en Coche.", [("injured", 3)]),
        # the object apart from its verb, or taken up by a pronoun
        ("es", "Las comisiones neutralizaron la víspera a tres sujetos.", [("killed", 3)]),
        ("es", "A dos vecinas las mataron en Carapita.", [("killed", 2)]),
        # the verb that stands next takes the object
        ("es", "Un obús cayó en un patio e hirió a dos personas.", [("injured", 2)]),
        ("es", "El viernes murieron dos personas baleadas en Mamera.", [("killed", 2)]),
        ("es", "Cuatro hombres cayeron presos en Petare.", [("detained", 4)]),
        ("es", "Dos policías cayeron heridos.", [("injured", 2)]),
        # what became of the same person
        ("en", "Kelvin Duarte, 19, was shot in the chest and died in hospital.", [("killed", 1)]),
        ("en", "A woman's body was dumped by the motorway.", [("killed", 1)]),
        ("es", "Con él se eleva a cuatro el número de fallecidos.", [("killed", 4)]),
        # one more, told by the place alone
        ("en", "Two people were killed in Antímano and another in El Valle.", [("killed", 2), ("killed", 1)]),
        ("es", "Murieron dos personas en Mamera y una en San Agustín.", [("killed", 2), ("killed", 1)]),
        ("en", "The death toll of Friday's clashes in La Bombilla has climbed to seven.", [("killed", 7)]),
    ],
)
def test_the_same_fate_told_in_other_words(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Cuarenta vecinos sufrieron cortes de luz."),
        ("es", "Cien familias sufren cortes eléctricos."),
        ("en", "Forty residents have broken pipes at home."),
        ("en", "Two women had broken windows in their flat."),
    ],
)
def test_what_breaks_and_is_cut_off_hurts_nobody(language, text):
    assert tolls(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("en", "Seventeen left on 7 July 2021; the 40 families they met stayed.", ["Seventeen"]),
        ("es", "De los 31 que huyeron, doce volvieron el 9 de julio.", ["31", "doce"]),
    ],
)
def test_a_number_that_counts_nobody_named_is_kept_apart_from_dates_and_counted_people(language, text, figures):
    reading = reader().read(report(text, language, "2021-07-11"))
    assert [text[one.start : one.end] for one in reading.figures] == figures


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("One in five families have left Petare.", "en"),
        ("One out of every three residents fled.", "en"),
        ("Una de cada cinco familias se fue de Petare.", "es"),
        ("Huyó uno de cada tres vecinos.", "es"),
    ],
)
def test_a_share_counts_nobody(text, language):
    assert not list(read(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("Two of the five wounded died.", "en"), ("Dos de los cinco heridos murieron.", "es")],
)
def test_of_the_wounded_only_those_who_died_are_dead(text, language):
    assert tolls(text, language) == [("killed", 2)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Cuatro policías y 22 hombres murieron, según el balance oficial.", "es", [False, False]),
        ("Según el balance oficial, cuatro policías y 22 hombres murieron.", "es", [True, True]),
        ("A total of four officers and 22 gunmen died.", "en", [True, True]),
        ("A total of four officers died. The bus had carried 22 men who died.", "en", [True, False]),
    ],
)
def test_counts_that_are_joined_are_totals_together_or_not_at_all(text, language, expected):
    assert [one.cumulative for one in read(text, language)] == expected
