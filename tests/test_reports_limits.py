"""What one file may cost: time, memory, size; a reader that breaks off never takes the others along."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from mapper.errors import ReportError
from mapper.reports import Limits, read_reports
from mapper.reports.draft import Draft, Intake
from mapper.reports.formats import detect_format
from mapper.reports.guarded import GuardedReader

STORY = "La policía entró el viernes en la Cota 905 y vecinos huyeron hacia Plaza Venezuela. "
PAGE = f"<html><body><article><p>{STORY * 3}</p></article></body></html>"
HUGE = "<html><body><article>" + f"<p><b><i>{STORY}</i></b></p>" * 150_000 + "</article></body></html>"


def reasons(folder: Path, limits: Limits, **files: str | bytes) -> tuple[list[str], list[str]]:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    reports, set_aside = read_reports([folder], limits=limits)
    return [report.report_id for report in reports], [item.reason_en for item in set_aside]


def test_a_file_that_takes_too_long_is_set_aside_and_the_next_is_read(tmp_path: Path):
    read, why = reasons(tmp_path, Limits(seconds=1), a__html=PAGE, b__html=HUGE, c__html=PAGE)
    assert (read, len(why)) == (["a", "c"], 1)
    assert why[0].startswith("b.html: not read within 1 seconds (limits.seconds in mapper.toml)")


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="only Linux bounds a process's memory")
def test_a_file_that_takes_too_much_memory_is_set_aside_and_the_next_is_read(tmp_path: Path):
    read, why = reasons(tmp_path, Limits(memory_mb=300, seconds=60), a__html=PAGE, b__html=HUGE, c__html=PAGE)
    assert (read, len(why)) == (["a", "c"], 1)
    assert "limits.memory_mb" in why[0]


def test_a_worker_that_dies_is_replaced():
    intake = Intake("x.html")
    with GuardedReader() as guarded:
        assert isinstance(next(guarded.read("html", PAGE.encode(), intake)), Draft)
        os.kill(guarded._worker.pid, signal.SIGKILL)
        guarded._worker.wait()
        (first,) = guarded.read("html", PAGE.encode(), intake)
        (second,) = guarded.read("html", PAGE.encode(), intake)
    assert isinstance(first, ReportError)
    assert first.code == "report-crashed"
    assert isinstance(second, Draft)


@pytest.mark.parametrize(
    ("limits", "content", "sentence"),
    [
        (Limits(file_mb=1), "a" * 1_000_001, "b.txt: larger than 1 MB (limits.file_mb in mapper.toml)."),
        (Limits(text_mb=1), "ab " * 333_400, "b.txt: a report in it has more than 1 million characters"),
    ],
    ids=["file", "text"],
)
def test_a_text_that_is_too_large_names_its_limit(tmp_path: Path, limits: Limits, content: str, sentence: str):
    read, why = reasons(tmp_path, limits, a__txt=STORY, b__txt=content)
    assert read == ["a"]
    assert why[0].startswith(sentence)


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [
        (b"\x89PNG\r\n\x1a\n", "x.pdf", "report-image"),
        (b"\xff\xd8\xff\xe0", "x.jpg", "report-image"),
        (b"RIFF\0\0\0\0WEBP", "x.webp", "report-image"),
        (b"\0\0\0\x18ftypheic", "x.heic", "report-image"),
        (b"<svg/>", "x.svg", "report-image"),
        (b"OggS", "x.opus", "report-audio"),
        (b"RIFF\0\0\0\0WAVE", "x.wav", "report-audio"),
        (b"\0\0\0\x18ftypM4A ", "x.m4a", "report-audio"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "x.docx", "report-old-office"),
        (b"{\\rtf1", "x.rtf", "report-old-office"),
        (b"\x1f\x8b\x08", "x.gz", "report-archive"),
        (b"PK\x03\x04 stuff", "x.docx", "report-zip-broken"),
        (b"text", "x.exe", "report-format-unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_what_to_do_instead(raw: bytes, name: str, code: str):
    with pytest.raises(ReportError) as caught:
        detect_format(raw, Path(name).suffix, name)
    assert caught.value.code == code
    assert "{" not in caught.value.in_language("es")


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        (b"%PDF-1.7", "x.txt", "pdf"),
        (b"junk\n%PDF-1.4", "", "pdf"),
        (b"<!-- saved --><!DOCTYPE html><html>", "x.txt", "html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "x.txt", "feed"),
        (b'{"text": "a"}\n', "", "jsonl"),
        (b"Return-Path: <a@example.org>\nFrom: A\nSubject: B\n\nText", "", "mail"),
        (b"From: nobody knows where\nthe police came", "", "plain"),
        (b"[8/7/21 21:14:01] Ana: Tiros\n[8/7/21 21:15:02] Luis: Si\n", "x.txt", "chat"),
        ("8/7/21, 21:14 - Ana: Tiros\n8/7/21, 21:15 - Luis: Sí\n".encode(), "", "chat"),
        (b"Title: a\nText", "x.md", "markdown"),
        (b"a,b\n1,2\n", "x.csv", "csv"),
    ],
)
def test_a_format_is_known_by_its_look_before_its_name(raw: bytes, name: str, expected: str):
    assert detect_format(raw, Path(name).suffix, name) == expected
