"""The map room without a browser: the data block, the finished page's bytes and policy, and node's own tests."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import folium
import pytest
import view_fixture as story
from datablock_kit import read_block

from mapper.errors import OutputError
from mapper.events.labels import LABELS
from mapper.model import Quote
from mapper.view import assets, page_html, render_map
from mapper.view.assets import SCRIPTS, leaflet_script, leaflet_style, page_script
from mapper.view.static import still_page
from mapper.view.words import first_language

ROOT = Path(__file__).parent.parent
SCRIPT_FOLDER = ROOT / "mapper" / "view" / "page" / "scripts"


@pytest.fixture(scope="module")
def page():
    return page_html(render_map(story.layers(), story.disclosed(), story.info()))


# --- the finished page ---


def test_the_same_map_gives_the_same_bytes(page):
    again = page_html(render_map(story.layers(), story.disclosed(), story.info()))
    assert again == page


def test_finishing_twice_gives_the_same_bytes(page):
    view = render_map(story.layers(), story.disclosed(), story.info())
    assert (page_html(view), page_html(view)) == (page, page)


def test_an_ordinary_page_is_under_a_megabyte(page):
    assert len(page.encode()) < 1_000_000


def test_the_page_names_no_host_outside_links():
    layers, told = story.nothing()
    told = dataclasses.replace(told, reports=())
    html = page_html(render_map(layers, told, story.info()))
    own = html.replace(leaflet_script(), "").replace(leaflet_style(), "").replace(page_script(), "")
    own = own.replace("http://www.w3.org/2000/svg", "")  # the name of SVG, which nobody fetches
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", own) == []


def test_nothing_in_the_page_is_loaded_from_elsewhere(page):
    assert re.findall(r"<(?:script|img|iframe|link)[^>]+(?:src|href)=\"(?!data:)[^\"]*", page) == []


def test_the_policy_names_every_script_and_style(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1)
    parts = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts]
    assert [digest for digest in hashes if f"'sha256-{digest}'" not in policy] == []


def test_the_policy_allows_nothing_unsafe(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1)
    assert (policy.startswith("default-src 'none'"), "unsafe" in policy, "connect-src" in policy) == (
        True,
        False,
        False,
    )


def test_a_hash_like_word_in_a_report_is_not_renumbered():
    word = "map_0123456789abcdef0123456789abcdef"
    told = story.disclosed(quotes={"i-clash": (Quote("r1", word),)})
    html = page_html(render_map(story.layers(), told, story.info()))
    assert read_block(html)["incidents"][0]["quotes"][0]["text"] == word


def test_text_can_be_zoomed(page):
    assert "user-scalable=no" not in page


def test_the_first_language_of_the_area_is_the_page_language():
    html = page_html(render_map(story.layers(), story.disclosed(), story.info(languages=("en", "es"))))
    assert '<html lang="en">' in html


def test_the_markup_without_scripting_stands_in_the_page(page):
    told = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL).group(1)
    assert told == still_page(story.layers(), story.disclosed(), story.info())


def test_the_title_of_the_window_says_what_and_until_when(page):
    assert (
        "<title>Enfrentamientos y desplazamientos en Caracas · Información hasta el 11 de julio de 2021</title>" in page
    )


def test_a_map_of_somebody_else_is_refused():
    with pytest.raises(OutputError, match="render_map"):
        page_html(folium.Map(tiles=None))


def test_other_maps_keep_their_own_scripts():
    render_map(story.layers(), story.disclosed(), story.info())
    assert "leaflet.js" in folium.Map(tiles=None).get_root().render()


def test_the_map_displays_in_a_notebook():
    view = render_map(story.layers(), story.disclosed(), story.info())
    assert "mapperPage.start" in view._repr_html_()


def test_a_notebook_page_keeps_folium_scripts_and_says_so():
    view = render_map(story.layers(), story.disclosed(), story.info(), strict=False)
    html = page_html(view)
    assert ("Content-Security-Policy" in html, "leaflet.js" in html, 'data-strict="false"' in html) == (
        False,
        True,
        True,
    )


def test_the_frame_in_a_notebook_has_a_height_of_its_own():
    view = render_map(story.layers(), story.disclosed(), story.info())
    assert 'height="720px"' in view._repr_html_()


# --- languages ---


@pytest.fixture
def three_languages(tmp_path, monkeypatch):
    """Put a third catalogue, not yet complete, beside the two; the page's files are otherwise the same."""
    page = tmp_path / "page"
    shutil.copytree(SCRIPT_FOLDER.parent, page)
    words = {"language_name": "Français", "title": "Affrontements et déplacements à {area}"}
    (page / "i18n" / "fr.json").write_text(json.dumps(words), encoding="utf-8")
    cached = (assets.catalogues, assets.page_script)
    monkeypatch.setattr(assets, "_folder", lambda: page)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


@pytest.mark.usefixtures("three_languages")
def test_a_further_language_is_one_file():
    html = page_html(render_map(story.layers(), story.disclosed(), story.info(languages=("fr", "es"))))
    assert '<html lang="fr">' in html
    assert "<title>Affrontements et déplacements à Caracas" in html
    assert "Français" in page_script()


@pytest.mark.usefixtures("three_languages")
def test_what_a_further_language_does_not_say_is_said_in_english():
    assert assets.catalogues()["fr"]["zoom"] == "Zoom"


def test_an_area_without_a_known_language_speaks_english():
    assert first_language(story.info(languages=("qu",))) == "en"


def test_every_language_says_the_same_things():
    spanish, english = assets.catalogues()["es"], json.loads((SCRIPT_FOLDER.parent / "i18n/en.json").read_text("utf-8"))
    own = json.loads((SCRIPT_FOLDER.parent / "i18n/es.json").read_text("utf-8"))
    assert (set(spanish) ^ set(english), set(own) ^ set(english)) == (set(), set())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_kind_of_event_that_reading_tells_has_words(language):
    told = {label.sub_event_type for label in LABELS.values() if label.event_type}
    assert told <= {key.removeprefix("sub.") for key in assets.catalogues()[language] if key.startswith("sub.")}


def test_the_embedded_page_has_all_the_words_it_speaks():
    words = re.search(r"const CATALOGUES = (\{.*\});", page_script("embed")).group(1)
    kept = json.loads(words)["es"]
    left_out = {key.partition(".")[0] for key in assets.catalogues()["es"].keys() - kept.keys()}
    assert {"static", "section"} <= left_out
    assert {"embed", "sign", "type", "layer", "zones"} & left_out == set()


# --- the page's sources ---


@pytest.mark.parametrize("kind", ["page", "embed"])
def test_no_two_scripts_of_a_page_declare_the_same_name(kind: assets.Kind):
    declared = re.compile(r"^(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)
    names = declared.findall(page_script(kind))
    assert [name for name in set(names) if names.count(name) > 1] == []


def test_each_script_stands_after_those_it_uses():
    uses = re.compile(r'from "\./(\w+)\.mjs"')
    early = [
        (script, used)
        for place, script in enumerate(SCRIPTS)
        for used in uses.findall((SCRIPT_FOLDER / f"{script}.mjs").read_text("utf-8"))
        if used not in SCRIPTS[:place]
    ]
    assert early == []


def test_every_script_is_joined():
    assert sorted(path.stem for path in SCRIPT_FOLDER.glob("*.mjs")) == sorted(SCRIPTS)


def test_every_script_stands_in_the_guide():
    guide = (ROOT / "docs" / "page.md").read_text("utf-8")
    assert [name for name in SCRIPTS if f"`{name}`" not in guide] == []


def test_no_script_parses_markup_or_runs_text():
    danger = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser|srcdoc")
    assert [path.name for path in SCRIPT_FOLDER.glob("*.mjs") if danger.search(path.read_text("utf-8"))] == []


def test_no_source_of_the_page_is_too_long():
    files = (SCRIPT_FOLDER.parent).rglob("*.*")
    assert [
        path.name for path in files if path.suffix != ".json" and len(path.read_text("utf-8").splitlines()) >= 400
    ] == []


def test_importing_the_room_loads_no_heavy_library():
    code = "import sys, mapper.view; print(sorted({'folium', 'geopandas', 'branca', 'shapely'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_page_scripts_pass_their_own_tests():
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node: `apt-get install nodejs` runs the page scripts' own tests")
    files = [str(path) for path in sorted((ROOT / "tests" / "js").glob("*.test.mjs"))]
    result = subprocess.run([node, "--test", *files], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
