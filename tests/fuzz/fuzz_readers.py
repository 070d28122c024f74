"""Fuzz one format's reader, guided by coverage: ``python tests/fuzz/fuzz_readers.py FORMAT [-runs=N ...]``.

Needs atheris (``pip install atheris``, Linux). The contract tested: a reader yields drafts and
report errors or raises a report error, and nothing else, whatever bytes it gets. The corpus begins
with the real files of ``tests/files``; crashes are written to the working folder and become tests.
"""

from __future__ import annotations

import importlib
import io
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

FOLDERS = {"chat-zip": "chat"}
LIBRARIES = {"docx": "docx", "feed": "feedparser", "xlsx": "openpyxl"}

# What is imported in here counts coverage; a reader imports its library later, so it is named.
with atheris.instrument_imports(include=["mapper", *LIBRARIES.values()]):
    if sys.argv[1] in LIBRARIES:
        importlib.import_module(LIBRARIES[sys.argv[1]])
    from mapper.errors import ReportError
    from mapper.reports.draft import Intake, Limits
    from mapper.reports.formats import reader_of

    READER = reader_of(sys.argv[1])


def wrapped(name: str, data: bytes) -> bytes:
    """Put a chat into its archive: mutating the archive itself would only test its checksum."""
    if name != "chat-zip":
        return data
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("_chat.txt", data)
    return archive.getvalue()


def main() -> None:
    """Run the fuzzer on the format named first."""
    name, *options = sys.argv[1:]
    intake = Intake("x", "America/Caracas", Limits(pages=20, rows=200, text_mb=1, unpacked_mb=20))

    def one_input(data: bytes) -> None:
        try:
            for item in READER(wrapped(name, data), intake):
                item.text.encode() if not isinstance(item, ReportError) else item.in_language("es")
        except ReportError as error:
            error.in_language("en")

    seeds = Path(__file__).parents[1] / "files" / FOLDERS.get(name, name)
    corpus = tempfile.mkdtemp(prefix=f"fuzz-{name}-")
    inputs = [corpus, *([str(seeds)] if seeds.is_dir() else [])]
    atheris.Setup([sys.argv[0], *options, *inputs], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
