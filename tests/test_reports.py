"""What becomes of a file: which text, which facts, which sentence when it cannot be read."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import ReportError
from mapper.reports import NoReportsError, Overrides, read_reports
from mapper.reports.decoding import decode
from mapper.reports.markdown import read_markdown
from mapper.reports.page import read_page
from mapper.reports.plain import read_plain

STORY = "La policía entró el viernes en la Cota 905 y vecinos huyeron hacia Plaza Venezuela.\n"
ARTICLE = """<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Familias huyen | El Ejemplo</title>
<meta property="og:site_name" content="El Ejemplo"><link rel="canonical" href="https://example.org/2021/07/08/x">
{head}</head><body><nav>Inicio Deportes</nav><article><h1>Familias huyen</h1>{time}
<p>Por tercer día, <b>los vecinos</b> de la Cota 905 huyeron hacia Plaza Venezuela, según contaron.</p>
<p>La policía entró el viernes y hubo enfrentamientos hasta la noche en varios sectores.</p>
<script>alert(1)</script></article><footer>Copyright 12/03/2024</footer></body></html>"""


def write(folder: Path, name: str, content: str | bytes = STORY) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_one(path: Path | str, overrides: Overrides | None = None, **more: object):
    reports, set_aside = read_reports([path], overrides, **more)
    assert set_aside == ()
    return reports[0]


def code_of(folder: Path, content: str | bytes, name: str = "x.txt") -> str:
    write(folder, "good.txt")
    write(folder, name, content)
    _, set_aside = read_reports([folder])
    assert [item.name for item in set_aside] == [name]
    return set_aside[0].reason_en


# --- plain text ---


def test_date_prefix_dates_the_report_and_leaves_the_text(tmp_path: Path):
    report = read_one(write(tmp_path, "a.txt", " date 2021-07-11 Since Wednesday, gunshots.\n"))
    assert (report.published, report.text) == (dt.date(2021, 7, 11), "Since Wednesday, gunshots.\n")


def test_front_matter_with_json_quotes(tmp_path: Path):
    title = 'Dijo: "no" — Ñ'
    head = f"---\ntitle: {json.dumps(title)}\ndate: 2021-07-09\noutlet: 'L''Eco'\nlanguage: es-VE\ntags:\n  - a\n---\n"
    report = read_one(write(tmp_path, "a.txt", head + "\n" + STORY))
    assert (report.title, report.published, report.outlet, report.language, report.text) == (
        title,
        dt.date(2021, 7, 9),
        "L'Eco",
        "es",
        STORY,
    )


def test_windows_newlines_survive(tmp_path: Path):
    report = read_one(write(tmp_path, "a.txt", "---\r\ndate: 2021-07-09\r\n---\r\nUno.\r\nDos.\r\n"))
    assert (report.published, report.text) == (dt.date(2021, 7, 9), "Uno.\r\nDos.\r\n")


@pytest.mark.parametrize("text", ["---\nno closing fence", "---\nThis is prose, no fields\n---\nmore", "--- dashes"])
def test_dashes_that_are_no_front_matter_stay(text: str):
    assert read_plain(text, "x").text == text


@pytest.mark.parametrize("text", ["date palms burn", "Date unknown, they said", "date 2021 was bad"])
def test_a_text_that_begins_with_the_word_date_is_not_a_prefix(text: str):
    assert read_plain(text, "x").text == text


def test_a_pasted_thread_is_one_report_word_for_word(tmp_path: Path):
    thread = "🧵 Hilo\n@reportera · 8 jul. 2021\n1/2 Tiros en la Cota 905.\n\n2/2 Calma en El Valle.\n12 Me gusta\n"
    assert read_one(write(tmp_path, "a.txt", thread)).text == thread


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_text_is_unchanged_from_its_first_character_on(body: str):
    assert read_plain(" date 2021-07-11 " + body, "x").text == body.lstrip()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], max_codepoint=0xBF)))
def test_decoding_utf8_changes_nothing(text: str):
    assert decode(("\ufeff" + text).encode(), "x") == (text, ())


@pytest.mark.parametrize("value", ["2021-02-31", "9/7/2021", "2021-7-9", "yesterday", "0001-01-01", "2021-07-09x"])
def test_a_date_that_is_none_sets_the_report_aside(tmp_path: Path, value: str):
    reason = code_of(tmp_path, f"---\ndate: {value}\n---\n{STORY}")
    assert f"“{value}” is not a date" in reason


def test_a_time_with_offset_is_dated_in_the_areas_zone(tmp_path: Path):
    path = write(tmp_path, "a.txt", f"---\ndate: 2021-07-10T02:00:00+00:00\n---\n{STORY}")
    assert read_one(path, time_zone="America/Caracas").published == dt.date(2021, 7, 9)
    assert read_one(path).published == dt.date(2021, 7, 10)


def test_a_scripting_address_does_not_travel_on(tmp_path: Path):
    assert read_one(write(tmp_path, "a.txt", f"---\nurl: javascript:alert(1)\n---\n{STORY}")).url == ""


def test_overrides_fill_only_what_the_file_does_not_say(tmp_path: Path):
    path = write(tmp_path, "a.txt", f"---\ntitle: Own\n---\n{STORY}")
    report = read_one(path, Overrides(dt.date(2021, 7, 9), "O", "https://example.org", "T", "en"))
    assert (report.title, report.published, report.outlet, report.url, report.language) == (
        "Own",
        dt.date(2021, 7, 9),
        "O",
        "https://example.org",
        "en",
    )


def test_the_files_own_date_wins(tmp_path: Path):
    path = write(tmp_path, "a.txt", f" date 2021-07-11 {STORY}")
    assert read_one(path, Overrides(dt.date(2021, 7, 9))).published == dt.date(2021, 7, 11)


def test_without_a_date_there_is_none_and_a_warning(tmp_path: Path):
    report = read_one(write(tmp_path, "a.txt"))
    assert (report.published, report.warnings) == (None, ("no-publication-date",))


# --- decoding ---


@pytest.mark.parametrize(
    ("raw", "warnings"),
    [
        ("Bogotá “sí”".encode(), ()),
        ("Bogotá “sí”".encode("utf-16"), ()),
        ("Bogotá “sí”".encode("cp1252"), ("encoding-cp1252",)),
        ("Bogotá “sí”".encode().decode("latin-1").encode(), ("encoding-repaired",)),
    ],
)
def test_encodings(raw: bytes, warnings: tuple[str, ...]):
    assert decode(raw, "x") == ("Bogotá “sí”", warnings)


def test_only_garbled_lines_are_repaired():
    good = "Él dijo “está”— y «ñandú».\r\n"
    bad = "Petare: más información\n"
    garbled = bad.encode().decode("cp1252")
    assert decode((good + garbled).encode(), "x")[0] == good + bad


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"%PDF-1.7 stuff", "report-binary"),
        (b"PK\x03\x04 stuff", "report-binary"),
        (b"text\0with nul", "report-binary"),
        (b"\xff\xfe\x00", "report-encoding"),
        (bytes(range(1, 32)) * 9, "report-binary"),
        (b"caf\x81 \x8d", "report-encoding"),
    ],
)
def test_what_is_not_text_is_refused(raw: bytes, code: str):
    with pytest.raises(ReportError) as caught:
        decode(raw, "x")
    assert caught.value.code == code


# --- markdown and pages ---


def test_markdown_marks_go_words_stay():
    text = "# Uno *dos* #\n\n> **Cota 905**: [ver](https://example.org) `x` \\*y\\* a_b_c 2 * 3 * 4\n- item\n---\nfin"
    draft = read_markdown(text, "x")
    assert draft.title == "Uno dos"
    assert draft.text == "Uno dos\n\nCota 905: ver x *y* a_b_c 2 * 3 * 4\n- item\nfin"


@pytest.mark.parametrize("piece", ["#", "<!--", "[a](", "**a", "> ", "`", "[", "# #"])
def test_hostile_markdown_costs_linear_time(piece: str):
    assert isinstance(read_markdown(piece * 200_000 + "x", "x").text, str)


def test_page_gives_article_and_stated_facts_only():
    head = '<meta property="article:published_time" content="2021-07-09T10:00:00-04:00">'
    draft = read_page(ARTICLE.format(head=head, time=""), "x")
    assert (draft.title, draft.outlet, draft.url) == (
        "Familias huyen",
        "El Ejemplo",
        "https://example.org/2021/07/08/x",
    )
    assert draft.published == dt.date(2021, 7, 9)
    assert "los vecinos de la Cota 905 huyeron" in draft.text
    assert not any(word in draft.text for word in ("alert", "Deportes", "<b>"))


@pytest.mark.parametrize(
    ("head", "time"),
    [
        ('<script type="application/ld+json">{"@graph":[{"datePublished":"2021-07-09"}]}</script>', ""),
        ('<meta itemprop="datePublished" content="2021-07-09">', ""),
        ("", '<time datetime="2021-07-09T08:00">ayer</time>'),
        (
            '<meta name="date" content="ayer"><script type="application/ld+json">{broken</script>',
            '<time datetime="2021-07-09">ayer</time>',
        ),
    ],
)
def test_page_dates_from_metadata(head: str, time: str):
    assert read_page(ARTICLE.format(head=head, time=time), "x").published == dt.date(2021, 7, 9)


def test_page_without_a_stated_date_has_none_whatever_its_address_or_footer_say():
    assert read_page(ARTICLE.format(head="", time=""), "x").published is None


def test_page_whose_date_is_not_understood_says_so():
    draft = read_page(ARTICLE.format(head='<meta name="date" content="ayer">', time=""), "x")
    assert (draft.published, draft.warnings) == (None, ("date-not-understood",))


def test_page_without_article_is_refused():
    with pytest.raises(ReportError, match="no article"):
        read_page("<html><body><script>1</script></body></html>", "x")


def test_pasted_page_is_read_as_a_page():
    raw = ARTICLE.format(head="", time="").encode()
    report = read_one("-", stdin=b"\n" + raw)
    assert (report.report_id, report.outlet) == ("stdin", "El Ejemplo")


def test_pasted_text_is_read_as_text():
    assert read_one("-", stdin=STORY.encode()).text == STORY


# --- files and folders ---


def test_folder_is_read_recursively_in_stable_order(tmp_path: Path):
    for name in ("b.txt", "a/z.md", "a.txt", "c/d/e.html", ".hidden.txt", ".git/x.txt", "c/d/e_files/ad.html"):
        write(tmp_path, name, ARTICLE.format(head="", time="") if name.endswith("html") else STORY)
    reports, set_aside = read_reports([tmp_path])
    assert [report.report_id for report in reports] == ["a", "z", "b", "e"]
    assert set_aside == ()


def test_linked_folders_are_followed_once(tmp_path: Path):
    write(tmp_path, "in/a.txt")
    write(tmp_path, "out/b.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "other").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in" / "self")
    reports, set_aside = read_reports([tmp_path / "in"])
    assert [report.report_id for report in reports] == ["a", "b"]
    assert [item.name for item in set_aside] == ["self"]


def test_a_file_given_twice_is_read_once(tmp_path: Path):
    path = write(tmp_path, "a.txt")
    assert len(read_reports([path, tmp_path, path])[0]) == 1


def test_colliding_stems_all_get_their_path(tmp_path: Path):
    for name in ("en/x.txt", "es/x.txt", "es/x.md", "y.txt"):
        write(tmp_path, name)
    assert [r.report_id for r in read_reports([tmp_path])[0]] == ["en/x.txt", "es/x.md", "es/x.txt", "y"]


def test_colliding_names_of_separate_files_grow_until_they_differ(tmp_path: Path):
    paths = [write(tmp_path, "en/x.txt"), write(tmp_path, "es/x.txt")]
    assert [r.report_id for r in read_reports(paths)[0]] == ["en/x.txt", "es/x.txt"]


def test_a_name_that_is_not_unicode_is_made_so(tmp_path: Path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(STORY, encoding="utf-8")
    assert read_reports([tmp_path])[0][0].report_id == "caf\ufffd"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("", "x.txt", "no text"),
        (" \r\n\t", "x.txt", "no text"),
        ("---\ntitle: a\n---\n \n", "x.md", "no text"),
        ("a", "x.png", "this is a picture"),
        ("a", "x.exe", "not a type of report"),
        ("\0\1", "x.txt", "not text"),
        ("a" * 50_000_001, "x.txt", "larger than 50 MB"),
    ],
)
def test_each_bad_file_gets_its_sentence_and_the_good_one_is_read(tmp_path: Path, content: str, name: str, words: str):
    assert words in code_of(tmp_path, content, name)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path, "good.txt")
    real = Path.open

    def refuse(path: Path, mode: str = "r", *args: object, **kwargs: object):
        if path.name == "x.txt" and mode == "rb":
            raise PermissionError
        return real(path, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    assert "may not be read" in code_of(tmp_path, STORY)


def test_a_missing_file_beside_a_good_one_is_set_aside(tmp_path: Path):
    reports, set_aside = read_reports([write(tmp_path, "a.txt"), tmp_path / "nope.txt"])
    assert (len(reports), [item.name for item in set_aside]) == (1, ["nope.txt"])


def test_when_nothing_can_be_read_all_reasons_are_named_in_both_languages(tmp_path: Path):
    write(tmp_path, "empty/.keep", "")
    with pytest.raises(NoReportsError) as caught:
        read_reports([tmp_path / "nope.txt", tmp_path / "empty", write(tmp_path, "x.txt", "")])
    english, spanish = caught.value.in_language("en"), caught.value.in_language("es")
    assert "no such file" in english
    assert "holds no reports" in english
    assert "no contiene texto" in spanish
    assert str(tmp_path) not in english + spanish


def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path, "a.txt")
    _, set_aside = read_reports([tmp_path])
    assert "neither a file nor a folder" in set_aside[0].reason_en
