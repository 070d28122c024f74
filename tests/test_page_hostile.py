"""Text that tries to run, break out or blank the map, in every field that reaches the page, in a real browser.

A page holds the whole story once for each text of a family, so that each text stands in every field
of every record. It must then have the same elements as a page whose texts are harmless.
"""

from __future__ import annotations

import dataclasses
import itertools

import browser
import hostile
import pandas as pd
import pytest
import view_fixture as story

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

FAMILY = 12
FAMILIES = [hostile.TEXTS[i : i + FAMILY] for i in range(0, len(hostile.TEXTS), FAMILY)]

# Of labels, tips, search results, rows and what stands on the card chosen last there may be more or fewer, by the
# room there is and the order of the names: only which elements.
STRUCTURE = """() => {
  const counts = {};
  for (const node of document.querySelectorAll('*')) {
    if (node.closest('.mp-leading')) continue; // a line to a number that found no room: a matter of its width
    const loose = node.closest('.mp-labels, .mp-found, #mp-table tbody, #mp-card, .leaflet-tooltip-pane') !== null;
    const names = [node.localName, ...[...node.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => '@' + name)];
    for (const name of names) {
      if (loose) counts[`some ${name}`] = true;
      else counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}"""
RAN = "[window.__ran ?? null, ({}).polluted ?? null, document.scripts.length]"
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"
PUBLISHED = {"contact": "mapa@example.org", "publisher": "Observatorio", "full_map_url": "https://example.org/map"}


def harmless(texts):
    """Return as many texts that do nothing."""
    return tuple(f"x{i:02d}" for i in range(len(texts)))


def many(told, texts):
    """Return the records once for each text, with the text before every text of theirs."""
    copies = [hostile.poison(told, text) for text in texts]
    names = ("reports", "incidents", "movements", "mentioned", "unlocated", "set_aside")
    joined = {name: tuple(itertools.chain(*(getattr(copy, name) for copy in copies))) for name in names}
    return dataclasses.replace(
        told, quotes={key: quotes for copy in copies for key, quotes in copy.quotes.items()}, **joined
    )


def many_layers(layers, texts):
    """Return the layers in the same way; the ground is there once and has all the texts in its names."""
    copies = [hostile.poison(layers, text) for text in texts]
    names = ("zones", "incidents", "flows", "mentioned")
    joined = {name: pd.concat([getattr(copy, name) for copy in copies], ignore_index=True) for name in names}
    ground = {name: hostile.poison(getattr(layers, name), "".join(texts)) for name in ("parishes", "municipalities")}
    return dataclasses.replace(layers, **joined, **ground)


def telling(texts):
    """Return what the page says about itself, with the texts in each field."""
    info = hostile.poison(story.info(**PUBLISHED), "".join(texts))
    names = {"es": "".join(texts), "en": "".join(texts)}
    return dataclasses.replace(info, languages=("es", "en"), area_names=names, attributions=texts)


def story_with(texts):
    return many_layers(story.layers(), texts), many(story.disclosed(), texts), telling(texts)


def seen(view):
    """Return the page's elements, and whatever went wrong."""
    address = view.page.url.split("#")[0]
    asked = [request for request in view.requests if request != address]
    return view.page.evaluate(STRUCTURE), (
        view.page.evaluate(RAN),
        view.page.evaluate(SIDEWAYS),
        view.complaints,
        asked,
    )


def visited(chromium, folder, texts):
    """Go through everything the page has to show, with the texts in every field."""
    view = browser.Opened(chromium, browser.write_page(folder, *story_with(texts)))
    browser.walk(view.page, "es")
    structure, _ = seen(view)
    saved = browser.visit(view.page, texts[0])
    after, wrong = seen(view)  # how many depends on where the map now stands, and that on the order of names
    said = [ending in told for ending, told in zip(("svg", "csv", "geojson", "png"), saved, strict=True)]
    result = structure | {f"after {name}": True for name in after}, wrong, said
    view.close()
    return result


def embedded(chromium, folder, texts):
    """Choose every mark and zone of the page to embed."""
    view = browser.Opened(chromium, browser.write_embed(folder, *story_with(texts)))
    chosen = "document.querySelectorAll('.mp-mark, .mp-choose button').forEach((node) => node.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: 9, clientY: 9 })))"
    for language in ("es", "en"):
        view.page.evaluate(f"document.querySelector('#mp-languages [lang={language}]')?.click()")
        view.page.evaluate(chosen)
    result = seen(view)
    view.close()
    return result


@pytest.fixture(scope="module")
def expected(chromium, tmp_path_factory):
    """Return a function that gives what a page with as many harmless texts shows, made once."""
    known = {}

    def result(look, texts):
        key = look.__name__, len(texts)
        if key not in known:
            known[key] = look(chromium, tmp_path_factory.mktemp("harmless"), harmless(texts))
        return known[key]

    return result


def test_there_are_at_least_sixty_different_texts():
    assert len(set(hostile.TEXTS)) >= 60


@pytest.mark.parametrize("look", [visited, embedded])
@pytest.mark.parametrize("texts", FAMILIES, ids=range(len(FAMILIES)))
def test_hostile_text_in_every_field_stays_text(chromium, tmp_path, expected, texts, look):
    assert look(chromium, tmp_path, texts) == expected(look, texts)


@pytest.mark.parametrize("look", [visited, embedded])
def test_harmless_text_gives_a_sound_page(expected, look):
    _, (ran, sideways, complaints, asked), *saved = expected(look, FAMILIES[0])
    assert (ran[:2], sideways, complaints, asked, saved) == ([None, None], False, [], [], [[True] * 4][: len(saved)])


KEYS = {"cota-905": "__proto__", "catia": "constructor", "i-clash": "__proto__", "i-grenade": "toString"}
KEYS |= {"m-downtown": "__proto__", "m-valle": "constructor", "r1": "__proto__", "r2": "hasOwnProperty"}
KEYS |= {
    "Cota 905": "__proto__",
    "El Correo del Valle": "__proto__",
    "The Daily Ledger": "constructor",
    "gang": "toString",
}


def test_records_may_be_called_as_objects_call_their_own(chromium, tmp_path):
    def change(text):
        return KEYS.get(text, text)

    layers, told = (hostile.change_texts(part, change) for part in (story.layers(), story.disclosed()))
    pages = {}
    for name, parts in {"keys": (layers, told), "plain": (story.layers(), story.disclosed())}.items():
        (tmp_path / name).mkdir()
        view = browser.Opened(chromium, browser.write_page(tmp_path / name, *parts, story.info()))
        browser.walk(view.page)
        browser.visit(view.page, "__proto__")
        pages[name] = seen(view)
        view.close()
    assert pages["keys"] == pages["plain"]


@pytest.mark.parametrize("address", hostile.ADDRESSES, ids=range(len(hostile.ADDRESSES)))
def test_no_address_of_another_kind_becomes_a_link(chromium, tmp_path, address):
    reports = tuple(dataclasses.replace(report, url=address) for report in story.REPORTS)
    info = story.info(contact=address, publisher=address, full_map_url=address)
    view = browser.Opened(
        chromium, browser.write_page(tmp_path, story.layers(), story.disclosed(reports=reports), info)
    )
    view.page.evaluate(browser.pressing("Cota 905"))
    links = view.page.evaluate(
        "[...document.links].map((link) => link.href).filter((href) => !href.startsWith(location.href.split('#')[0]))"
    )
    view.close()
    assert links == []
