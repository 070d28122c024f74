"""The page to embed: what it holds and what it must not, its size, its snippet, and that it works in a frame."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
import re

import pytest
import view_fixture as story
from browser import Opened, launched

from mapper.errors import SchemaError
from mapper.model import Quote
from mapper.view import EMBED_LIMIT_BYTES, assets, iframe_snippet, page_html, render_embed, render_map
from mapper.view.embed import MOST_ON_CARD, aggregated, only_drawn

FULL = "https://example.org/map.html"


def told(told=None, layers=None):
    return only_drawn(layers or story.layers(), told or story.disclosed())


def embedded(told=None, layers=None, **about) -> str:
    return page_html(render_embed(layers or story.layers(), told or story.disclosed(), story.info(**about)))


@pytest.fixture(scope="module")
def page() -> str:
    return embedded(full_map_url=FULL, publisher="Observatorio de Prueba")


def block(html: str) -> str:
    """Return the data block as text, unpacked."""
    encoding, data = re.search(r'id="mp-data" data-encoding="(\w+)">(.*?)</script>', html, re.DOTALL).groups()
    return gzip.decompress(base64.b64decode(data)).decode() if encoding == "gzip" else data


# --- what it holds ---


@pytest.mark.parametrize(
    "word",
    [
        "se escuchan disparos",  # a quotation
        "Carmen Meléndez",  # who made a claim
        "sargento",  # of whom it was made
        "Los Mangos",  # a name that was not located
        "Tiroteos entre bandas",  # a report's title
        "example.org/caracas",  # its address
        "vacio.txt",  # a file set aside
        "José Félix Ribas (past)",
        "threatened",  # a place only mentioned
    ],
)
def test_what_is_not_shown_is_not_in_the_file(word: str):
    assert word not in block(embedded())


def test_record_and_report_ids_are_numbered_anew():
    layers, disclosed = told()
    assert [one.incident_id for one in disclosed.incidents] == ["0", "1", "2", "3", "4", "5"]
    assert set(layers.incidents["incident_id"]) <= {one.incident_id for one in disclosed.incidents}


def test_what_an_analyst_added_is_told_without_the_reason():
    reasons = {
        story.INCIDENTS[0].incident_id: ("added: heard from María",),
        story.MOVEMENTS[0].movement_id: ("people: 4",),
    }
    data = block(embedded(story.disclosed(judged=reasons)))
    assert (json.loads(data)["info"]["judged"], "María" in data) == ({"0": ["added"]}, False)


def test_a_report_id_may_be_a_file_name_and_stays_out():
    report = dataclasses.replace(story.REPORTS[0], report_id="carta-de-maria.txt")
    quotes = story.QUOTES | {"i-grenade": (Quote("carta-de-maria.txt", "x"),)}
    assert "carta-de-maria" not in embedded(story.disclosed(reports=(*story.REPORTS, report), quotes=quotes))


def test_a_report_that_disclosure_did_not_pass_is_refused():
    with pytest.raises(SchemaError, match="r1"):
        told(story.disclosed(reports=story.REPORTS[1:]))


def test_a_record_that_is_not_drawn_is_left_out():
    _, disclosed = told()
    assert {one.sub_event_type for one in disclosed.incidents} & {"Looting or property destruction"} == set()
    assert len(disclosed.movements) == 3


def test_tolls_and_actors_are_left_out():
    _, disclosed = told()
    assert {(one.fatalities.known, one.actors, one.claims) for one in disclosed.incidents} == {(False, (), ())}


def test_each_outlet_behind_a_record_is_kept_once_without_words():
    _, disclosed = told()
    outlets = {report.report_id: report.outlet for report in disclosed.reports}
    assert [(outlets[quote.report_id], quote.text) for quote in disclosed.quotes["0"]] == [
        ("El Correo del Valle", None),
        ("The Daily Ledger", None),
    ]


def test_two_reports_of_one_outlet_are_one():
    again = dataclasses.replace(story.REPORTS[0], report_id="r9")
    quotes = story.QUOTES | {"i-grenade": (Quote("r1", "a"), Quote("r9", "b"))}
    _, disclosed = told(story.disclosed(reports=(*story.REPORTS, again), quotes=quotes))
    assert len(disclosed.quotes["1"]) == 1


def test_reports_without_an_outlet_stay_apart():
    nameless = tuple(dataclasses.replace(story.REPORTS[2], report_id=name) for name in ("x", "y"))
    quotes = story.QUOTES | {"i-grenade": (Quote("x", "a"), Quote("y", "b"))}
    _, disclosed = told(story.disclosed(reports=(*story.REPORTS, *nameless), quotes=quotes))
    assert len(disclosed.quotes["1"]) == 2


def test_the_layers_given_are_not_changed():
    layers = story.layers()
    told(layers=layers)
    assert "i-clash" in set(layers.incidents["incident_id"])


def test_an_empty_story_can_be_embedded():
    layers, disclosed = story.nothing()
    assert "mp-card" in embedded(disclosed, layers)


# --- the file ---


def test_it_is_small(page):
    assert len(page.encode()) <= EMBED_LIMIT_BYTES


def test_the_same_story_gives_the_same_bytes(page):
    assert embedded(full_map_url=FULL, publisher="Observatorio de Prueba") == page


def test_the_policy_is_as_strict_as_the_maps(page):
    def kinds(html: str) -> str:
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html).group(1)
        return re.sub(r"'sha256-[^']+'", "hash", policy).replace("hash hash", "hash")

    whole = page_html(render_map(story.layers(), story.disclosed(), story.info()))
    assert re.sub(r"(hash ?)+", "hash", kinds(page)) == re.sub(r"(hash ?)+", "hash", kinds(whole))


def test_it_is_joined_from_the_scripts_it_needs():
    script = assets.page_script("embed")
    assert ("function makeTimeline" in script, "function makeOverlays" in script) == (False, True)


def test_the_whole_page_holds_nothing_of_it():
    assert "function cardOf" not in assets.page_script()


def test_it_holds_no_panel(page):
    assert [
        name for name in ("mp-list", "mp-search", "mp-table", "mp-time", "mp-filters") if f'id="{name}"' in page
    ] == []


# --- many records ---


def crowd(reviewed: tuple[str, ...] = ()) -> dict:
    """Return the block of one place with forty riots, and a battle told by two outlets as the last."""
    riots = [{"id": str(n), "type": "Riots", "assertion": "none", "quotes": [{"report": 0}]} for n in range(40)]
    battle = {"id": "b", "type": "Battles", "assertion": "none", "quotes": [{"report": 0}, {"report": 1}]}
    shape = {"place": 0, "incidents": list(range(41))}
    reports = [{"id": "0", "outlet": "A"}, {"id": "1", "outlet": "B"}]
    records = {"incidents": [*riots, battle], "movements": [], "zones": [shape], "marks": [shape], "reports": reports}
    return {"info": {"reviewed": list(reviewed)}, **records}


def held(block: dict) -> list[dict]:
    return [block["incidents"][at] for at in block["marks"][0]["incidents"]]


def test_a_place_keeps_its_number_of_incidents():
    assert len(held(aggregated(crowd()))) == 41


def test_only_what_a_card_tells_is_held():
    assert len(aggregated(crowd())["incidents"]) == MOST_ON_CARD + 1


def test_the_gravest_are_held():
    assert [one["id"] for one in held(aggregated(crowd()))[:MOST_ON_CARD]] == ["b", "0", "1", "2"]


def test_what_is_not_held_looks_as_before():
    block = crowd(reviewed=("5",))
    for one in block["incidents"][9:12]:
        one["quotes"] = [{"report": 0}, {"report": 1}]
    made = aggregated(block)
    looks = [(len(one["quotes"]) > 1, one["id"] in made["info"]["reviewed"]) for one in held(made)]
    assert (sum(several for several, _ in looks), sum(done for _, done in looks)) == (4, 1)


def test_how_much_was_reviewed_counts_what_is_not_held():
    assert aggregated(crowd(reviewed=("5", "6")))["info"]["review"] == {"all": 41, "done": 2}


def test_the_script_tells_as_many_on_a_card():
    assert f"MOST_ON_CARD = {MOST_ON_CARD};" in assets.page_script("embed")


# --- the snippet ---


def test_the_snippet_gives_no_right_but_scripts():
    assert 'sandbox="allow-scripts"' in iframe_snippet("map.embed.html", story.info())


def test_a_link_to_the_whole_map_may_open_it():
    rights = re.search(r'sandbox="([^"]+)"', iframe_snippet("m.html", story.info(full_map_url=FULL))).group(1)
    assert rights.split() == ["allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox"]


def test_the_snippet_is_escaped():
    snippet = iframe_snippet('a"><script>', story.info(area_names={"es": '"><b>'}))
    assert re.findall(r"<(\w+)", snippet) == ["iframe"]


def test_the_snippet_names_the_map():
    assert 'title="Enfrentamientos y desplazamientos en Caracas' in iframe_snippet("m.html", story.info())


# --- in a browser ---


@pytest.fixture(scope="module")
def browser():
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def written(page, tmp_path_factory):
    path = tmp_path_factory.mktemp("embed") / "map.embed.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, written):
    view = Opened(browser, written, viewport={"width": 800, "height": 560})
    yield view
    view.close()


def test_it_asks_for_nothing_and_complains_of_nothing(opened, written):
    assert (opened.requests, opened.complaints) == ([written.as_uri()], [])


def test_a_mark_opens_its_card(opened):
    opened.page.evaluate("document.querySelector('.mp-mark').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    said = opened.page.locator("#mp-card").inner_text()
    assert ("Cota 905" in said, "choque armado" in said, "El Correo del Valle" in said) == (True, True, True)


def test_escape_closes_the_card_and_gives_the_focus_back(opened):
    opened.page.locator("#mp-choose select").select_option(index=1)
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#mp-card").is_hidden()
    assert opened.page.evaluate("document.activeElement.tagName") == "SELECT"


def test_every_choice_opens_a_card_in_both_languages(opened):
    for language in ("en", "es"):
        opened.page.locator(f"#mp-languages [lang={language}]").click()
        count = opened.page.locator("#mp-choose option").count()
        for index in range(1, count):
            opened.page.locator("#mp-choose select").select_option(index=index)
            assert opened.page.locator("#mp-card h2").inner_text() != ""
        opened.page.keyboard.press("Escape")
    assert (count > 6, opened.complaints) == (True, [])


def test_the_legend_opens_and_its_switches_work(opened):
    opened.page.locator(".mp-legend-button").click()
    opened.page.locator("#mp-layer-incidents").uncheck()
    assert (opened.page.locator(".mp-mark").count(), opened.complaints) == (0, [])


def test_it_links_to_the_whole_map(opened):
    assert opened.page.locator("#mp-full a").get_attribute("href") == FULL


def test_on_a_phone_nothing_is_wider_than_the_frame(browser, written):
    view = Opened(browser, written, viewport={"width": 390, "height": 560})
    try:
        wide = view.page.evaluate("document.documentElement.scrollWidth")
        high = view.page.evaluate("document.querySelector('.folium-map').clientHeight")
        assert (wide, high >= 180) == (390, True)
    finally:
        view.close()


def test_it_works_in_the_frame_of_the_snippet(browser, written):
    host = written.parent / "host.html"
    host.write_text(f"<!doctype html><p>Nota</p>{iframe_snippet(written.name, story.info())}", encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 900, "height": 700})
    try:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(host.as_uri())
        page.frame_locator("iframe").locator("body.is-ready").wait_for(timeout=15_000)
        page.frame_locator("iframe").locator("#mp-choose select").select_option(index=1)
        assert page.frame_locator("iframe").locator("#mp-card").is_visible()
        assert complaints == []
    finally:
        context.close()


def test_a_broken_file_says_so(browser, page, tmp_path):
    path = tmp_path / "broken.html"
    path.write_text(page.replace('"schema":', '"schema_":', 1), encoding="utf-8")
    context = browser.new_context(offline=True)
    try:
        broken = context.new_page()
        broken.goto(path.as_uri())
        broken.locator("#mp-notices .mp-notice").first.wait_for(timeout=10_000)
        assert broken.locator("#mp-notices .mp-notice").count() == 2
    finally:
        context.close()


def test_a_large_block_is_packed():
    reports = tuple(
        dataclasses.replace(story.REPORTS[0], report_id=f"n{n}", outlet=f"Medio {n} " + "x" * 300) for n in range(600)
    )
    quotes = story.QUOTES | {"i-clash": tuple(Quote(report.report_id, "y") for report in reports)}
    html = embedded(story.disclosed(reports=(*story.REPORTS, *reports), quotes=quotes))
    assert 'data-encoding="gzip"' in html
    assert "Medio 599" in json.dumps(json.loads(block(html)))
