"""Feeds, mail and web pages as other programs write them, and as nobody should."""

from __future__ import annotations

import base64
import datetime as dt
import re
from pathlib import Path

import pytest

from mapper.errors import ReportError
from mapper.reports.draft import Draft, Intake, Limits
from mapper.reports.feed import read_feed
from mapper.reports.fragment import fragment_text, without_code
from mapper.reports.mail import read_mail
from mapper.reports.page import read_page_file

FILES = Path(__file__).parent / "files"
INTAKE = Intake("x", "America/Caracas")
WORDS = "Hubo un tiroteo en La Vega y vecinos huyeron hacia Plaza Venezuela, contaron testigos."


def code_of(reader, raw: bytes, intake: Intake = INTAKE) -> str:
    with pytest.raises(ReportError) as caught:
        list(reader(raw, intake))
    assert "{" not in caught.value.in_language("es")
    return caught.value.code


@pytest.mark.parametrize(("name", "language"), [("npm-feed.rss", "es"), ("npm-feed.atom", "")])
def test_an_entry_is_a_report_with_what_the_feed_states(name: str, language: str):
    first, second = read_feed((FILES / "feed" / name).read_bytes(), INTAKE)
    assert first == Draft(
        text="Dos personas resultaron heridas el viernes en un tiroteo en La Vega.\nLa calle fue cerrada.",
        title="Tiroteo en La Vega",
        language=language,
        published=dt.date(2021, 7, 9),
        outlet="Radio Ejemplo",
        author="Ana Ejemplo",
        url="https://radio.example.org/1",
        part="1",
    )
    assert second.warnings == ("feed-summary-only",)


@pytest.mark.parametrize(
    ("name", "title", "author", "day"),
    [
        ("feedgen-atom.xml", "Tiroteo en la Cota 905 & alrededores", "Inés Prado", 10),
        ("feedgen-rss.xml", "Tiroteo en la Cota 905 & alrededores", "Inés Prado", 10),
        ("hugo.xml", "Enfrentamiento en Antímano", "", 9),
        ("node-feed.atom", "Desplazados en Catia", "Luis Mora, Eva Ruiz", 9),
        ("node-feed.rss", "Desplazados en Catia", "Luis Mora, Eva Ruiz", 9),
        ("pyrss2gen.rss", "Gunfire in La Vega", "Rosa Leal", 10),
    ],
)
def test_feeds_of_other_programs_are_dated_in_caracas(name: str, title: str, author: str, day: int):
    first, *_ = read_feed((FILES / "feed" / name).read_bytes(), INTAKE)
    assert (first.title, first.author, first.published) == (title, author, dt.date(2021, 7, day))
    assert "<" not in first.text


def test_an_entry_without_text_is_told_and_the_others_are_read():
    first, second = read_feed((FILES / "feed/pyrss2gen.rss").read_bytes(), INTAKE)
    assert (first.part, second.code, second.facts["row"]) == ("1", "report-feed-entry-empty", 2)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Sun, 11 Jul 2021 02:00:00 GMT", 10),
        ("Sun, 11 Jul 2021 02:00:00", 11),
        ("2021-07-11T02:00:00Z", 10),
        ("2021-07-11T02:00:00", 11),
        ("2021-07-11", 11),
    ],
)
def test_a_time_is_moved_to_the_area_only_where_it_states_its_offset(written: str, day: int):
    (draft,) = read_feed(feed(f"<item><description>{WORDS}</description><pubDate>{written}</pubDate></item>"), INTAKE)
    assert draft.published == dt.date(2021, 7, day)


def test_a_year_alone_is_no_day():
    (draft,) = read_feed(feed(f"<item><description>{WORDS}</description><pubDate>2021</pubDate></item>"), INTAKE)
    assert draft.published is None


def test_rss_1_is_dated_by_dublin_core():
    raw = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><item><description>{WORDS}</description>'
        "<dc:date>2021-07-11T02:00:00Z</dc:date></item></rdf:RDF>"
    )
    (draft,) = read_feed(raw.encode("utf-16"), INTAKE)
    assert draft.published == dt.date(2021, 7, 10)


def test_an_update_is_no_publication():
    _, second = read_feed((FILES / "feed/npm-feed.atom").read_bytes(), INTAKE)
    assert second.published is None


def feed(*items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>R</title>{"".join(items)}</channel></rss>'.encode()


ITEM = f"<item><title>T</title><description>{WORDS}</description></item>"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (feed(ITEM, head='<!DOCTYPE rss [<!ENTITY a "b">]>'), "report-feed-entities"),
        (feed(ITEM, head='<!DOCTYPE rss [<!ENTITY a "b">]>').decode().encode("utf-16"), "report-feed-entities"),
        (b"http://example.org/feed", "report-feed-broken"),
        (feed(), "report-feed-empty"),
        (b"<urlset><url/></urlset>", "report-feed-unknown"),
        (b"<rss", "report-feed-broken"),
    ],
)
def test_a_feed_that_cannot_be_read_says_why(raw: bytes, code: str):
    assert code_of(read_feed, raw) == code


def test_a_feed_that_refers_to_itself_is_read_once():
    raw = feed(ITEM, '<link rel="self" href="file:///etc/passwd"/>')
    assert [draft.text for draft in read_feed(raw, INTAKE)] == [WORDS]


def test_of_a_feed_cut_off_what_came_is_read():
    first, *_, last = read_feed(feed(ITEM, ITEM)[:-60], INTAKE)
    assert first.text == WORDS
    assert last.code == "report-feed-truncated"


def test_a_feed_of_too_many_entries_stops_at_the_limit():
    *read, last = read_feed(feed(*[ITEM] * 3), Intake("x", limits=Limits(rows=2)))
    assert (len(read), last.code) == (2, "report-rows")


def test_a_date_that_is_none_is_a_warning():
    item = f"<item><description>{WORDS}</description><pubDate>ayer por la tarde</pubDate></item>"
    (draft,) = read_feed(feed(item), INTAKE)
    assert (draft.published, "date-not-understood" in draft.warnings) == (None, True)


def test_a_personal_mail_keeps_the_article_and_nobody_in_it():
    (draft,) = read_mail((FILES / "mail/nodemailer-personal.eml").read_bytes(), INTAKE)
    assert (draft.private, draft.published, draft.outlet, draft.author) == (True, None, "", "")
    assert "barrio José Félix Ribas" in draft.text
    assert not re.search(r"@|\d{4}|De:|Para:", draft.text)


def test_a_newsletter_states_outlet_and_day():
    (draft,) = read_mail((FILES / "mail/nodemailer-list.eml").read_bytes(), INTAKE)
    assert (draft.outlet, draft.published, draft.private) == ("Boletín Ejemplo", dt.date(2021, 7, 9), False)
    assert draft.text.split("\n")[1] == "Cinco familias salieron hacia Carapita."


@pytest.mark.parametrize("name", ["neomutt.eml", "s-nail.eml"])
def test_forwarding_lines_signature_and_numbers_are_gone(name: str):
    (draft,) = read_mail((FILES / "mail" / name).read_bytes(), INTAKE)
    assert draft.text == "Reenvío esto.\n\n\nUnas veinte familias salieron de Coche el lunes, dijo la parroquia."
    assert (draft.private, draft.published, draft.outlet) == (True, None, "")


def test_a_newsletter_does_not_tell_who_received_it():
    (draft,) = read_mail((FILES / "mail/nodemailer-newsletter.eml").read_bytes(), INTAKE)
    assert (draft.outlet, draft.url) == ("Boletín Inventado", "https://ejemplo.example/boletin/7")
    assert "Lectora" not in draft.text
    assert "correo.example" not in draft.text


def test_what_a_member_writes_to_a_discussion_list_is_personal():
    head = "From: Ana Soto <ana@correo.example>\nList-Id: <vecinos.example>\nList-Post: <mailto:v@vecinos.example>\n"
    (draft,) = read_mail(f"{head}\n{WORDS}\nAna Soto".encode(), INTAKE)
    assert (draft.private, draft.outlet, draft.text) == (True, "", f"{WORDS}\n…")


def test_an_article_attached_as_a_mail_is_read_with_the_words_around_it():
    inner = f"From: a@example.org\nSubject: S\n\n{WORDS}\n"
    head = 'From: b@example.org\nContent-Type: multipart/mixed; boundary="b"\n\n'
    (draft,) = read_mail(f"{head}--b\n\nMira\n--b\nContent-Type: message/rfc822\n\n{inner}--b--\n".encode(), INTAKE)
    assert draft.text == f"Mira\n\n{WORDS}"


def test_a_plain_part_that_only_points_to_the_html_is_not_taken():
    head = 'From: b@example.org\nContent-Type: multipart/alternative; boundary="b"\n\n--b\n\nVer en línea\n'
    (draft,) = read_mail(f"{head}--b\nContent-Type: text/html\n\n<p>{WORDS}</p>\n--b--\n".encode(), INTAKE)
    assert draft.text == WORDS


def test_flowed_lines_are_joined():
    raw = "From: a@example.org\nContent-Type: text/plain; format=flowed\n\nHubo \ndisparos\nen Catia.\n\n-- \nAna"
    assert [draft.text for draft in read_mail(raw.encode(), INTAKE)] == ["Hubo disparos\nen Catia."]


def test_cut_base64_is_read_as_far_as_it_goes_and_told():
    body = base64.b64encode(WORDS.encode())[:61].decode()
    (draft,) = read_mail(f"From: a@example.org\nContent-Transfer-Encoding: base64\n\n{body}".encode(), INTAKE)
    assert WORDS.startswith(draft.text[:40])
    assert draft.warnings == ("mail-truncated",)


def test_an_encrypted_mail_is_said_so():
    raw = b"From: a@example.org\nContent-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\nAAAA"
    assert code_of(read_mail, raw) == "report-password"


@pytest.mark.parametrize(
    "head", ["X: y\n" * 100_000, "Subject: " + "=?a?q?" * 100_000 + "\n", "To: " + "<a," * 100_000 + "\n"]
)
def test_headers_without_end_cost_little(head: str):
    (draft,) = read_mail(f"{head}From: a@example.org\n\n{WORDS}".encode(), INTAKE)
    assert draft.text == WORDS


def nested(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"From: a@example.org\nMIME-Version: 1.0\n{head}Content-Type: text/plain\n\n{WORDS}\n".encode()


def test_parts_within_parts_end_at_the_limit():
    assert code_of(read_mail, nested(30), Intake("x", limits=Limits(depth=20))) == "report-depth"


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: text/plain; charset=no-such\n\n",
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n",
    ],
)
def test_an_unknown_or_wrong_character_set_is_no_obstacle(part: bytes):
    (draft,) = read_mail(b"From: a@example.org\n" + part + "Tiroteo en Petare: más heridos".encode("cp1252"), INTAKE)
    assert draft.text == "Tiroteo en Petare: más heridos"


def test_a_page_saved_as_one_file_is_read_as_the_page():
    page = f"<html><head><title>Nota</title></head><body><article><p>{WORDS}</p><p>{WORDS} Luego volvieron.</p></article></body></html>"
    raw = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/nota\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n'
        f"{page}\n--b--\n"
    ).encode()
    (draft,) = read_mail(raw, INTAKE)
    assert (draft.title, draft.url, draft.private) == ("Nota", "https://example.org/nota", False)
    assert WORDS in draft.text


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        (read_mail, "mail/chromium.mhtml"),
        (read_page_file, "html/singlefile.html"),
        (read_page_file, "html/chromium-dom.html"),
    ],
)
def test_what_browsers_save_gives_the_article(reader, name: str):
    (draft,) = reader((FILES / name).read_bytes(), INTAKE)
    assert draft.text.split("\n")[1].startswith("Vecinos de San Agustín del Sur oyeron disparos")
    assert (draft.author, draft.outlet) == ("Nora Luna", "El Papel Inventado")
    assert draft.published == dt.date(2021, 7, 9)
    assert draft.url == ("" if "dom" in name else "https://papel.example/san-agustin")
    assert not draft.private


@pytest.mark.parametrize(("charset", "letters"), [("iso-8859-1", "“á”"), ("iso-8859-2", "ąś")])
def test_a_page_is_read_in_the_character_set_it_declares(charset: str, letters: str):
    page = f"<html><head><meta charset='{charset}'></head><body><article><p>{letters} {WORDS}</p><p>{WORDS}</p>"
    (draft,) = read_page_file(page.encode("cp1252" if charset == "iso-8859-1" else charset), INTAKE)
    assert draft.text.startswith(letters)
    assert draft.warnings == ()


@pytest.mark.parametrize("hostile", ["<script>", "<!--", "<a ", "<title>", "<script type=application/ld+json>"])
def test_tags_without_end_take_time_in_step_with_their_number(hostile: str):
    page = f"<html><body><article><p>{WORDS}</p><p>{WORDS}</p></article>{hostile * 100_000}"
    (draft,) = read_page_file(page.encode(), INTAKE)
    assert WORDS in draft.text


def test_a_page_nested_without_end_is_refused():
    assert code_of(read_page_file, ("<html><body>" + "<div>" * 50_000 + WORDS).encode()) == "report-no-article"


def test_the_address_of_a_profile_is_no_author():
    head = '<meta property="article:author" content="https://example.org/ana">'
    page = f"<html><head>{head}</head><body><article><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"
    assert [draft.author for draft in read_page_file(page.encode(), INTAKE)] == [""]


def test_the_author_of_a_page_is_taken_where_it_states_one():
    page = '<html><head><meta name="author" content="Ana &amp; Luis"></head><body><article><p>{0}</p><p>{0}</p></article></body></html>'
    (draft,) = read_page_file(page.format(WORDS).encode(), INTAKE)
    assert draft.author == "Ana & Luis"


def test_a_page_full_of_scripts_gives_its_article():
    scripts = "<script>var a = '<p>no</p>';</script>" * 50_000
    page = f"<html><head>{scripts}</head><body>{scripts}<article><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"
    (draft,) = read_page_file(page.encode(), INTAKE)
    assert set(draft.text.split("\n")) == {WORDS}


def test_markup_becomes_lines_of_text():
    assert fragment_text("<p>Uno <b>dos</b> &lt;i&gt;</p><style>x</style><ul><li>tres</li></ul>") == "Uno dos <i>\ntres"


def test_of_a_pages_code_only_its_records_stay():
    record = '<script type="application/ld+json">{}</script>'
    assert without_code(f"<p>a</p><!-- b --><style>c</style><SCRIPT>d</SCRIPT>{record}<script>e").split() == [
        "<p>a</p>",
        *record.split(),
    ]
