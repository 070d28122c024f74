"""Word files: paragraphs, tables, headers, footers, text boxes and notes, as a reader sees them.

What was deleted, hidden or commented is not text of the report. A file's dates say when it was
written or saved, not when it was published: none is taken.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from mapper.errors import ReportError
from mapper.reports.archive import ARCHIVE_FAULTS, open_archive, refuse_entities
from mapper.reports.draft import Draft
from mapper.reports.properties import stated_author, stated_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.reports.draft import Intake

__all__ = ["read_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_NOTES = ("/footnotes", "/endnotes")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Elements whose words are not the report's: deletions, what a fallback repeats, moved-away text.
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}instrText", f"{_W}delText", _FALLBACK}
_PAGE_NUMBER = re.compile(r"[\d\s/|–-]*$|(?:p[áa]gina|page)\b.{0,12}$", re.IGNORECASE)


def read_docx(raw: bytes, intake: Intake) -> Iterator[Draft]:
    """Yield the one report of a Word file.

    Raises
    ------
    ReportError
        ``report-zip-broken``, ``report-password``, ``report-unpacked``, ``report-xml-entities``.
    """
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.opc.part import PartFactory
    from docx.oxml.exceptions import XmlchemyError
    from docx.package import Package
    from docx.parts.document import DocumentPart
    from lxml import etree

    with open_archive(raw, intake) as archive:
        refuse_entities(archive, intake)
    damage = (
        OpcError,
        PythonDocxError,
        XmlchemyError,
        etree.LxmlError,
        KeyError,
        AttributeError,
        TypeError,
        IndexError,
    )
    # python-docx knows Word files with macros (.docm) only when told; it never runs any.
    PartFactory.part_type_for[_WITH_MACROS] = DocumentPart
    try:
        document = cast("DocumentPart", Package.open(BytesIO(raw)).main_document_part).document
        body = list(_blocks(document.element.body))
        before, after = _running(document)
        notes = list(_notes(document))
        about = document.core_properties
        title, author = stated_title(about.title), stated_author(about.author)
    except (*damage, *ARCHIVE_FAULTS):
        raise ReportError("report-zip-broken", name=intake.name) from None
    text = "\n".join([*before, *body, *notes, *after])
    if not text.strip():
        raise ReportError("report-empty", name=intake.name)
    yield Draft(text=text, title=title, author=author)


def _running(document: Any) -> tuple[list[str], list[str]]:
    """Return the lines of headers and of footers, each once, without page numbers."""
    found: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for section in document.sections:
        parts = (
            (section.header, section.first_page_header, section.even_page_header),
            (section.footer, section.first_page_footer, section.even_page_footer),
        )
        for lines, kinds in zip(found, parts, strict=True):
            for part in kinds:
                if not part.is_linked_to_previous:
                    lines.update((line, None) for line in _blocks(part._element) if not _PAGE_NUMBER.match(line))  # noqa: SLF001 - python-docx offers no text of tables and boxes in headers
    return list(found[0]), list(found[1])


def _notes(document: Any) -> Iterator[str]:
    """Yield the footnotes and endnotes; the lines that part them from the page have a type, notes have none."""
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(_NOTES) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type", "normal") == "normal":
                    yield from _blocks(note)


def _blocks(parent: Any) -> Iterator[str]:
    """Yield paragraphs and table rows in their order, text boxes after the paragraph they hang on."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from filter(None, [_line(_words(child)), *_boxes(child)])
        elif child.tag == f"{_W}tbl":
            yield from _rows(child)
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[str]:
    """Yield a table's rows, their cells parted by a bar."""
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is table:
            cells = [
                " ".join(_blocks(cell)) for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row
            ]
            if any(cells):
                yield " | ".join(filter(None, cells))


def _boxes(paragraph: Any) -> Iterator[str]:
    """Yield the paragraphs of a paragraph's text boxes, once: a box is written twice for older programs."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        # A box in a box is the inner paragraph's; read from both it would double with every level.
        if next(box.iterancestors(f"{_W}p")) is paragraph and next(box.iterancestors(_FALLBACK), None) is None:
            yield from _blocks(box)


def _words(node: Any) -> str:
    """Return the visible words of a paragraph, its text boxes left out."""
    words = ""
    for child in node:
        if child.tag in _LEFT_OUT or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            words += child.text or ""
        elif child.tag in {f"{_W}tab", f"{_W}br", f"{_W}cr"}:
            words += " "
        elif child.tag == f"{_W}noBreakHyphen":
            words += "-"
        elif not _is_hidden(child):
            words += _words(child)
    return words


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in {"0", "false", "off"}


def _line(value: str | None) -> str:
    return " ".join((value or "").split())
