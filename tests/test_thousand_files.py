"""A thousand files of every format in one folder, a tenth of them broken: one map, one list, no traceback."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from mapper.reports import read_reports

FILES = Path(__file__).parent / "files"
STORY = "La policía entró el viernes en la Cota 905 y vecinos huyeron hacia Plaza Venezuela.\n"


def good_files() -> list[Path]:
    """Return the real files in which all can be read."""
    paths = sorted(path for path in FILES.rglob("*") if path.is_file() and path.name != "README.md")
    _, set_aside = read_reports([FILES])
    bad = {item.name for item in set_aside}
    return [path for path in paths if path.relative_to(FILES).as_posix() not in bad]


def zip_bomb() -> bytes:
    """Return a Word file of a few kB that unfolds to 400 MB."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(400):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def broken(good: list[Path]) -> list[tuple[str, bytes]]:
    """Return broken files by suffix and content: cut off, mistaken, hostile."""
    cut = [(path.suffix, path.read_bytes()[:200]) for path in good if path.suffix in {".pdf", ".docx", ".xlsx", ".zip"}]
    entities = (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
    )
    return [
        *cut[:6],
        (".docx", zip_bomb()),
        (".rss", entities),
        (".jsonl", b'{"text": ' + b"[" * 5000),
        (".csv", b"alfa,beta\n1,2\n"),
        (".pdf", b"\x89PNG\r\n\x1a\n"),
        (".jpg", b"\xff\xd8\xff\xe0"),
        (".txt", b""),
        (".txt", b"\0\1\2" * 50),
        (".html", b"<html><script>" + b"x" * 1000 + b"</script></html>"),
        (".opus", b"OggS"),
        (".docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    ]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_thousand_files_a_tenth_broken_give_one_map_and_one_list(tmp_path: Path):
    good = good_files()
    assert len(good) > 20
    folder = tmp_path / "in"
    folder.mkdir()
    for number, path in zip(range(600), itertools.cycle(good), strict=False):
        folder.joinpath(f"good-{number:04}{path.suffix}").write_bytes(path.read_bytes())
    for number in range(300):
        folder.joinpath(f"good-{number:04}.story.txt").write_text(f"{STORY}Parte {number}.\n", encoding="utf-8")
    for number, (suffix, content) in zip(range(100), itertools.cycle(broken(good)), strict=False):
        folder.joinpath(f"broken-{number:04}{suffix}").write_bytes(content)
    command = [sys.executable, "-m", "mapper", "build", "in", "--out", "out", "--published", "2021-07-11"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert [path.name for path in tmp_path.joinpath("out").iterdir()] == ["map.html"]
    assert "Traceback" not in done.stderr + done.stdout
    # Files go by their whole names, reports that were read with a warning by their ids.
    named = set(re.findall(r"\b((?:good|broken)-\d{4})\.(?!story)\w+: ", done.stderr + done.stdout))
    assert named == {f"broken-{number:04}" for number in range(100)}
