"""PDF and Word files as other programs write them, and as nobody should."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from mapper.errors import ReportError
from mapper.reports.draft import Draft, Intake, Limits
from mapper.reports.pdf import read_pdf
from mapper.reports.properties import stated_author, stated_title
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


def docx(document: bytes, *, size: int = 0, types: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """Return npm-docx.docx with another document part, padded with blanks, and other types of parts."""
    out = BytesIO()
    source = zipfile.ZipFile(FILES / "docx/npm-docx.docx")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            own = entry.filename == "word/document.xml"
            content = document + b" " * size if own else source.read(entry)
            archive.writestr(entry.filename, content.replace(*types) if "Types" in entry.filename else content)
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


def test_columns_are_read_one_after_the_other_and_a_long_headline_stays_one():
    lines = one(read_pdf, "pdf/chromium-columns.pdf").text.split("\n")
    assert lines[0].endswith("en el 23 de Enero ocupa dos líneas")
    assert lines[1] == "Vecinos de Catia piden una tregua y que cesen los disparos nocturnos"
    assert [line.split()[0] for line in lines[2:]] == ["Los", "En", "La"]
    assert lines[3].endswith("viviendas y se dirigieron hacia Los Flores de Catia.")


def test_what_a_browser_prints_around_pages_is_no_text_of_the_report():
    draft = one(read_pdf, "pdf/chromium-print-marks.pdf")
    assert draft.text.split("\n") == [
        "Primera página: vecinos de Petare relataron que la balacera empezó de noche.",
        "Segunda página: en La Dolorita no hubo heridos.",
        "Tercera página: tres familias llegaron a Sabana Grande.",
    ]
    assert (draft.title, draft.published, draft.url) == ("", None, "http://127.0.0.1:8765/mk.html")


def pdf(*pages: str) -> bytes:
    """Return a PDF of pages; a page is lines, two of them 14 points apart."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]/MediaBox[0 0 500 800]/Resources<</Font<</F 3 0 R>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for page in pages:
        shown = "BT /F 12 Tf 14 TL 50 700 Td " + " ".join(f"({line}) Tj T*" for line in page.split("\n")) + " ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/Contents {len(objects) + 2} 0 R>>",
            f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        ]
    return assembled([content.encode("cp1252") for content in objects])


def text_of_pdf(*pages: str) -> str:
    (draft,) = read_pdf(pdf(*pages), INTAKE)
    return draft.text


def test_a_word_divided_at_the_end_of_a_line_is_made_whole():
    assert text_of_pdf("Los vecinos de Petare aban-\ndonaron sus casas el martes.") == (
        "Los vecinos de Petare abandonaron sus casas el martes."
    )


def test_a_line_that_had_room_for_the_next_word_ends_its_paragraph():
    assert text_of_pdf("Hubo disparos en la Cota 905 durante la noche\ny la madrugada.\nEn Catia no.") == (
        "Hubo disparos en la Cota 905 durante la noche y la madrugada.\nEn Catia no."
    )


def test_running_headers_and_page_numbers_are_dropped_and_a_sentence_goes_on_over_the_page():
    pages = [f"Boletín {n}\n{text}\nPágina {n} de 3" for n, text in enumerate(("Salieron de", "Petare.", "Fin."), 1)]
    assert text_of_pdf(*pages).split() == ["Salieron", "de", "Petare.", "Fin."]


def test_a_word_divided_at_the_end_of_a_page_is_made_whole():
    assert (
        text_of_pdf("Los vecinos de Petare aban-", "donaron sus casas.")
        == "Los vecinos de Petare abandonaron sus casas."
    )


def test_a_bare_page_number_is_dropped():
    assert text_of_pdf("En Catia.\n1", "En Petare.\n2") == "En Catia.\nEn Petare."


def test_a_number_that_is_no_page_number_stays():
    assert text_of_pdf("Heridos en El Valle:\n23").split()[-1] == "23"


def test_a_picture_that_draws_itself_comes_to_an_end():
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>/Length 5>>stream\n/A Do\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</A 4 0 R>>>>>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    assert code_of(read_pdf, assembled([*tree, page, form])) == "report-pdf-scan"


def test_a_title_of_damaged_letters_is_none():
    raw = (FILES / "pdf/libreoffice.pdf").read_bytes()
    damaged = re.sub(rb"/Title<FEFF[0-9A-F]{4}", b"/Title<FEFFDC00", raw)
    assert damaged != raw
    (draft,) = read_pdf(damaged, INTAKE)
    assert (draft.title, draft.author) == ("", "Rosa Ejemplo")


def test_a_pdf_with_too_much_text_names_the_limit():
    assert code_of(read_pdf, pdf("En Catia."), Intake("x", limits=Limits(text_mb=0))) == "report-text-too-long"


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


def assembled(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, the first its catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + tail % (len(objects) + 1, table, len(objects) + 1, len(out))


def looping_pdf() -> bytes:
    """Return a PDF whose page tree holds itself."""
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 3/Kids[2 0 R 3 0 R]/Parent 2 0 R>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    )


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


def word_text(inner: str) -> str:
    (draft,) = read_docx(docx(body(inner)), INTAKE)
    return draft.text


def test_a_word_file_gives_notes_joined_cells_and_tables_in_tables_once():
    draft = one(read_docx, "docx/npm-docx-notes.docx")
    assert draft.text.split("\n") == [
        "Seis familias dejaron Petare.",
        "Visible. Añadido.",
        "Sector y familias",
        "Sucre | Petare | seis",
        "La Dolorita: dos",
        "Fin.",
        "Cifra de la junta comunal de Petare.",
    ]
    assert (draft.title, draft.author) == ("", "")


def test_boxes_in_boxes_do_not_double():
    inner = "<w:p><w:r><w:t>Dentro.</w:t></w:r></w:p>"
    for _ in range(40):
        inner = f"<w:p><w:r><w:txbxContent>{inner}</w:txbxContent></w:r></w:p>"
    assert word_text(inner) == "Dentro."


def test_words_whose_hiding_is_switched_off_show():
    run = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>{}</w:t></w:r>"
    shown, hidden = run.format(' w:val="0"', "Se ve."), run.format("", "Oculto.")
    assert word_text(f"<w:p>{shown}{hidden}</w:p>") == "Se ve."


def test_a_word_file_with_macros_is_read_as_any_other():
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    raw = docx(
        body("<w:p><w:r><w:t>En Petare.</w:t></w:r></w:p>"),
        types=(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml"),
    )
    (draft,) = read_docx(raw, INTAKE)
    assert "En Petare." in draft.text


def test_damage_deep_in_a_part_is_told():
    raw = bytearray((FILES / "docx/libreoffice.docx").read_bytes())
    middle = raw.find(b"word/document.xml") + 600
    raw[middle : middle + 20] = bytes(20)
    assert code_of(read_docx, bytes(raw)) == "report-zip-broken"


def test_a_header_that_leads_nowhere_is_damage():
    header = '<w:sectPr><w:headerReference w:type="default"/></w:sectPr>'
    assert code_of(read_docx, docx(body(f"<w:p/>{header}"))) == "report-zip-broken"


def test_entities_in_utf_16_are_seen():
    raw = docx('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "b">]><d/>'.encode("utf-16"))
    assert code_of(read_docx, raw) == "report-xml-entities"


@pytest.mark.parametrize("name", ["Microsoft Word - nota.docx", "Untitled", "Documento1", "nota.odt", "about:blank"])
def test_a_title_that_a_program_made_up_is_none(name: str):
    assert (stated_title(name), stated_author("Usuario de Windows")) == ("", "")
    assert stated_title("Tiroteo en\x00 Petare\n") == "Tiroteo en Petare"
