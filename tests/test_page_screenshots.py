"""What the page looks like, beside recorded pictures: a real change is seen, noise is not.

``MAPPER_SCREENSHOTS=write pytest tests/test_page_screenshots.py -k recorded`` records the pictures anew:
look at them before you commit them. On a failure the picture taken and the differences lie in the
test's temporary folder, whose name the failure gives.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import browser
import pytest
import view_fixture as story

Image = pytest.importorskip("PIL.Image", reason="no Pillow: `pip install pillow` (screenshots not compared)")
ImageChops = pytest.importorskip("PIL.ImageChops")
ImageFilter = pytest.importorskip("PIL.ImageFilter")

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

RECORDED = Path(__file__).parent / "screenshots"
WRITE = os.environ.get("MAPPER_SCREENSHOTS") == "write"
FONTS = Path("/usr/share/fonts/truetype/liberation")
NOW = "2021-07-12T12:00:00Z"

DESK = {"viewport": {"width": 1280, "height": 800}}
TABLE = "document.querySelectorAll('#mp-views button')[1].click()"
VIEWS = {
    "light": (DESK, ""),
    "dark": (DESK | {"color_scheme": "dark"}, ""),
    "phone": (browser.PHONE, ""),
    "table": (DESK, TABLE),
    "print": ({"viewport": {"width": 794, "height": 1123}}, "print"),
}

# Pictures are compared at a quarter of their size. Edges of letters and lines may move by a pixel: there a
# point may differ by a quarter of the whole scale (EDGE). An area may not change its tone: a point differs
# where it and all around it do (TONE). Noise gives 4 such points at most; one arrow gone, 10; one mark, 24.
REDUCE, EDGE, TONE, MOST = 4, 64, 12, 6


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    """Return a surrounding in which every font is Liberation, whatever else this machine has."""
    if not FONTS.is_dir():
        pytest.skip("no Liberation fonts: on Debian or Ubuntu, `apt-get install fonts-liberation`")
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}</cachedir>"
        "<alias><family>system-ui</family><prefer><family>Liberation Sans</family></prefer></alias></fontconfig>"
    )
    return os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


@pytest.fixture(scope="module")
def chromium(fonts):
    with browser.launched("--font-render-hinting=none", env=fonts) as running:
        yield running


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    return browser.write_page(tmp_path_factory.mktemp("shots"), story.layers(), story.disclosed(), story.info())


def taken(running, map_file, name, change=""):
    """Return the picture of a view, after a change that a test makes to the page."""
    context, script = VIEWS[name]
    view = browser.Opened(running, map_file, now=NOW, **context)
    if script == "print":
        view.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        view.page.emulate_media(media="print")
    elif script:
        view.page.evaluate(f"() => {{ {script} }}")
    view.page.wait_for_timeout(500)
    if change:
        view.page.evaluate(f"() => {{ {change} }}")
        view.page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(view.page.screenshot(full_page=script == "print", animations="disabled")))
    view.close()
    return picture.convert("RGB")


def difference(before, after):
    """Return how many points differ between two pictures, and where they are."""
    if before.size != after.size:
        return before.width * before.height, after
    small = [picture.reduce(REDUCE) for picture in (before, after)]
    red, green, blue = ImageChops.difference(*small).split()
    apart = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    edges = apart.point(lambda value: 255 if value > EDGE else 0)
    areas = apart.filter(ImageFilter.MinFilter(3)).point(lambda value: 255 if value > TONE else 0)
    differing = ImageChops.lighter(edges, areas)
    return differing.histogram()[255], differing


@pytest.mark.parametrize("name", VIEWS)
def test_the_view_is_as_recorded(chromium, map_file, tmp_path, name):
    picture, path = taken(chromium, map_file, name), RECORDED / f"{name}.png"
    if WRITE:
        RECORDED.mkdir(exist_ok=True)
        picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        return
    count, differing = difference(Image.open(path).convert("RGB"), picture)
    picture.save(tmp_path / f"{name}.png")
    differing.save(tmp_path / f"{name}-differs.png")
    assert count <= MOST, f"{count} points of {name} differ from {path.name}: see {tmp_path}"


@pytest.fixture(scope="module")
def first(chromium, map_file):
    return taken(chromium, map_file, "light")


CHANGES = {
    "the legend 6 px lower": "document.querySelector('#mp-legend').style.translate = '0 6px'",
    "zones in another colour": "document.querySelectorAll('.leaflet-pane .mp-zone').forEach((zone) => { zone.style.fill = '#0a7d4f'; })",
    "one mark gone": "document.querySelector('.mp-mark').style.visibility = 'hidden'",
    "one arrow gone": "document.querySelector('.mp-flow').style.visibility = 'hidden'",
    "the title smaller": "document.querySelector('h1').style.fontSize = '18px'",
    "the caveat gone": "document.querySelector('.mp-caveat').style.visibility = 'hidden'",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_real_change_is_seen(chromium, map_file, first, change):
    assert difference(first, taken(chromium, map_file, "light", CHANGES[change]))[0] > MOST


def test_a_shift_below_one_pixel_is_not_seen(chromium, map_file, first):
    shifted = taken(chromium, map_file, "light", "document.body.style.translate = '0.3px 0.3px'")
    assert (first.tobytes() != shifted.tobytes(), difference(first, shifted)[0] <= MOST) == (True, True)
