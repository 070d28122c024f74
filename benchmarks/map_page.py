"""How large, how quickly made and how quick to use the map is, beside plain folium on the same records.

Run: ``.venv/bin/python benchmarks/map_page.py [--incidents 50000] [--plugin FILE]``. The story is made
up, the same every time: the area's own places, and quotes put together from the word pairs of the
example and annotated reports. Page figures need playwright and a Chromium. Folium's page asks the net
for its scripts; here they are handed to it: Leaflet from the mapper, and with ``--plugin FILE`` the
file leaflet.markercluster.js, without which folium's page is measured without opening it.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import gc
import itertools
import random
import shutil
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.disclosure import disclose
from mapper.evaluation.marked import read_marked
from mapper.files import write_atomic
from mapper.geo import draw_layers
from mapper.model import (
    Assertion,
    Claim,
    DatePrecision,
    DateSpan,
    Disclosed,
    DisclosureLevel,
    Estimate,
    EventType,
    Evidence,
    Facts,
    Incident,
    MapInfo,
    Measure,
    Mention,
    Mode,
    Movement,
    MovementKind,
    Report,
    Span,
    Status,
    Story,
)
from mapper.places import load_area
from mapper.reports import read_reports
from mapper.view import page_html, render_map
from mapper.view.assets import leaflet_script, leaflet_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapper.model import Layers, Place
    from mapper.places import Area

ROOT = Path(__file__).parent.parent
QUOTE, REPORT_QUOTES = 104, 20  # a sentence is a little longer
FIRST_DAY, DAYS = dt.date(2018, 1, 1), 1_500
LONG_FRAME_MS = 100
ACTORS = ("gang", "police", "armed forces", "colectivo", "civilians", "protesters")
KINDS = (
    (EventType.BATTLES, "Armed clash"),
    (EventType.BATTLES, "Armed clash"),
    (EventType.EXPLOSIONS, "Grenade"),
    (EventType.VIOLENCE, "Attack"),
    (EventType.VIOLENCE, "Abduction/forced disappearance"),
    (EventType.PROTESTS, "Peaceful protest"),
    (EventType.RIOTS, "Looting/property destruction"),
)


# --- a made-up story ---


class Words:
    """Talks like the example reports: each word follows one that it follows there."""

    def __init__(self, chance: random.Random) -> None:
        texts = [report.text for report in read_reports([ROOT / "data" / "reports"])[0]]
        for path in sorted((ROOT / "data" / "annotated").glob("*.txt")):
            texts += [one.text for one in read_marked(path.read_text("utf-8"), path.name)]
        self.chance = chance
        self.next: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            words = text.split()
            for word, after in itertools.pairwise(words):
                self.next[word].append(after)
        self.starts = sorted(word for word in self.next if word[0].isupper())

    def sentence(self, name: str) -> tuple[str, int]:
        """Return a sentence of about ``QUOTE`` characters that names a place, and where the name stands."""
        chance = self.chance
        words = [chance.choice(self.starts)]
        while sum(map(len, words)) + len(words) + len(name) < QUOTE:
            words.append(chance.choice(self.next.get(words[-1]) or self.starts))
        spot = chance.randrange(1, len(words) + 1)
        before = " ".join(words[:spot]) + " en "
        return f"{before}{name} {' '.join(words[spot:])}".rstrip(" .") + ".", len(before)


def made_story(area: Area, incidents: int, places: int, movements: int) -> tuple[Story, dict[str, tuple[Span, ...]]]:
    """Return a story of so many records and the sensitive spans of its reports; always the same."""
    chance = random.Random(905)  # noqa: S311 - nothing secret, always the same
    known = [place for place in area.places.values() if place.in_area and place.lat is not None]
    known = sorted(known, key=lambda place: place.place_id)[:places]
    weights = [1 / (rank + 3) for rank in range(len(known))]
    chance.shuffle(weights)
    words, story = Words(chance), _Made(chance)
    records: list[Incident | Movement] = []
    for number in range(incidents + movements):
        story.turn_page(number)
        where, other = chance.choices(known, weights, k=2)
        passage = story.tell(*words.sentence(where.name), where)
        if number % (incidents // movements + 1) == 0 and len(records) < incidents + movements:
            records.append(story.movement(number, where, other, passage))
        else:
            records.append(story.incident(number, (where, other) if number % 9 == 0 else (where,), passage))
    made = story.finish()
    found = tuple(one for one in records if isinstance(one, Incident))
    return Story(made, story.facts(made), found, tuple(one for one in records if isinstance(one, Movement))), story.shut


class _Made:
    """Reports under way: sentences are added until a page is full."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.texts: list[list[str]] = []
        self.lengths: list[int] = []
        self.mentions: list[list[Mention]] = []
        self.shut: dict[str, tuple[Span, ...]] = {}

    def turn_page(self, number: int) -> None:
        if number % REPORT_QUOTES == 0:
            self.texts.append([])
            self.lengths.append(0)
            self.mentions.append([])

    def tell(self, sentence: str, at: int, place: Place) -> Evidence:
        """Add a sentence to the report and return where it stands; every fiftieth is sensitive."""
        start = self.lengths[-1]
        self.texts[-1].append(sentence)
        self.lengths[-1] += len(sentence) + 1
        name = f"r{len(self.texts)}"
        here = start + at, start + at + len(place.name)
        self.mentions[-1].append(Mention(*here, place.name, Status.RESOLVED, place))
        if self.chance.random() < 0.02:  # noqa: PLR2004 - one in fifty
            self.shut[name] = (*self.shut.get(name, ()), Span(start, start + len(sentence)))
        return Evidence(name, start, start + len(sentence))

    def when(self) -> DateSpan:
        day = FIRST_DAY + dt.timedelta(int(DAYS * self.chance.random()))
        return DateSpan() if self.chance.random() < 0.03 else DateSpan(day, day, DatePrecision.DAY)  # noqa: PLR2004

    def incident(self, number: int, places: tuple[Place, ...], passage: Evidence) -> Incident:
        chance = self.chance
        kind, sub = chance.choice(KINDS)
        toll = Estimate()
        claims: tuple[Claim, ...] = ()
        if chance.random() < 0.2:  # noqa: PLR2004 - a fifth tell of deaths
            count = chance.randrange(1, 6)
            toll = Estimate(count, count, count, "persons")
            speaker = chance.choice(("", "vecinos", "la policía", "local media"))
            claims = (Claim(passage.report_id, passage.start, passage.start + 9, Measure.KILLED, toll, speaker),)
        return Incident(
            f"i-{chance.getrandbits(48):012x}",
            kind,
            sub,
            self.when(),
            tuple(dict.fromkeys(places)),
            tuple(sorted(chance.sample(ACTORS, chance.randrange(3)))),
            fatalities=toll,
            claims=claims,
            evidence=(passage,),
            assertion=Assertion.PAST if number % 40 == 0 else Assertion.NONE,
        )

    def movement(self, number: int, origin: Place, end: Place, passage: Evidence) -> Movement:
        count = self.chance.randrange(10, 900)
        people = Estimate(count, count, count, "persons") if number % 3 else Estimate()
        name = f"m-{self.chance.getrandbits(48):012x}"
        kind = MovementKind.DISPLACEMENT
        return Movement(name, kind, (origin,), (end,), (), self.when(), Mode.ON_FOOT, people, (passage,))

    def finish(self) -> tuple[Report, ...]:
        return tuple(
            Report(
                f"r{number}",
                " ".join(sentences),
                f"{sentences[0][:60]}…",
                "es",
                FIRST_DAY + dt.timedelta(DAYS * number // len(self.texts)),
                f"Diario {number % 40}",
                f"https://example.org/{number}",
            )
            for number, sentences in enumerate(self.texts, start=1)
        )

    def facts(self, reports: tuple[Report, ...]) -> tuple[Facts, ...]:
        return tuple(Facts(one, tuple(named), (), ()) for one, named in zip(reports, self.mentions, strict=True))


# --- making the page ---


class Stages:
    """Seconds by stage: the process's own, so that other work on the machine counts little."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, name: str, work: Callable[[], Any]) -> Any:
        gc.collect()
        start = time.process_time()
        made = work()
        self.seconds[name] = time.process_time() - start
        return made

    def __str__(self) -> str:
        parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in self.seconds.items())
        return f"{sum(self.seconds.values()):.2f} s ({parts})"


def build(area: Area, incidents: int, places: int, movements: int, path: Path) -> tuple[Disclosed, Layers]:
    """Build our page, print its figures, and return what it was drawn from."""
    story, sensitive = made_story(area, incidents, places, movements)
    info = MapInfo(dict(area.names), area.languages, area.bbox, area.attributions, FIRST_DAY, "0" * 12, "0")
    stages = Stages()
    disclosed = stages(
        "disclose",
        lambda: disclose(story, DisclosureLevel.PARTNER, sensitive=sensitive, coarsen=area.municipality_of),
    )
    frames = {"boundaries": area.boundaries, "footprints": area.footprints, "lines": area.lines}
    layers = stages("draw", lambda: draw_layers(disclosed, metric_crs=area.metric_crs, **frames))
    view = stages("render", lambda: render_map(layers, disclosed, info))
    page = stages("html", lambda: page_html(view).encode())
    stages("write", lambda: write_atomic(path, page))
    told = [quote.text for quotes in disclosed.quotes.values() for quote in quotes if quote.text]
    print(f"{len(disclosed.incidents)} incidents, {len(layers.zones)} zones, {len(layers.flows)} flows, ", end="")
    print(f"{len(told)} quotes of {sum(map(len, told)) / max(1, len(told)):.0f} characters")
    print(f"  file: {path.stat().st_size / 1e6:.2f} MB; made in {stages}")
    return disclosed, layers


def plain_folium(disclosed: Disclosed, layers: Layers, path: Path) -> None:
    """Build folium's own page of the same records: a CircleMarker each in a MarkerCluster, a line a flow."""
    import folium
    from folium.plugins import MarkerCluster

    stages = Stages()
    records = {one.incident_id: one for one in disclosed.incidents}

    def draw() -> folium.Map:
        view = folium.Map((10.48, -66.9), zoom_start=12, tiles=None)
        cluster = MarkerCluster().add_to(view)
        for name, point in zip(layers.incidents["incident_id"], layers.incidents.geometry, strict=True):
            one = records[name]
            quotes = " ".join(quote.text or "" for quote in disclosed.quotes[name])
            popup = f"{one.event_type} {one.when.start}: {quotes}"
            folium.CircleMarker((point.y, point.x), radius=6, popup=popup).add_to(cluster)
        for line in layers.flows.geometry:
            folium.PolyLine([(lat, lon) for lon, lat in line.coords]).add_to(view)
        return view

    view = stages("draw", draw)
    stages("save", lambda: view.save(path))
    print(f"plain folium, the same records\n  file: {path.stat().st_size / 1e6:.2f} MB; made in {stages}")


# --- using the page ---

ADDRESSES = ("from=2019-01-01&to=2019-06-30", "types=Battles", "types=Battles&from=2019-03-01", "corroborated=1", "")
# Does something to the page every so often and returns the milliseconds between its frames.
FRAMES = """async ([what, addresses]) => {
  const map = window[Object.keys(window).find((name) => name.startsWith("map_"))];
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const steps = {
    pan: Array.from({ length: 24 }, (_, i) => () => map.panBy([i % 4 < 2 ? 160 : -160, i % 2 ? 90 : -90])),
    zoom: [1, 1, -1, -1].map((by) => () => map.setZoom(map.getZoom() + by)),
    filter: addresses.map((address) => () => { location.hash = address; }),
  }[what];
  const frames = [];
  let last = await new Promise(requestAnimationFrame);
  let on = true;
  const tick = (now) => {
    frames.push(now - last);
    last = now;
    if (on) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  for (const step of steps) {
    step();
    await rest(what === "pan" ? 300 : 700);
  }
  on = false;
  return frames;
}"""


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Yield a Chromium, or None where there is no playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("  no playwright: pages are not opened")
        yield None
        return
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        run = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield run
        run.close()


def use(run: Any, path: Path, ready: str, files: dict[str, str], doings: tuple[str, ...]) -> None:
    """Open a page and print when it is ready, and its longest frame while it is panned, zoomed and filtered."""
    page = run.new_page(viewport={"width": 1366, "height": 850})

    def answer(route: Any) -> None:
        route.fulfill(body=next((text for name, text in files.items() if route.request.url.endswith(name)), ""))

    page.route("http*://**/*", answer)
    times = []
    for _ in range(3):
        page.goto("about:blank")
        page.goto(path.as_uri(), wait_until="commit", timeout=300_000)
        page.wait_for_selector(ready, timeout=300_000)
        times.append(page.evaluate("performance.now()") / 1000)
    print(f"  ready after {min(times):.2f} s (worst of {len(times)}: {max(times):.2f} s)")
    page.wait_for_timeout(1000)
    for what in doings:
        frames = page.evaluate(FRAMES, [what, ADDRESSES])
        over = sum(frame > LONG_FRAME_MS for frame in frames)
        print(f"  {what}: longest frame {max(frames):.0f} ms; {over} of {len(frames)} over {LONG_FRAME_MS} ms")
    page.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=50_000)
    parser.add_argument("--places", type=int, default=400)
    parser.add_argument("--movements", type=int, default=300)
    parser.add_argument("--plugin", type=Path, help="leaflet.markercluster.js, to open folium's page")
    parser.add_argument("--without-folium", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder to keep the pages in")
    options = parser.parse_args()
    area = load_area()
    with tempfile.TemporaryDirectory() as scratch, browser() as run:
        folder = options.keep or Path(scratch)
        folder.mkdir(exist_ok=True, parents=True)
        build(area, 200, 60, 20, folder / "ordinary.html")
        drawn = build(area, options.incidents, options.places, options.movements, folder / "map.html")
        if run:
            use(run, folder / "map.html", "body.is-ready", {}, ("pan", "zoom", "filter"))
        if options.without_folium:
            return
        plain_folium(*drawn, folder / "folium.html")
        if run and options.plugin:
            files = {"leaflet.js": leaflet_script(), "leaflet.css": leaflet_style()}
            files["leaflet.markercluster.js"] = options.plugin.read_text("utf-8")
            use(run, folder / "folium.html", ".marker-cluster, .leaflet-interactive", files, ("pan", "zoom"))


if __name__ == "__main__":
    main()
