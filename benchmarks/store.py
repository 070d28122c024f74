"""What a store saves: one new report among many, memory against the number of reports, and the watch's delay.

Run: ``python benchmarks/store.py [--reports 10000] [--sizes 1000 5000 10000] [--keep FOLDER]``, on a
machine that does nothing else. The reports are the annotated ones, half of their marked names exchanged for
others of the area, the same every time, and spread over three years and forty outlets: about 640 characters
and one or two records each, many of them near each other in place and day. Each build is a process of its
own, as a user's is; the libraries are loaded before its clock starts. ``--keep`` leaves reports and store, so
that a second run need not read all anew.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.evaluation.marked import read_marked
from mapper.places import load_area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
DAYS, OUTLETS = 1_000, 40
# A build that says what it took, with as many threads as the command line takes. What is loaded here every build loads.
BUILD = """
import json, os, resource, sys, time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
from pathlib import Path
import folium, geopandas, lxml.html, pydantic, pyproj, shapely.ops, xstatic.pkg.leaflet
import mapper, mapper.disclosure, mapper.events, mapper.geo, mapper.history, mapper.reading, mapper.view
folder, out, store = sys.argv[1:]
clock, worked = time.perf_counter(), time.process_time()
result = mapper.build(mapper.Config(inputs=(folder,), out=Path(out), store=Path(store) if store else None))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
print(json.dumps({
    "read": result.reports_read, "records": len(result.disclosed.incidents) + len(result.disclosed.movements),
    "clock": time.perf_counter() - clock, "worked": time.process_time() - worked, "peak": peak,
}))
"""


def write_reports(folder: Path, numbers: Sequence[int]) -> None:
    """Write reports, the same under each number every time."""
    names = sorted({record.name for record in load_area().name_records if record.in_area})
    annotated = sorted((ROOT / "data" / "annotated").glob("*.txt"))
    told = [one for path in annotated for one in read_marked(path.read_text("utf-8"), path.name)]
    for number in numbers:
        chance = random.Random(number)  # noqa: S311 - nothing secret, always the same
        one = chance.choice(told)
        text, other = one.text, {mark.text: chance.choice((mark.text, chance.choice(names))) for mark in one.marks}
        for mark in reversed(one.marks):
            text = text[: mark.start] + other[mark.text] + text[mark.end :]
        day = dt.date(2019, 1, 1) + dt.timedelta(chance.randrange(DAYS))
        head = f"---\ntitle: Parte {number}\ndate: {day}\noutlet: D{number % OUTLETS}\n---\n"
        folder.joinpath(f"{number:06}.txt").write_text(head + text, encoding="utf-8")


def build(folder: Path, out: Path, store: Path | None) -> dict[str, Any]:
    """Build the map of a folder in a process of its own and return what it took; seconds by stage with a store."""
    command = [sys.executable, "-c", BUILD, str(folder), str(out), str(store or "")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    took: dict[str, Any] = json.loads(done.stdout)
    if store:
        run = max(store.parent.joinpath("runs").glob("*.json"))
        took["stages"] = json.loads(run.read_text(encoding="utf-8"))["seconds"]
    return took


def say(what: str, took: dict[str, Any]) -> None:
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in took.get("stages", {}).items())
    print(f"{what}: {took['read']} read, {took['records']} records, peak {took['peak']:.0f} MB")
    print(f"  {took['clock']:.1f} s by the clock, {took['worked']:.1f} s of work ({stages})", flush=True)


def one_new(folder: Path, reports: int) -> None:
    """Print what one report more takes in a store of so many, and whether the map is that from scratch."""
    inputs, out, store = folder / f"reports-{reports}", folder / "out", folder / f"store-{reports}" / "store.db"
    if not inputs.exists():
        inputs.mkdir()
        write_reports(inputs, range(reports))
    say(f"{reports} reports, as the store knows them", build(inputs, out, store))
    new = max(int(path.stem) for path in inputs.glob("*.txt")) + 1
    write_reports(inputs, [new])
    say("one more", build(inputs, out, store))
    say("the same again", build(inputs, out, store))


def from_scratch(folder: Path, sizes: Sequence[int]) -> None:
    """Print time and memory of builds from nothing, with and without a store."""
    for size in sizes:
        inputs = folder / f"scratch-{size}"
        inputs.mkdir(exist_ok=True)
        write_reports(inputs, range(size))
        without = build(inputs, folder / "out", None)
        took = build(inputs, folder / "out", folder / f"new-{size}" / "store.db")
        say(f"{size} reports from scratch", took)
        print(f"  work with a store to without: {took['worked'] / without['worked']:.2f}", flush=True)
        shutil.rmtree(folder / f"new-{size}")


@contextlib.contextmanager
def watching(folder: Path, work: Path) -> Iterator[str]:
    """Yield the address at which ``mapper watch --serve`` shows the map of a folder."""
    command = [sys.executable, "-u", "-m", "mapper", "watch", str(folder), "--serve"]
    with subprocess.Popen(command, cwd=work, stderr=subprocess.PIPE, text=True) as run:  # noqa: S603 - our own command
        try:
            lines = iter(run.stderr or ())
            yield next(part for line in lines for part in line.split() if part.startswith("http://127"))
        finally:
            run.terminate()


def watch_delay(folder: Path, reports: int) -> None:
    """Print the time from a file closed to the new map fetched by the page that is open."""
    inputs = folder / "watched"
    inputs.mkdir()
    write_reports(inputs, range(reports))
    with watching(inputs, folder) as address, urllib.request.urlopen(f"{address}builds") as told:  # noqa: S310 - loopback
        builds = (int(line.removeprefix(b"data: ")) for line in told if line.startswith(b"data: "))
        known = next(number for number in builds if number)  # the first map is there
        seconds = []
        for number in range(reports, reports + 3):
            write_reports(inputs, [number])
            closed = time.perf_counter()
            known = next(build for build in builds if build > known)
            with urllib.request.urlopen(f"{address}map?build={known}") as page:  # noqa: S310 - loopback
                page.read()
            seconds.append(time.perf_counter() - closed)
    print(f"watch, {reports} reports: {max(seconds):.1f} s from file closed to page fetched (worst of {len(seconds)})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000, help="reports in the store before one more comes")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 5_000, 10_000])
    parser.add_argument("--watched", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="folder to work in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.keep or Path(scratch)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        if options.watched:
            watch_delay(Path(scratch), options.watched)
        if options.reports:
            one_new(folder, options.reports)
        from_scratch(folder, options.sizes)


if __name__ == "__main__":
    main()
