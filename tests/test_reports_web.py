"""Feeds, mail and web pages as other programs write them, and as nobody should."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.errors import ReportError
from mapper.reports.draft import Draft, Intake, Limits
from mapper.reports.feed import read_feed
from mapper.reports.fragment import fragment_text
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


@pytest.mark.parametrize("name", ["npm-feed.rss", "npm-feed.atom"])
def test_an_entry_is_a_report_with_what_the_feed_states(name: str):
    first, second = read_feed((FILES / "feed" / name).read_bytes(), INTAKE)
    assert replace(first, language="") == Draft(
        text="Dos personas resultaron heridas el viernes en un tiroteo en La Vega.\nLa calle fue cerrada.",
        title="Tiroteo en La Vega",
        published=dt.date(2021, 7, 9),
        outlet="Radio Ejemplo",
        author="Ana Ejemplo",
        url="https://radio.example.org/1",
        part="1",
    )
    assert second.warnings == ("feed-summary-only",)


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
