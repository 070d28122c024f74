"""Tables, workbooks and JSON: a row a report."""

from __future__ import annotations

import datetime as dt
import io
import json
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mapper.errors import ReportError
from mapper.reports.draft import Intake, Limits
from mapper.reports.jsonlines import read_jsonl
from mapper.reports.table import read_csv
from mapper.reports.workbook import read_xlsx

FILES = Path(__file__).parent / "files"
READERS = {"csv": read_csv, "xlsx": read_xlsx, "jsonl": read_jsonl}
COTA = (
    "Vecinos de la Cota 905 escucharon disparos durante la noche.\n"
    'Dos familias salieron hacia El Paraíso; llevaban "lo puesto", dijeron.'
)


def intake(*, limits=None, columns=None):
    return Intake("f", "America/Caracas", Limits(**(limits or {})), columns or {})


def read(reader, raw, **given):
    raw = raw.encode() if isinstance(raw, str) else raw
    items = list(reader(raw, intake(**given)))
    for item in items:
        if isinstance(item, ReportError):
            assert item.in_language("es") != item.in_language("en")
        else:
            item.text.encode()
    return items


def told(items):
    """Texts of drafts, codes and rows of errors."""
    return [(i.code, i.facts.get("row")) if isinstance(i, ReportError) else i.text for i in items]


def refusal(reader, raw, **given):
    with pytest.raises(ReportError) as caught:
        read(reader, raw, **given)
    caught.value.in_language("es")
    return caught.value


def workbook(rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(raw, part, content):
    """A workbook with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == part else old.read(entry))
    return out.getvalue()


# --- real files of other programs


@pytest.mark.parametrize(
    "path",
    [
        "csv/pandas.csv",
        "csv/pandas-tabs-utf16.tsv",
        "csv/calc-semicolon-cp1252.csv",
        "xlsx/calc.xlsx",
        "jsonl/pandas.jsonl",
        "jsonl/pandas-list.json",
    ],
)
def test_the_same_three_reports_come_out_of_every_program(path):
    items = read(READERS[path.split("/")[0]], (FILES / path).read_bytes())
    assert [item.part for item in items] == ["c-1", "c-2", "c-3"]
    assert items[0].text == COTA
    assert items[0].title == "Tiros en la Cota 905"
    assert items[0].outlet == "Diario Inventado"
    assert items[0].author == "Ana Pérez"
    assert items[0].url == "https://example.org/a/1"
    assert [item.published for item in items] == [dt.date(2021, 7, day) for day in (9, 10, 13)]


def test_an_acled_export_gives_notes_and_no_publication_date():
    items = read(read_csv, (FILES / "csv/acled-like.csv").read_bytes())
    assert [(item.part, item.published, item.warnings) for item in items] == [
        ("VEN9001", None, ()),
        ("VEN9002", None, ()),
    ]
    assert items[1].text.endswith("12 families fled to Antimano.")


def test_sqlite_export_with_a_newline_in_a_text():
    first, second = read(read_csv, (FILES / "csv/sqlite3.csv").read_bytes())
    assert first.text == 'Police and a gang clashed in Cota 905,\n"for hours", a resident said.'
    assert (second.part, second.published) == ("s-2", dt.date(2021, 7, 12))


def test_rich_text_links_and_date_cells():
    first = read(read_xlsx, (FILES / "xlsx/exceljs.xlsx").read_bytes())[0]
    assert (first.text, first.url, first.published, first.part) == (
        "Vecinos de la Cota 905 escucharon disparos.",
        "https://example.org/a/1",
        dt.date(2021, 7, 9),
        "2",
    )


def test_a_table_below_its_title_formulas_and_several_sheets():
    items = read(read_xlsx, (FILES / "xlsx/xlsxwriter.xlsx").read_bytes())
    assert told(items) == [
        "Hubo tiros en El Valle.\r\nNadie herido.",
        "Familias de Coche se mudaron a Caricuao.",
        ("report-row-empty", 7),
        "Protesta en Chacao sin incidentes.",
    ]
    assert [items[at].part for at in (0, 1, 3)] == ["Reportes 4", "Reportes 5", "Más 77"]
    assert items[0].published == dt.date(2021, 7, 9)
    assert (items[1].title, items[1].published, items[1].warnings) == ("=no formula", None, ())


@pytest.mark.parametrize("file", ["node.jsonl", "node-articles.json"])
def test_articles_of_a_news_service(file):
    first, second = read(read_jsonl, (FILES / "jsonl" / file).read_bytes())
    assert (first.outlet, first.part, first.published) == ("Invented Times", "9007199254740993", dt.date(2021, 7, 9))
    assert second.text == "Catia was calm on Sunday & buses ran."


# --- columns


@pytest.mark.parametrize("header", ["TEXTO", "Artículo", "full text", "\ufeffContenido", "Body", "notes"])
def test_column_names_without_case_accents_and_signs(header):
    assert told(read(read_csv, f"{header}\nTiros en Petare\n")) == ["Tiros en Petare"]


def test_the_users_column_wins_and_is_not_taken_twice():
    raw = "text,title,Cuerpo Largo\nshort,Calma,El texto largo\n"
    (item,) = read(read_csv, raw, columns={"text": "cuerpo largo"})
    assert (item.text, item.title) == ("El texto largo", "Calma")
    (item,) = read(read_csv, raw, columns={"text": "title"})
    assert (item.text, item.title) == ("Calma", "")
    (item,) = read(read_jsonl, json.dumps({"a": "uno", "title": "dos", "text": "tres"}), columns={"text": "a"})
    assert (item.text, item.title) == ("uno", "dos")


@pytest.mark.parametrize(
    ("reader", "raw"),
    [(read_csv, "a,b\n1,2\n"), (read_jsonl, '{"a": 1, "b": "x"}'), (read_xlsx, workbook([["a", "b"], [1, 2]]))],
)
def test_no_column_of_text_says_which_columns_there_are(reader, raw):
    assert "found: a, b." in str(refusal(reader, raw))
    error = refusal(reader, raw, columns={"published": "cuándo"})
    assert error.code == "report-columns"
    assert "“cuándo”" in str(error)
    assert "--columns date=NAME" in str(error)


# --- csv


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter(delimiter):
    text = "uno, dos; tres | cuatro\tcinco"
    (item,) = read(read_csv, f'id{delimiter}titulo{delimiter}texto\n1{delimiter}A{delimiter}"{text}"\n')
    assert (item.part, item.text) == ("1", text)


def test_excels_own_first_line_is_no_row():
    items = read(read_csv, "sep=;\r\ntexto;a,b,c\r\nTiros;1\r\n;2\r\n")
    assert told(items) == ["Tiros", ("report-row-empty", 3)]


def test_ragged_empty_and_short_rows():
    raw = "title,text,url\nA,uno,\n\n,,\nB,dos, tres, cuatro\nC\nD,cuatro,,,\nE,cinco\n"
    assert told(read(read_csv, raw)) == ["uno", ("report-row-cells", 5), ("report-row-empty", 6), "cuatro", "cinco"]


def test_an_open_quotation_mark_swallows_nothing_in_silence():
    assert told(read(read_csv, 'text\nuno\n"dos\ntres\ncuatro\n')) == ["uno", ("report-row-quote", 3)]
    assert told(read(read_csv, 'text\n"uno ""dos"""\n"tres"')) == ['uno "dos"', "tres"]
    assert told(read(read_csv, 'text\nuno\n"')) == ["uno"]


def test_rows_and_long_texts_are_bounded_and_the_rest_goes_on():
    assert told(read(read_csv, "text\na\nb\nc\nd\n", limits={"rows": 2})) == ["a", "b", ("report-rows", None)]
    assert told(read(read_csv, "text\na\nb\n", limits={"rows": 2})) == ["a", "b"]
    long = "x" * 1_000_001
    assert told(read(read_csv, f"text\n{long}\nb\n", limits={"text_mb": 1})) == [("report-row-too-long", 2), "b"]


def test_nul_bytes_are_no_table():
    assert refusal(read_csv, b"text\na\0b\n").code == "report-binary"


def test_an_address_that_is_a_script_does_not_travel_on():
    assert read(read_csv, "text,url\na,javascript:alert(1)\n")[0].url == ""


# --- dates

DAY = dt.date(2021, 7, 9)
UNKNOWN = (None, ("date-not-understood",))


@pytest.mark.parametrize(
    ("header", "dates", "first"),
    [
        ("date", ["09/07/2021", "25/07/2021"], DAY),
        ("fecha", ["07/09/2021", "07/25/2021"], DAY),
        ("fecha", ["9-7-21"], DAY),
        ("date", ["09/07/2021"], None),
        ("date", ["07/09/2021", "07/25/2021", "25/07/2021"], None),
        ("date", ["07/07/2021"], dt.date(2021, 7, 7)),
        ("date", ["2021/7/9 21:00"], DAY),
        ("date", ["2021-07-10T02:30:00Z"], DAY),
        ("date", ["Sat, 10 Jul 2021 02:30:00 GMT"], DAY),
        ("date", ["viernes, 9 de julio de 2021"], DAY),
        ("date", ["9 de julio del 2021, 9:30 p. m."], DAY),
        ("date", ["July 9th, 2021"], DAY),
        ("date", ["9 Jul. 2021"], DAY),
        ("date", ["9-ene-2021"], dt.date(2021, 1, 9)),
        ("date", ["31 Feb 2021"], None),
        ("date", ["9 Foo 2021"], None),
        ("date", ["last Friday"], None),
        ("date", ["1625900000"], None),
        ("date", ["31/12/0000"], None),
    ],
)
def test_dates_as_people_write_them(header, dates, first):
    raw = f"text|{header}\n" + "".join(f"Tiros|{date}\n" for date in dates)
    item = read(read_csv, raw)[0]
    assert (item.published, item.warnings) == ((first, ()) if first else UNKNOWN)


@pytest.mark.parametrize(
    ("said", "code"), [("es-VE", "es"), ("Español", "es"), ("English", "en"), ("fr", "fr"), ("?", "")]
)
def test_languages(said, code):
    assert read(read_csv, f"text,lang\nTiros,{said}\n")[0].language == code


# --- workbooks


def test_hidden_sheets_failed_formulas_and_uncomputed_ones():
    def change(book):
        book.active.append(["#N/A", "x"])
        book.active.append(["=A1&A2", "y"])
        hidden = book.create_sheet("h")
        hidden.append(["text"])
        hidden.append(["secret"])
        hidden.sheet_state = "veryHidden"

    items = read(read_xlsx, workbook([["text", "id"], ["uno", 12.0]], change))
    assert told(items) == ["uno", ("report-row-empty", 3), ("report-row-empty", 4)]
    assert items[0].part == "12"


def test_rows_of_all_sheets_are_bounded_together():
    def change(book):
        more = book.create_sheet("b")
        for value in ("text", "c"):
            more.append([value])

    raw = workbook([["text"], ["a"], ["b"]], change)
    assert told(read(read_xlsx, raw, limits={"rows": 2})) == ["a", "b", ("report-rows", None)]
    assert told(read(read_xlsx, raw, limits={"rows": 3})) == ["a", "b", "c"]


def sheet(rows, more=""):
    start = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return f"{start}{more}<sheetData>{rows}</sheetData></worksheet>"


CELL = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>'


def test_sizes_that_lie_do_not_make_rows():
    raw = workbook([["x"]])
    rows = CELL.format(1, "text") + CELL.format(2, "uno")
    far = with_part(raw, "xl/worksheets/sheet1.xml", sheet(rows, '<dimension ref="A1:XFD1048576"/>'))
    assert told(read(read_xlsx, far)) == ["uno"]
    none = with_part(raw, "xl/worksheets/sheet1.xml", sheet(rows, '<dimension ref="A1"/>'))
    assert told(read(read_xlsx, none)) == ["uno"]
    endless = with_part(raw, "xl/worksheets/sheet1.xml", sheet(rows + CELL.format(99_999_999_999, "dos")))
    assert told(read(read_xlsx, endless)) == ["uno", ("report-rows", None)]


def test_bombs_are_refused_before_they_unfold():
    raw = workbook([["text"], ["uno"]])
    big = with_part(raw, "xl/worksheets/sheet1.xml", sheet(" " * 2_000_000))
    assert refusal(read_xlsx, big, limits={"unpacked_mb": 1}).code == "report-unpacked"
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + sheet(CELL.format(1, "&b;"))[21:]
    )
    assert refusal(read_xlsx, with_part(raw, "xl/worksheets/sheet1.xml", laughs)).code == "report-xml-entities"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("content", [b"", b"<a/>", b"<worksheet><", b"\xff\xfe\0"])
def test_damaged_parts_are_said_so_without_warnings(part, content):
    raw = with_part(workbook([["text"], ["uno"]]), part, content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            assert told(read(read_xlsx, raw)) == ["uno"]
        except ReportError as error:
            assert error.code in {"report-zip-broken", "report-no-text-column", "report-empty"}  # noqa: PT017 - some are read all the same


def test_a_cut_workbook():
    raw = (FILES / "xlsx/calc.xlsx").read_bytes()
    for size in range(100, len(raw), 500):
        assert refusal(read_xlsx, raw[:size]).code == "report-zip-broken"


# --- json


def test_bad_lines_are_named_and_the_others_go_on():
    lines = ['{"text": "uno"}', "", '{"text": ', '"solo"', '{"title": "x"}', '{"text": "dos"}', '{"text": "tres"}']
    assert told(read(read_jsonl, "\n".join(lines))) == [
        "uno",
        ("report-json-line", 3),
        ("report-json-object", 4),
        ("report-row-empty", 5),
        "dos",
        "tres",
    ]
    assert told(read(read_jsonl, '{"text": oops}\n{"text": "dos"}')) == [("report-json-line", 1), "dos"]
    assert told(read(read_jsonl, '{"text": \n{"text": "dos"}')) == [("report-json-line", 1), "dos"]


def test_a_line_that_is_far_too_long_is_not_parsed():
    long = '{"text": "' + "x" * 1_000_000 + '"}'
    raw = f'{{"text": "uno"}}\n{long}\n{{"text": "dos"}}'
    assert told(read(read_jsonl, raw, limits={"text_mb": 1})) == ["uno", ("report-row-too-long", 2), "dos"]


@pytest.mark.parametrize("levels", [101, 5_000, 200_000])
def test_deep_nesting(levels):
    deep = "[" * levels + "]" * levels
    raw = '{"text": "uno"}\n{"text": "dos", "x": ' + deep + "}\n"
    assert told(read(read_jsonl, raw)) == ["uno", ("report-row-depth", 2)]
    assert refusal(read_jsonl, deep).code == "report-depth"


def test_odd_values():
    raw = (
        '{"text": "Tiros \\ud800 en\\u0000 Petare", "title": NaN, "id": ' + "9" * 5000 + ', "author": ["Ana", "Luis"]}'
    )
    (item,) = read(read_jsonl, raw)
    assert (item.text, item.title, item.author) == ("Tiros \ufffd en  Petare", "", "Ana, Luis")
    assert len(item.part) <= 60
    (item,) = read(read_jsonl, json.dumps({"text": ["x" * 70, "y"], "source": {"id": 1}}))
    assert (item.text, item.outlet) == ("x" * 70 + "\n\ny", "")


@pytest.mark.parametrize("raw", ["{", "[1, 2", "hola", '[{"text": "uno"}] más'])
def test_no_json_at_all(raw):
    assert refusal(read_jsonl, raw).code == "report-json"


def test_bare_values_and_nothing():
    assert refusal(read_jsonl, '"hola"').code == "report-json-object"
    assert told(read(read_jsonl, "[1]")) == [("report-json-object", 1)]
    assert read(read_jsonl, "[]") == []


def test_entries_are_bounded():
    raw = "\n".join(['{"text": "a"}'] * 4)
    assert told(read(read_jsonl, raw, limits={"rows": 2})) == ["a", "a", ("report-rows", None)]
    assert told(read(read_jsonl, '{"items": [{"text": "a"}, {"text": "b"}]}', limits={"rows": 1})) == [
        "a",
        ("report-rows", None),
    ]
