"""Dates of English and Spanish reports, resolved against the day of publication."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model import DatePrecision, DateSpan
from mapper.reading.dates import find_dates
from mapper.reading.lexicon import LANGUAGES, load_lexicon
from mapper.text import fold

SUNDAY = dt.date(2021, 7, 11)


def read(text, language="en", published=SUNDAY):
    return find_dates(text, fold(text), published, load_lexicon(language))


def only(text, language="en", published=SUNDAY):
    (mention,) = read(text, language, published)
    return mention


def days(mention):
    return (str(mention.when.start), str(mention.when.end))


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("en", "on 7 July 2021.", "2021-07-07", "2021-07-07"),
        ("en", "On July 7, 2020, men came", "2020-07-07", "2020-07-07"),
        ("en", "fighting (7–9 July) here", "2021-07-07", "2021-07-09"),
        ("en", "between 26 and 30 June it rained", "2021-06-26", "2021-06-30"),
        ("en", "on 10 and 11 June", "2021-06-10", "2021-06-11"),
        ("en", "on the night of 29–30 June", "2021-06-29", "2021-06-30"),
        ("en", "on Friday 9 July", "2021-07-09", "2021-07-09"),
        ("en", "On Friday 8 July", "2021-07-08", "2021-07-08"),
        ("en", "dated 2021-07-09.", "2021-07-09", "2021-07-09"),
        ("en", "on 7/9/2021", "2021-07-09", "2021-07-09"),
        ("en", "on 20 December a bus burned", "2020-12-20", "2020-12-20"),
        ("en", "between the 7th and the 9th of this month", "2021-07-07", "2021-07-09"),
        ("en", "Mon 5. Shots.", "2021-07-05", "2021-07-05"),
        ("en", "in March 2016,", "2016-03-01", "2016-03-31"),
        ("en", "in 2019 they met", "2019-01-01", "2019-12-31"),
        ("en", "from Wednesday to Friday", "2021-07-07", "2021-07-09"),
        ("en", "between Friday night and Sunday noon", "2021-07-09", "2021-07-11"),
        ("en", "in the past three days", "2021-07-09", "2021-07-11"),
        ("es", "el 7 de julio de 2021", "2021-07-07", "2021-07-07"),
        ("es", "los días 7 y 8 de julio", "2021-07-07", "2021-07-08"),
        ("es", "del 7 al 9 de julio", "2021-07-07", "2021-07-09"),
        ("es", "en tres días, del 7 al 9, cayeron", "2021-07-07", "2021-07-09"),
        ("es", "el 9/7/2021", "2021-07-09", "2021-07-09"),
        ("es", "el 1º de mayo", "2021-05-01", "2021-05-01"),
        ("es", "entre el sábado 3 y el miércoles 7", "2021-07-03", "2021-07-07"),
        ("es", "de la tarde del jueves hasta las cuatro de este viernes", "2021-07-08", "2021-07-09"),
        ("es", "agosto pasado: en agosto y septiembre se fueron", "2020-08-01", "2020-09-30"),
        ("es", "el martes 6 bajaron", "2021-07-06", "2021-07-06"),
        ("es", "hace diez meses, el 13 de septiembre, hubo", "2020-09-13", "2020-09-13"),
        ("en", "shots for a second day on Thursday", "2021-07-07", "2021-07-08"),
        ("en", "the third straight night of shooting", "2021-07-09", "2021-07-11"),
        ("es", "por cuarto día consecutivo hubo tiros", "2021-07-08", "2021-07-11"),
        ("es", "por segunda noche el viernes", "2021-07-08", "2021-07-09"),
        ("en", "Five years after the killing of a student", "2016-01-01", "2016-12-31"),
        ("en", "Two years on, nobody has been charged", "2019-01-01", "2019-12-31"),
        ("es", "A tres años de la muerte de su hijo", "2018-01-01", "2018-12-31"),
        ("es", "Se cumplen cinco años del crimen", "2016-01-01", "2016-12-31"),
    ],
)
def test_explicit_dates(language, text, start, end):
    assert days(read(text, language)[-1]) == (start, end)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "on Wednesday", "2021-07-07"),
        ("en", "on Sunday", "2021-07-11"),
        ("en", "last Sunday", "2021-07-04"),
        ("en", "this [Friday] morning", "2021-07-09"),
        ("en", "yesterday", "2021-07-10"),
        ("en", "last night", "2021-07-10"),
        ("en", "three days ago", "2021-07-08"),
        ("en", "it happened two weeks ago today", "2021-06-27"),
        ("es", "el miércoles", "2021-07-07"),
        ("es", "este domingo", "2021-07-11"),
        ("es", "el domingo pasado", "2021-07-04"),
        ("es", "el martes de la semana pasada", "2021-06-29"),
        ("es", "anoche", "2021-07-10"),
        ("es", "antier", "2021-07-09"),
        ("es", "a esta hora siguen los tiros", "2021-07-11"),
        ("es", "ayer sábado", "2021-07-10"),
        ("es", "esta mañana", "2021-07-11"),
        ("es", "hace tres días", "2021-07-08"),
    ],
)
def test_relative_days(language, text, day):
    assert days(only(text, language)) == (day, day)


@pytest.mark.parametrize(
    ("language", "text", "start", "end", "precision"),
    [
        ("en", "last week", "2021-06-28", "2021-07-04", DatePrecision.WEEK),
        ("en", "two weeks ago", "2021-06-21", "2021-06-27", DatePrecision.WEEK),
        ("en", "the second week of July", "2021-07-08", "2021-07-14", DatePrecision.WEEK),
        ("en", "last month", "2021-06-01", "2021-06-30", DatePrecision.MONTH),
        ("es", "la semana pasada", "2021-06-28", "2021-07-04", DatePrecision.WEEK),
        ("es", "hace dos meses", "2021-05-01", "2021-05-31", DatePrecision.MONTH),
        ("es", "este fin de semana", "2021-07-10", "2021-07-11", DatePrecision.DAY),
        ("es", "el año pasado", "2020-01-01", "2020-12-31", DatePrecision.UNKNOWN),
    ],
)
def test_periods_keep_their_precision(language, text, start, end, precision):
    assert only(text, language).when == DateSpan(dt.date.fromisoformat(start), dt.date.fromisoformat(end), precision)


def test_a_weekend_seen_from_a_weekday_is_the_one_before():
    assert days(only("over the weekend", published=dt.date(2021, 7, 12))) == ("2021-07-10", "2021-07-11")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Since Wednesday, shots"), ("es", "desde el miércoles hay tiros")]
)
def test_since_runs_to_the_day_of_publication(language, text):
    mention = only(text, language)
    assert (mention.kind, *days(mention)) == ("since", "2021-07-07", "2021-07-11")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "before dawn on Friday"),
        ("en", "shortly before midnight on Friday"),
        ("es", "antes del amanecer del viernes"),
        ("es", "poco antes del mediodía del viernes"),
    ],
)
def test_what_was_before_an_hour_of_a_day_was_on_that_day(language, text):
    (mention,) = read(text, language)
    assert (mention.kind, *days(mention)) == ("on", "2021-07-09", "2021-07-09")


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "on July 7, 8 and 9", "2021-07-07", "2021-07-09"),
        ("es", "los días 7, 8 y 9 de julio", "2021-07-07", "2021-07-09"),
        ("es", "el 30 del mes pasado", "2021-06-30", "2021-06-30"),
        ("en", "shots rang out overnight", "2021-07-10", "2021-07-10"),
        ("en", "overnight into Friday", "2021-07-09", "2021-07-09"),
        ("es", "a partir del miércoles", "2021-07-07", "2021-07-11"),
    ],
)
def test_days_of_a_list_of_last_month_and_of_the_night(language, text, first, last):
    assert days(only(text, language)) == (first, last)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "until Friday"), ("es", "hasta el viernes"), ("en", "before Friday"), ("en", "until dawn on Friday")],
)
def test_until_has_no_start(language, text):
    mention = only(text, language)
    assert (mention.kind, *days(mention)) == ("until", "None", "2021-07-09")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "next Monday"), ("es", "el próximo lunes"), ("es", "el lunes que viene")]
)
def test_coming_days_are_future(language, text):
    mention = only(text, language)
    assert (mention.kind, *days(mention)) == ("future", "2021-07-12", "2021-07-12")


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [
        ("en", "on Friday afternoon", "afternoon"),
        ("en", "early on Monday", "morning"),
        ("en", "at dawn on Friday", "morning"),
        ("es", "la noche del miércoles", "night"),
        ("es", "el jueves por la tarde", "afternoon"),
        ("es", "la madrugada de este martes", "morning"),
        ("es", "el miércoles", ""),
    ],
)
def test_part_of_day(language, text, part):
    assert only(text, language).part_of_day == part


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "vecinos del barrio 5 de Julio"),
        ("es", "subió al 23 de Enero y a 19 de Abril"),
        ("es", "en la parroquia 23 de enero"),
        ("es", "la banda del barrio El 70 y El 23"),
        ("es", "los lunes y todos los martes"),
        ("es", "Domingo Luciani es un hospital"),
        ("es", "un joven de 17 años con 30 dólares"),
        ("en", "the January 23 parish"),
        ("en", "they may march on"),
        ("en", "he sat there; the 2nd floor is empty"),
        ("en", "3,110 officers, 51.2% and $30"),
        ("en", "at 10:30 they left"),
        ("en", "the second day of the trial"),
        ("es", "el segundo día de Carnaval"),
        ("es", "un joven de 17 años de la Cota 905"),
        ("en", "a man with 20 years in the police"),
    ],
)
def test_what_is_no_date(language, text):
    assert read(text, language) == ()


def test_a_capital_headline_has_dates():
    assert days(only("TIROTEO EL 5 DE JULIO EN CARACAS", "es")) == ("2021-07-05", "2021-07-05")


def test_the_previous_night_counts_from_the_last_date():
    text = "El comisario informó este jueves de la captura, la noche anterior, de seis hombres."
    assert days(read(text, "es")[1]) == ("2021-07-07", "2021-07-07")


def test_that_weekday_belongs_to_the_last_date():
    text = "Between the days 7 and 8 of January 2021. That Thursday commissions came."
    assert days(read(text, published=dt.date(2021, 3, 10))[1]) == ("2021-01-07", "2021-01-07")


def test_an_anniversary_piece_stays_in_its_year():
    text = "Comenzó el 12 de agosto de 2015. Entre el 12 y el 20 de agosto salieron familias."
    assert days(read(text, "es", dt.date(2016, 8, 12))[1]) == ("2015-08-12", "2015-08-20")


def test_live_blog_times_are_clock_mentions_of_the_day():
    text = "20:45 Three dead.\n10:30 — Shots in Petare.\n06:05. Calm."
    assert [(m.kind, m.part_of_day, text[m.start : m.end]) for m in read(text)] == [
        ("clock", "night", "20:45"),
        ("clock", "morning", "10:30"),
        ("clock", "morning", "06:05"),
    ]


@pytest.mark.parametrize(
    "text", ["yesterday", "on Friday", "last week", "three days ago", "on 7 July", "10:30 — Shots", "for a third day"]
)
def test_without_publication_relative_dates_stay_unknown(text):
    assert only(text, published=None).when == DateSpan()


@given(st.text(max_size=120), st.sampled_from(LANGUAGES), st.none() | st.dates())
def test_any_text_gives_ordered_spans_inside_it(text, language, published):
    mentions = read(text, language, published)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))


PIECES = [
    "el ",
    "7 ",
    "31 ",
    "de ",
    "julio ",
    "2021",
    "lunes ",
    "al ",
    "-",
    "hace ",
    "dos ",
    "semanas ",
    "ayer ",
    "29 ",
    "febrero",
    ".",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.dates())
def test_any_mix_of_date_words_keeps_start_before_end(pieces, published):
    for mention in read("".join(pieces), "es", published):
        assert not (mention.when.start and mention.when.end) or mention.when.start <= mention.when.end


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "On Tuesday he left. Two days later shots rang out", "2021-07-08"),
        ("en", "On Tuesday he left. A week earlier a bus burnt", "2021-06-29"),
        ("en", "On Tuesday he left. The evening before, shots", "2021-07-05"),
        ("es", "El martes se fue. Tres días después hubo tiros", "2021-07-09"),
        ("es", "El martes se fue. Cuatro días antes, tiros", "2021-07-02"),
        ("es", "El martes se fue. Al mediodía siguiente, tiros", "2021-07-07"),
    ],
)
def test_a_day_told_by_its_distance_counts_from_the_date_named_before(language, text, day):
    last = read(text, language)[-1]
    assert str(last.when.start) == day


@pytest.mark.parametrize("text", ["They fled. A week earlier a bus burnt", "Dos días antes hubo tiros"])
def test_days_before_nothing_stay_unknown(text):
    language = "en" if text.startswith("They") else "es"
    assert [one.when.start for one in read(text, language)] == [None]


@pytest.mark.parametrize(
    ("text", "found"), [("on the 8th were found six rifles", ["the 8th"]), ("on the 8th floor of a tower", [])]
)
def test_a_day_told_by_its_number_is_no_floor(text, found):
    assert [text[one.start : one.end] for one in read(text, "en")] == found


@pytest.mark.parametrize(
    ("text", "day"), [("• 5/7. Lanzan una granada.", ["2021-07-05"]), ("una tubería de 3/4 de pulgada", [])]
)
def test_a_day_at_the_head_of_a_bulletins_line_needs_no_year(text, day):
    assert [str(one.when.start) for one in read(text, "es")] == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Taken on 11 March 2019, he was tried on 20 May of that year."),
        ("es", "Detenido el 11 de marzo de 2019, lo juzgaron el 20 de mayo de ese año."),
    ],
)
def test_that_year_is_the_one_named_before(language, text):
    assert str(read(text, language)[-1].when.start) == "2019-05-20"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Eleven days after the massacre nobody has been charged"),
        ("es", "Once días después de la masacre no hay acusados"),
    ],
)
def test_what_a_report_looks_back_to_does_not_lie_ahead_of_it(language, text):
    assert str(read(text, language, dt.date(2021, 7, 12))[0].when.start) == "2021-07-01"


def test_the_posts_of_a_thread_are_no_days():
    text = "@calle 1/4 Shots in Petare.\n2/4 They go on.\n3/4 Calm.\n4/4 That is all."
    assert read(text) == ()


def test_days_at_the_head_of_lines_are_days_where_no_first_is_told():
    assert [days(one)[0] for one in read("8/7. Tiros en Petare.\n9/7. Calma.", "es")] == ["2021-07-08", "2021-07-09"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On Saturday shots rang out. In 2019 it was calm. That same night a bus burnt."),
        ("es", "El sábado hubo tiros. En 2019 hubo calma. Esa misma noche ardió un autobús."),
    ],
)
def test_that_night_is_the_night_of_the_last_day_named(language, text):
    assert days(read(text, language)[-1]) == ("2021-07-10", "2021-07-10")


@pytest.mark.parametrize(("language", "text"), [("en", "Thirty years ago today"), ("es", "Hace treinta años hoy")])
def test_years_ago_today_is_that_day(language, text):
    assert days(only(text, language)) == ("1991-07-11", "1991-07-11")


def test_a_count_behind_a_month_is_no_day_of_it():
    mention = only("Since January 40 people have died")
    assert (mention.kind, str(mention.when.start)) == ("since", "2021-01-01")


@pytest.mark.parametrize(
    ("language", "text", "start"),
    [
        ("en", "On June 25 last year", "2020-06-25"),
        ("es", "El 25 de junio del año pasado", "2020-06-25"),
        ("en", "In June last year gunmen came", "2020-06-01"),
        ("es", "En junio del año pasado", "2020-06-01"),
    ],
)
def test_a_date_of_last_year_is_none_of_this(language, text, start):
    assert days(only(text, language))[0] == start
