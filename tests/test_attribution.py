"""Who says what, and who must not be exposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.attribution import find_attributions
from mapper.reading.lexicon import LANGUAGES, load_lexicon
from mapper.reading.quotes import find_quotations
from mapper.reading.sentences import sentences
from mapper.text import fold


def read(text, language="en"):
    lexicon = load_lexicon(language)
    return find_attributions(text, fold(text), sentences(text, lexicon), lexicon)


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Interior Minister Carmen Meléndez said 22 men had died.", "Interior Minister Carmen Meléndez"),
        ("en", '"It is over," said Luis Izquiel, a lawyer.', "Luis Izquiel"),
        ("en", "At noon, police sources spoke of eight dead.", "police sources"),
        ("en", "Last night the ministry said twelve.", "the ministry"),
        ("en", "The police now say four are dead.", "The police"),
        ("en", "Three died, according to an opposition lawmaker who counts them.", "an opposition lawmaker"),
        (
            "en",
            '"Run," one displaced resident of El Cementerio told a newspaper.',
            "one displaced resident of El Cementerio",
        ),
        ("en", "Father Carlos Valencia, who keeps the keys, says the police have left.", "Father Carlos Valencia"),
        ("en", "A priest who serves the hill told us it was calm.", "A priest"),
        ("es", "Nadie murió, informó la policía municipal.", "la policía municipal"),
        ("es", "Hubo tres muertos, según el Cicpc.", "el Cicpc"),
        ("es", "El comisario Freddy Miranda informó este jueves de tres capturas.", "El comisario Freddy Miranda"),
        ("es", "Candelaria Sucre, dueña de un puesto, contó a El Nacional que pagaba.", "Candelaria Sucre"),
        ("es", "«No duermen», comentó una maestra que da clases allí.", "una maestra"),
        ("en", "A woman who sells juice near Los Laureles said she hid.", "A woman"),
    ],
)
def test_the_speaker_is_the_noun_phrase_beside_the_verb(language, text, speaker):
    (attribution,) = read(text, language)
    assert attribution.speaker == speaker


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", '"We hid," said a shopkeeper in El Valle.'),
        ("en", '"We hid," said Yelitza, a seamstress.'),
        ("en", "An antenna was hit, two residents tell us."),
        ("en", "An officer who asked not to be named said eight had died."),
        ("en", '"It was the earth," said a grandmother who lives there.'),
        ("es", "«Nos fuimos», dijo una vecina de la avenida Victoria."),
        ("es", "Un médico habla de nueve heridos."),
        ("es", "Familias de Villa Zoila dijeron que les robaron."),
        ("es", "Un funcionario que pidió el anonimato afirmó que hubo ocho muertos."),
        ("es", "«No me pongan ahí», ruega el conductor."),
        ("en", '"I buried two of them." Then a long silence.'),
    ],
)
def test_private_and_unnamed_speakers_are_anonymous(language, text):
    assert [item.anonymous for item in read(text, language)] == [True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police sources said eight had died."),
        ("en", "Residents said they heard shots."),
        ("en", "The mayor of Chacao reported 200 injured."),
        ("en", "Provea says thirty-two people have died."),
        ("en", '"It is a lie," the minister said.'),
        ("es", "La alcaldía admite cinco."),
        ("es", "Los vecinos cuentan que hubo tiros."),
        ("es", "«Basta», dijo el obispo."),
        ("es", "«No explotó nada», insiste la meteoróloga Rosa Gil."),
    ],
)
def test_officials_organisations_names_and_crowds_are_not(language, text):
    assert [item.anonymous for item in read(text, language)] == [False]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A mass was said on Thursday in Coche."),
        ("en", "The only shots of the day were heard elsewhere."),
        ("en", "No incident was reported in the city."),
        ("en", 'Police showed the "delinquents" to the press.'),
        ("es", "Hubo tiros en El Valle y en Coche."),
    ],
)
def test_nobody_speaks(language, text):
    assert read(text, language) == ()


def test_a_surname_named_in_full_before_is_not_a_first_name():
    text = 'Minister Carmen Meléndez spoke first. "We won," said Meléndez.'
    assert [item.anonymous for item in read(text)] == [False]


def test_a_quotation_goes_on_behind_the_speaker():
    text = '"We hid," a teacher said. "They broke the door. It was dark."'
    (attribution,) = read(text)
    assert text[attribution.scope.start : attribution.scope.end] == text


def test_the_words_of_somebody_unsaid_are_those_of_whom_the_text_spoke_before():
    text = 'The minister smiled. "We have taken the hill." A neighbour wept. "They took my son away."'
    assert [(one.speaker, one.anonymous) for one in read(text)] == [("minister", False), ("neighbour", True)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'The police sealed the road. "They made us lie down on the floor."'),
        ("en", 'The police said four had died. "They made us lie down on the floor."'),
        ("es", "La policía informó de cuatro muertos. «Nos tiraron al piso de la sala»."),
        ("es", "El informe habla de cuatro muertos. «Nos tiraron al piso de la sala»."),
    ],
)
def test_no_police_and_no_report_says_i(language, text):
    told = read(text, language)[-1]
    assert (told.speaker, told.anonymous, text[told.scope.start] in '"«') == ("", True, True)


def test_what_a_body_says_of_itself_in_its_own_sentence_is_its_own():
    (told,) = read('The police said in a statement: "We have sealed our side of the road."')
    assert not told.anonymous


def test_a_word_that_opens_a_sentence_is_no_speaker():
    told = read("La Fiscalía imputó a seis hombres. Asimismo informó: «Nos quedan dos casos».", "es")
    assert [(one.speaker, one.anonymous) for one in told] == [("Fiscalía", False)]


def test_an_unclosed_quotation_goes_on_in_the_next_paragraph():
    text = "“We hid,” said a teacher. “They broke the door.\n\n“Then they left.”\n\nRain fell."
    (attribution,) = read(text)
    assert text[attribution.scope.end - 7 : attribution.scope.end] == " left.”"


def test_without_a_quotation_the_scope_is_the_sentence():
    text = "It rained. The mayor said two men died. It stopped."
    (attribution,) = read(text)
    assert text[attribution.scope.start : attribution.scope.end] == "The mayor said two men died."


def test_a_pronoun_points_back_to_the_subject_before():
    text = "La hija de las víctimas siguió la audiencia. «No quiero volver a esa casa», dijo."
    (attribution,) = read(text, "es")
    assert attribution.anonymous


def test_the_answers_of_an_interview_belong_to_the_interviewed():
    text = "La catequista lleva la cuenta.\n\n—¿Cuántas familias?\n\n—Catorce. Nueve bajaron.\n\n—¿Y la policía?\n\n—No vino."
    scopes = [text[item.scope.start : item.scope.end] for item in read(text, "es") if item.anonymous]
    assert scopes == ["—Catorce. Nueve bajaron.", "—No vino."]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('He said "no" and "yes".', ['"no"', '"yes"']),
        ("«Uno», dijo. «Dos».", ["«Uno»", "«Dos»"]),
        ("“One.\n“Two.”", ["“One.", "“Two.”"]),
        ('The 5" pipe and the 6" pipe', []),
    ],
)
def test_quotations(text, quotations):
    found = find_quotations(text, fold(text), load_lexicon("en"))
    assert [text[item.start : item.end] for item in found] == quotations


@given(st.text(alphabet=st.sampled_from('aA \n"“”«».,—dijo said según 1'), max_size=150), st.sampled_from(LANGUAGES))
def test_any_text_gives_scopes_inside_it(text, language):
    for item in read(text, language):
        assert 0 <= item.start <= item.end <= len(text)
        assert 0 <= item.scope.start <= item.scope.end <= len(text)


PIECES = [
    "“",
    "”",
    '"',
    "dijo ",
    "una vecina ",
    ", ",
    "según ",
    "el ministro ",
    ". ",
    "\n\n",
    "Ana ",
    "que ",
    "no ",
    "ella ",
    "informó ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=16))
def test_any_mix_of_speech_words_gives_scopes_inside_the_text(pieces):
    text = "".join(pieces)
    assert all(0 <= item.scope.start <= item.scope.end <= len(text) for item in read(text, "es"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Riot police answered with tear gas; thirty-one people were treated."),
        ("es", "La Guardia respondió con gases y 31 personas fueron atendidas."),
    ],
)
def test_an_answer_that_is_no_word_says_nothing(language, text):
    assert read(text, language) == ()


@pytest.mark.parametrize("text", ["Según la policía murieron 22 personas.", "Según la policía 22 personas murieron."])
def test_who_is_said_to_say_so_ends_where_the_news_begins(text):
    assert [one.speaker for one in read(text, "es")] == ["la policía"]
