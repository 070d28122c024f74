"""Processor seconds and megabytes of each table format, beside what plain pandas and GDAL take for the same rows.

Run: ``.venv/bin/python benchmarks/exports.py [--incidents 50000] [--formats csv,xlsx]``. The story is that of
``map_page.py``. A ratio compares with the library alone, in the same run: ``to_csv``, ``to_excel`` (openpyxl),
``to_json``, ``to_parquet`` and pyogrio, which know nothing of formulas, styles, metadata, stable bytes or levels.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from map_page import made_story

from mapper.disclosure import disclose
from mapper.export import FORMATS, export, tables
from mapper.export.schema import GEOMETRY
from mapper.geo import draw_layers
from mapper.model import DisclosureLevel, MapInfo
from mapper.places import load_area

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

PLACES, MOVEMENTS = 400, 5_000


def made(incidents: int) -> tuple[Any, Any, MapInfo]:
    """Return what leaves of a made-up story, drawn, and what is said of it."""
    area = load_area("caracas")
    story, shut = made_story(area, incidents, PLACES, MOVEMENTS)
    shown = disclose(story, DisclosureLevel.PARTNER, (), sensitive=shut, coarsen=area.municipality_of, mentions=True)
    layers = draw_layers(
        shown, boundaries=area.boundaries, footprints=area.footprints, metric_crs=area.metric_crs, lines=area.lines
    )
    info = MapInfo(dict(area.names), area.languages, area.bbox, area.attributions, area_id=area.id, units=area.units)
    return shown, layers, info


def plain(name: str, frames: dict[str, pd.DataFrame], folder: Path) -> Callable[[], None] | None:
    """Return what writes the same rows with a library alone; None where none knows the format."""
    import pandas as pd
    import pyogrio

    bare = {layer: pd.DataFrame(frame).drop(columns="geometry", errors="ignore") for layer, frame in frames.items()}

    def with_gdal(driver: str, ending: str, *, apart: bool) -> None:
        for layer, frame in frames.items():
            if layer in GEOMETRY or driver != "LIBKML":
                path = folder / f"{layer if apart else 'all'}.{ending}"
                pyogrio.write_dataframe(frame, path, layer=layer, driver=driver, append=path.exists())

    def to_excel() -> None:
        with pd.ExcelWriter(folder / "all.xlsx", engine="openpyxl") as book:
            for layer, frame in bare.items():
                frame.to_excel(book, sheet_name=layer, index=False)

    writers: dict[str, Callable[[], None]] = {
        "csv": lambda: [frame.to_csv(folder / f"{layer}.csv") for layer, frame in frames.items()] and None,
        "jsonl": lambda: (
            [frame.to_json(folder / f"{layer}.jsonl", orient="records", lines=True) for layer, frame in bare.items()]
            and None
        ),
        "parquet": lambda: [frame.to_parquet(folder / f"{layer}.parquet") for layer, frame in frames.items()] and None,
        "xlsx": to_excel,
        "gpkg": lambda: with_gdal("GPKG", "gpkg", apart=False),
        "geojson": lambda: with_gdal("GeoJSON", "geojson", apart=True),
        "kml": lambda: with_gdal("LIBKML", "kml", apart=True),
    }
    return writers.get(name)


def main() -> None:
    """Print a line a format."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--incidents", type=int, default=50_000)
    options.add_argument("--formats", default=",".join(FORMATS))
    chosen = options.parse_args()
    shown, layers, info = made(chosen.incidents)
    start = time.process_time()
    frames = tables(shown, layers, info)
    making = time.process_time() - start
    print({layer: len(frame) for layer, frame in frames.items()}, f"made in {making:.1f} s")
    print("| format | s | MB | × plain |\n|---|---|---|---|")
    for name in chosen.formats.split(","):
        start = time.process_time()
        files = export(shown, layers, info, (name,))
        ours = time.process_time() - start
        megabytes = sum(map(len, files.values())) / 1e6
        with tempfile.TemporaryDirectory() as folder:
            write = plain(name, frames, Path(folder))
            ratio = "–"
            if write:
                start = time.process_time()
                write()
                ratio = f"{(ours - making) / (time.process_time() - start):.2f}"
        print(f"| {name} | {ours:.1f} | {megabytes:.1f} | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
