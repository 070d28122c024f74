"""PDF and Word files as other programs write them, and as nobody should."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from mapper.errors import ReportError
from mapper.reports.draft import Draft, Intake, Limits
from mapper.reports.pdf import read_pdf
from mapper.reports.word import read_docx

FILES = Path(__file__).parent / "files"
INTAKE = Intake("x", "America/Caracas")


def one(reader, name: str, intake: Intake = INTAKE) -> Draft:
    (draft,) = reader((FILES / name).read_bytes(), intake)
    return draft


def code_of(reader, raw: bytes, intake: Intake = INTAKE) -> str:
    with pytest.raises(ReportError) as caught:
        list(reader(raw, intake))
    assert "{" not in caught.value.in_language("es")
    return caught.value.code


def docx(document: bytes, *, size: int = 0) -> bytes:
    """Return npm-docx.docx with another document part, padded with blanks."""
    out = BytesIO()
    source = zipfile.ZipFile(FILES / "docx/npm-docx.docx")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            own = entry.filename == "word/document.xml"
            archive.writestr(entry.filename, document + b" " * size if own else source.read(entry))
    return out.getvalue()


def body(inner: str) -> bytes:
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    return f'<?xml version="1.0"?><w:document {names}><w:body>{inner}</w:body></w:document>'.encode()


@pytest.mark.parametrize("name", ["libreoffice", "chromium"])
def test_a_pdf_gives_flowing_paragraphs(name: str):
    lines = one(read_pdf, f"pdf/{name}.pdf").text.split("\n")
    assert lines[0] == "Tiroteo en El Cementerio deja dos heridos"
    assert lines[1].startswith("Un enfrentamiento entre policías")
    assert lines[1].endswith("cercanas al mercado.")
    assert lines[-1] == "En La Vega no hubo disparos, precisaron los vecinos."


def test_a_pdf_states_title_and_author_and_no_date():
    draft = one(read_pdf, "pdf/libreoffice.pdf")
    assert (draft.title, draft.author, draft.published) == (
        "Tiroteo en El Cementerio deja dos heridos",
        "Rosa Ejemplo",
        None,
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ((FILES / "pdf/scan.pdf").read_bytes(), "report-pdf-scan"),
        ((FILES / "pdf/password.pdf").read_bytes(), "report-password"),
        ((FILES / "pdf/chromium.pdf").read_bytes()[:2000], "report-truncated"),
        (b"%PDF-1.7\n", "report-truncated"),
    ],
    ids=["scan", "password", "cut off", "nothing"],
)
def test_a_pdf_that_cannot_be_read_says_why(raw: bytes, code: str):
    assert code_of(read_pdf, raw) == code


def looping_pdf() -> bytes:
    """Return a PDF whose page tree holds itself."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 3/Kids[2 0 R 3 0 R]/Parent 2 0 R>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 4\n0000000000 65535 f \n%btrailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + tail % (table, len(out))


def test_a_pdf_whose_pages_hold_themselves_comes_to_an_end():
    assert code_of(read_pdf, looping_pdf()) in {"report-pdf-scan", "report-truncated"}


def test_a_pdf_of_too_many_pages_names_the_limit():
    assert code_of(read_pdf, looping_pdf(), Intake("x", limits=Limits(pages=1))) == "report-pages"


def test_a_word_file_gives_header_paragraphs_and_tables_in_order():
    draft = one(read_docx, "docx/npm-docx.docx")
    assert draft.text.split("\n") == [
        "Boletín vecinal de El Valle",
        "Vecinos de El Valle piden cese de los disparos",
        "El viernes hubo un tiroteo en El Valle que dejó un herido, según el consejo comunal.",
        "Texto visible. Texto añadido.",
        "Sector | Familias",
        "Los Jardines de El Valle | 12",
    ]
    assert (draft.title, draft.author, draft.published) == (
        "Vecinos de El Valle piden cese de los disparos",
        "Luis Ejemplo",
        None,
    )


def test_libreoffices_word_file_is_read_too():
    assert "Santa Rosalía | 0" in one(read_docx, "docx/libreoffice.docx").text


def test_a_text_box_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>En la caja.</w:t></w:r></w:p></w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    raw = docx(body(f"<w:p><w:r><w:t>Antes.</w:t>{twice}</w:r></w:p>"))
    (draft,) = read_docx(raw, INTAKE)
    assert draft.text.split("\n") == ["Antes.", "En la caja."]


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (docx(ENTITIES), "report-xml-entities"),
        (docx(b"<broken"), "report-zip-broken"),
        (docx(body("")[:80]), "report-zip-broken"),
        ((FILES / "docx/npm-docx.docx").read_bytes()[:3000], "report-zip-broken"),
    ],
    ids=["entities", "no xml", "cut part", "cut off"],
)
def test_a_word_file_that_cannot_be_read_says_why(raw: bytes, code: str):
    assert code_of(read_docx, raw) == code


def test_a_bomb_is_not_unfolded():
    raw = docx(body("<w:p/>"), size=3_000_000)
    assert len(raw) < 100_000
    assert code_of(read_docx, raw, Intake("x", limits=Limits(unpacked_mb=2))) == "report-unpacked"


def test_a_word_file_nested_very_deep_is_no_crash():
    deep = "<w:sdt><w:sdtContent>" * 5000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 5000
    assert code_of(read_docx, docx(body(deep))) == "report-zip-broken"
