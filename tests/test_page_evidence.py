"""What the panel says of a record: reports, quotations, claims side by side, citation, report of an error."""

from __future__ import annotations

import browser
import pytest
import view_fixture as story

from mapper.model import DisclosureLevel, EventType, Incident, Layers, Quote, Report

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

MANY = 37


@pytest.fixture(scope="module")
def shared(chromium, tmp_path_factory):
    path = browser.write_page(tmp_path_factory.mktemp("map"), story.layers(), story.disclosed(), story.info())
    view = browser.Opened(chromium, path)
    yield view
    view.close()


def crowded():
    """Return a story in which one place holds many incidents, and the first of them many reports."""
    reports = tuple(Report(f"c{i}", "", f"Nota {i}", "es", None, f"Medio {i:02}", "") for i in range(MANY))
    incidents = tuple(
        Incident(f"i-many-{i:02}", EventType.PROTESTS, "Peaceful protest", story.DAY, (story.PLAZA,))
        for i in range(MANY)
    )
    quotes = {one.incident_id: (Quote(reports[i].report_id, f"Cita {i}.", ()),) for i, one in enumerate(incidents)}
    quotes["i-many-00"] = tuple(Quote(report.report_id, f"Cita de {report.outlet}.", ()) for report in reports)
    rows = [story.incident_row(f"p{i}", one, story.PLAZA) for i, one in enumerate(incidents)]
    empty = story.frame([])
    ground = story.layers()
    layers = Layers(ground.parishes, ground.municipalities, empty, story.frame(rows), empty, empty)
    told = story.disclosed(
        reports=reports, incidents=incidents, movements=(), quotes=quotes, mentioned=(), unlocated=(), set_aside=()
    )
    return layers, told


@pytest.fixture(scope="module")
def crowd(chromium, tmp_path_factory):
    path = browser.write_page(tmp_path_factory.mktemp("crowd"), *crowded(), story.info())
    view = browser.Opened(chromium, path)
    yield view
    view.close()


@pytest.fixture
def plaza(crowd):
    crowd.again()
    crowd.page.click(".mp-mark")
    return crowd.page


def with_contact(chromium, folder, contact):
    path = browser.write_page(folder, story.layers(), story.disclosed(), story.info(contact=contact))
    view = browser.Opened(chromium, path)
    choose(view.page, "El Valle")
    return view


def choose(page, name):
    page.click(f"#mp-list .mp-entry:has-text('{name}') >> nth=0")


def claims(page):
    return page.locator(".mp-claim-group").all()


# --- claims and corroboration ---


def test_claims_on_one_measure_stand_in_one_group(page):
    choose(page, "Cota 905")
    assert [group.locator("li").count() for group in claims(page)] == [4, 1, 1, 1, 1]


def test_competing_claims_stand_beside_each_other(page):
    choose(page, "Cota 905")
    boxes = [claim.bounding_box() for claim in claims(page)[0].locator("li").all()[:2]]
    assert (boxes[0]["y"] == boxes[1]["y"], boxes[0]["x"] < boxes[1]["x"]) == (True, True)


def test_where_the_sources_differ_the_page_says_so_once(page):
    choose(page, "Cota 905")
    said = page.locator(".mp-claims .mp-differ")
    assert (said.count(), "Las fuentes difieren" in said.inner_text()) == (1, True)


def test_an_incident_says_how_many_outlets_tell_it(page):
    choose(page, "Cota 905")
    assert page.inner_text(".mp-told-by >> nth=0") == "Lo cuentan 2 medios."


def test_an_incident_of_one_outlet_says_that_too(page):
    choose(page, "El Valle")
    assert page.inner_text(".mp-told-by >> nth=0") == "Lo cuenta un solo medio."


# --- long lists ---


def test_ten_of_many_incidents_are_shown_and_the_rest_on_request(plaza):
    first = plaza.locator(".mp-cards > article").count()
    plaza.click(".mp-cards + .mp-more")
    assert (first, plaza.locator(".mp-cards > article").count()) == (10, 20)


def test_the_button_says_how_many_are_left(plaza):
    assert plaza.inner_text(".mp-cards + .mp-more") == f"Mostrar 10 más (quedan {MANY - 10})"


def test_the_last_part_leaves_no_button(plaza):
    for _ in range(3):
        plaza.click(".mp-cards + .mp-more")
    assert (plaza.locator(".mp-cards > article").count(), plaza.is_visible(".mp-cards + .mp-more")) == (MANY, False)


def test_the_focus_follows_to_what_was_added(plaza):
    plaza.focus(".mp-cards + .mp-more")
    plaza.keyboard.press("Enter")
    eleventh = "document.activeElement === document.querySelectorAll('.mp-cards > article')[10]"
    assert plaza.evaluate(eleventh)


def test_many_reports_of_one_incident_are_shown_in_parts(plaza):
    assert plaza.locator(".mp-cards > article >> nth=0").locator(".mp-report").count() == 10


def test_what_was_asked_for_stays_when_the_page_is_drawn_anew(plaza):
    plaza.click(".mp-cards + .mp-more")
    plaza.click("#mp-languages [lang=en]")
    assert plaza.locator(".mp-cards > article").count() == 20


# --- filters ---


def filtered(page, ending):
    browser.go(page, ending)
    return page


def test_what_the_filters_hide_at_a_place_is_said_and_can_be_shown(crowd):
    crowd.again()
    filtered(crowd.page, "outlets=Medio 03|Medio 04&selected=mark:plaza-bolivar")
    said = crowd.page.inner_text("#mp-evidence .mp-differ")
    left = crowd.page.locator("#mp-evidence article").count()
    crowd.page.click("#mp-evidence .mp-differ button")
    assert (f"dejan aquí 3 de {MANY}" in said, left, crowd.page.locator("#mp-evidence article").count()) == (
        True,
        3,
        10,
    )


def test_a_record_that_the_filters_leave_out_says_so(page):
    filtered(page, "types=Riots&selected=incident:i-petare")
    assert "dejan este registro fuera" in page.inner_text("#mp-evidence .mp-differ")


def test_a_record_that_they_leave_in_says_nothing(page):
    filtered(page, "types=Riots&selected=incident:i-riot")
    assert page.locator("#mp-evidence .mp-differ").count() == 0


# --- levels ---


def test_partner_readers_see_that_a_field_is_withheld(page):
    filtered(page, "selected=movement:m-downtown")
    assert "fuente reservada" in page.inner_text("#mp-evidence .mp-facts")


def test_internal_readers_see_the_field_itself(chromium, tmp_path):
    told = story.disclosed(level=DisclosureLevel.INTERNAL)
    view = browser.Opened(chromium, browser.write_page(tmp_path, story.layers(), told, story.info()))
    filtered(view.page, "selected=movement:m-downtown")
    words = view.page.inner_text("#mp-evidence .mp-facts")
    view.close()
    assert ("fuente reservada" in words, "7–11 de julio de 2021" in words) == (False, True)


# --- cite, report an error ---


def test_cite_offers_the_citation_of_this_record(page):
    choose(page, "El Valle")
    page.click(".mp-action:has-text('Citar')")
    words = page.input_value("[data-copy='cite.cite'] textarea")
    assert [part in words for part in ("Registro i-grenade", "El Correo del Valle", "3f9a6c1d", "11 de julio")] == [
        True
    ] * 4


def test_cite_says_whether_it_copied(page):
    choose(page, "El Valle")
    page.click(".mp-action:has-text('Citar')")
    browser.until(page, "document.querySelector('.mp-copy-said').textContent")
    assert page.inner_text(".mp-copy-said") in {"Copiado.", "No se copió: seleccione el texto y cópielo."}


def test_without_a_contact_an_error_is_reported_by_copying_its_record(page):
    choose(page, "El Valle")
    page.click(".mp-action:has-text('Avisar de un error')")
    words = page.input_value("[data-copy='cite.report_error'] textarea")
    assert words.splitlines() == [
        "Registro i-grenade",
        "Información hasta el 11 de julio de 2021",
        "Mapa 3f9a6c1d",
        "mapper 0.1.0",
    ]


def test_a_mail_contact_makes_a_mail_with_the_record(chromium, tmp_path):
    view = with_contact(chromium, tmp_path, "redaccion@example.org")
    href = view.page.get_attribute("a.mp-action", "href")
    view.close()
    assert (href.startswith("mailto:redaccion@example.org?subject="), "i-grenade" in href) == (True, True)


@pytest.mark.parametrize(
    "contact", ["javascript:alert(1)", "data:text/html,<b>x</b>", "la redacción", "a@b.org?bcc=c@d.org"]
)
def test_no_other_contact_becomes_a_link(chromium, tmp_path, contact):
    view = with_contact(chromium, tmp_path, contact)
    links = view.page.locator("a.mp-action").count()
    view.close()
    assert links == 0
