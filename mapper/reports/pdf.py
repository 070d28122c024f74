"""PDF: the words on its pages, in reading order, as flowing text. A scan holds none.

A PDF knows no paragraphs, only words at places: where one ends is told from the lines' size,
distance and width. Its dates say when the file was made, not when its report was published: none is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from mapper.errors import ReportError
from mapper.reports.draft import Draft
from mapper.reports.properties import stated_author, stated_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument, PdfTextPage

    from mapper.reports.draft import Intake

__all__ = ["read_pdf"]

_MB = 1_000_000
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD in fpdfview.h
_HYPHENS = "\u00ad\u0002\ufffe"  # as PDFium gives a hyphen that only divides a word
_IN_WORD = re.compile(rf"(?<=\w)[{_HYPHENS}](?=\w)")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u00ad\ufffe\uffff]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_PAGE_NUMBER = re.compile(r"(?:p[áa]g(?:ina|e|\.)?)?\W*(\d{1,4})\W*(?:(?:/|de|of)\W*\d{1,4})?\W*", re.IGNORECASE)
# What browsers print around a page: the day of printing, and the address.
_PRINTED_ON = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? +\d{1,2}:\d{2}\b.*")
_PRINTED_FROM = re.compile(r"((?:https?|file)://\S+) +\d+ *(?:/|de|of) *\d+")
_EDGE = 2  # lines at the top and the bottom of a page where what programs put around it is looked for
_MOST_PAGES = 3  # a first or last line repeated on so many pages is a running header or footer
_SENTENCE_END = re.compile(r"[.!?:;…»”\"')]$")
# Measures of the layout, found by trying: as multiples of the usual, and of a letter's size.
_OTHER_SIZE, _WIDE_GAP, _LETTER, _WIDE_LETTER = 1.12, 1.25, 0.45, 0.65


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and where its first and last letters stand; all zero where PDFium does not know."""

    text: str
    left: float = 0
    right: float = 0
    bottom: float = 0  # the line the letters stand on
    size: float = 0

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table: its words stand far apart."""
        return self.right - self.left > _WIDE_LETTER * self.size * len(self.text)


def read_pdf(raw: bytes, intake: Intake) -> Iterator[Draft]:
    """Yield the one report of a PDF.

    Raises
    ------
    ReportError
        ``report-pdf-scan``: pictures only; ``report-password``; ``report-truncated``; ``report-pages``;
        ``report-text-too-long``.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        code = "report-password" if error.err_code == _PASSWORD_ERROR else "report-truncated"
        raise ReportError(code, name=intake.name) from None
    try:
        pages = _pages(document, intake)
        title, author = (_metadata(document, key) for key in ("Title", "Author"))
    except pypdfium2.PdfiumError:
        raise ReportError("report-truncated", name=intake.name) from None
    finally:
        document.close()
    pages, url = _without_print_marks(pages)
    text = _flowing(_without_running_lines(pages))
    if not text:
        raise ReportError("report-pdf-scan", name=intake.name)
    yield Draft(text, title=stated_title(title), author=stated_author(author), url=url)


def _metadata(document: PdfDocument, key: str) -> str:
    """Return what a PDF states about itself; nothing where its letters are damaged."""
    try:
        return str(document.get_metadata_value(key))
    except UnicodeDecodeError:
        return ""


def _pages(document: PdfDocument, intake: Intake) -> list[list[_Line]]:
    """Return the lines of every page; stop where there are too many pages or too much text."""
    if len(document) > intake.limits.pages:
        raise ReportError("report-pages", name=intake.name, limit=intake.limits.pages)
    room = intake.limits.text_mb * _MB
    pages = []
    for index in range(len(document)):
        page = document[index]
        textpage = page.get_textpage()
        room -= textpage.count_chars()
        if room < 0:
            raise ReportError("report-text-too-long", name=intake.name, limit_mb=intake.limits.text_mb)
        pages.append(list(_lines(textpage)))
        textpage.close()
        page.close()
    return pages


def _lines(textpage: PdfTextPage) -> Iterator[_Line]:
    """Yield the lines of a page that hold something."""
    start = 0  # in UTF-16 units, as PDFium counts
    for line in textpage.get_text_range(errors="ignore").split("\n"):
        words = line.rstrip()
        text = " ".join(_IN_WORD.sub("", words).translate(_LIGATURES).split())
        if text:
            begin = start + len(line) - len(line.lstrip())
            yield _placed(textpage, text, begin, start + _units(words) - 1)
        start += _units(line) + 1


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _placed(textpage: PdfTextPage, text: str, begin: int, end: int) -> _Line:
    """Return a line with its place: from its letters ``begin`` to ``end`` in the text of the page."""
    from ctypes import c_double

    from pypdfium2 import PdfiumError, raw

    first, last = (raw.FPDFText_GetCharIndexFromTextIndex(textpage, place) for place in (begin, end))
    left, bottom, matrix = c_double(), c_double(), raw.FS_MATRIX()
    known = first >= 0 and raw.FPDFText_GetCharOrigin(textpage, first, left, bottom)
    if not known or not raw.FPDFText_GetMatrix(textpage, first, matrix):
        return _Line(text)
    try:
        right = textpage.get_charbox(last)[2]
    except (PdfiumError, IndexError, ValueError):
        return _Line(text)
    size = raw.FPDFText_GetFontSize(textpage, first) * hypot(matrix.c, matrix.d)
    return _Line(text, left.value, right, bottom.value, size)


def _without_print_marks(pages: list[list[_Line]]) -> tuple[list[list[_Line]], str]:
    """Drop what a browser prints around pages, whose day is no date of the report, and return the web address."""
    kept, url = [], ""
    for lines in pages:
        edge = {*lines[:_EDGE], *lines[-_EDGE:]}
        address = next((found for line in edge if (found := _PRINTED_FROM.fullmatch(line.text))), None)
        if address and address[1].startswith("http"):
            url = url or address[1]
        marks = {line for line in edge if address and (_PRINTED_ON.fullmatch(line.text) or line.text == address[0])}
        kept.append([line for line in lines if line not in marks])
    return kept, url


def _without_running_lines(pages: list[list[_Line]]) -> list[_Line]:
    """Return all lines but page numbers, and first and last ones that most pages share."""
    ends = [_shape(line) for lines in pages for line in {*lines[:1], *lines[-1:]}]
    running = {shape for shape in ends if ends.count(shape) >= max(_MOST_PAGES, len(pages) / 2)}
    kept: list[_Line] = []
    for number, lines in enumerate(pages, start=1):
        for line in lines:
            found = _PAGE_NUMBER.fullmatch(line.text)
            numbers_page = found is not None and int(found[1]) == number
            if line not in (lines[0], lines[-1]) or not (numbers_page or _shape(line) in running):
                kept.append(line)
    return kept


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _flowing(lines: list[_Line]) -> str:
    """Join the lines of each paragraph."""
    pitches = sorted(pitch for line, after in pairwise(lines) if (pitch := _pitch(line, after)) > 0)
    usual = pitches[len(pitches) // 4] if pitches else 0
    blocks = [lines[:1]]
    for line, after in pairwise(lines):
        if _is_apart(line, after, usual):
            blocks.append([])
        blocks[-1].append(after)
    pieces = []
    for block, following in zip(blocks, [*blocks[1:], []], strict=True):
        margin = max((line.right for line in block), default=0)
        for line, after in pairwise([*block, *following[:1]]):
            pieces.append(_joined(line, after, ends=_ends(line, after, margin, last=line is block[-1])))
    text = "".join(pieces) + "".join(line.text for line in lines[-1:])
    return "\n".join(" ".join(_CONTROLS.sub(" ", paragraph).split()) for paragraph in text.split("\n"))


def _pitch(line: _Line, after: _Line) -> float:
    """Return how far below a line the next one stands, as a multiple of its size."""
    return (line.bottom - after.bottom) / line.size if line.size else 0


def _is_apart(line: _Line, after: _Line, usual: float) -> bool:
    """Tell whether ``after`` begins a new block: another size, a wider gap, the next column, a row of a table."""
    if not line.size or not after.size or line.is_row or after.is_row:
        return True
    other_size = max(line.size, after.size) > _OTHER_SIZE * min(line.size, after.size)
    return other_size or not 0 < _pitch(line, after) <= _WIDE_GAP * usual


def _ends(line: _Line, after: _Line, margin: float, *, last: bool) -> bool:
    """Tell whether ``line``, of a block as wide as ``margin``, ends its paragraph."""
    if last:
        goes_on = after.bottom > line.bottom and after.text[0].islower() and not _SENTENCE_END.search(line.text)
        return not goes_on
    # The first word of the next line would have fitted: somebody ended this one on purpose.
    return margin - line.right > _LETTER * line.size * (len(after.text.split()[0]) + 2)


def _joined(line: _Line, after: _Line, *, ends: bool) -> str:
    """Return the text of ``line`` with what parts it from ``after``; a word divided between them is made whole."""
    if line.text[-1] in "-" + _HYPHENS and after.text[0].islower() and not line.is_row:
        return line.text[:-1]
    return line.text + ("\n" if ends else " ")
