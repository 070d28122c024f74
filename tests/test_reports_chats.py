"""Chats become messages without their people."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import ReportError
from mapper.reports.chat import looks_like_chat, read_chat, read_chat_zip
from mapper.reports.draft import Draft, Intake, Limits
from mapper.reports.privacy import Names, without_numbers

FILES = Path(__file__).parent / "files" / "chat"
PEOPLE = {
    "android-es.txt": "Yubiri Cañizales Wilmer Tovar Mavares Nelson Quijada 555 @ example",
    "android-en-us.txt": "Desmond Akers Greta Halloran greta 305 555",
    "ios-es.txt": "Maigualida Mamá Familia Tovar",
    "web-es.txt": "Yubiri Cañizales 555",
}


def messages(text: str | bytes, **limits: int) -> list[Draft]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(read_chat(raw, Intake("chat", limits=Limits(**limits))))


def texts(name: str) -> list[str]:
    return [draft.text for draft in messages((FILES / name).read_bytes())]


# --- what is a message -------------------------------------------------------------------------------


def test_an_android_export_gives_a_report_for_every_message_with_words():
    drafts = messages((FILES / "android-es.txt").read_bytes())
    assert [(draft.part, draft.published, draft.text) for draft in drafts] == [
        (
            "1",
            dt.date(2021, 7, 8),
            """Se escuchan ráfagas en la Cota 905 desde las siete.\n… dice que también en El Cementerio.

Los de la entrada no dejan pasar a nadie.""",
        ),
        ("3", dt.date(2021, 7, 8), "Hay dos heridos en Los Rosales, cualquier cosa llamen al … o a …"),
        ("5", dt.date(2021, 7, 8), "En Petare no hay luz desde anoche"),
        ("6", dt.date(2021, 7, 8), "Humo visto hacia El Valle"),
        ("8", dt.date(2021, 7, 13), "… … amaneció tranquilo en Santa Mónica"),
    ]
    assert all(draft.private and not draft.title + draft.outlet + draft.author + draft.url for draft in drafts)


def test_an_american_export_counts_months_first():
    drafts = messages((FILES / "android-en-us.txt").read_bytes())
    assert [(draft.published, draft.text) for draft in drafts] == [
        (dt.date(2021, 7, 8), "Heavy gunfire in La Vega, two buses stopped on the road"),
        (dt.date(2021, 7, 8), "… here, families are walking to El Paraíso. Tell …"),
        (dt.date(2021, 7, 14), "Quiet in Quinta Crespo this morning. Call …"),
    ]


def test_an_iphone_export_is_read_with_all_its_invisible_marks():
    drafts = messages((FILES / "ios-es.txt").read_bytes())
    assert [(draft.published, draft.text) for draft in drafts] == [
        (dt.date(2021, 7, 8), "Explosión cerca de la redoma de Petare"),
        (dt.date(2021, 7, 8), "…, quédate en Antímano"),
        (dt.date(2021, 7, 30), "Ya se puede bajar a Carapita"),
    ]


def test_a_chat_copied_from_the_web_is_read():
    assert texts("web-es.txt") == [
        "Se oyen tiros en El Guarataro",
        "También en San Martín\nse lo dije a …",
        "Cerraron la estación de Capuchinos",
    ]


@pytest.mark.parametrize("name", PEOPLE)
def test_no_person_is_left_in_a_text(name):
    everything = " ".join(texts(name))
    assert [word for word in PEOPLE[name].split() if word in everything] == []


def test_words_before_the_first_head_are_a_message_without_a_date():
    drafts = messages("y siguen en Catia\n13/7/21, 21:15 - Ana: ya en Propatria\n")
    assert [(draft.text, draft.published) for draft in drafts] == [
        ("y siguen en Catia", None),
        ("ya en Propatria", dt.date(2021, 7, 13)),
    ]


def test_a_chat_without_words_is_refused():
    with pytest.raises(ReportError) as caught:
        messages((FILES / "media-only.txt").read_bytes())
    assert caught.value.code == "report-chat-empty"


def test_more_messages_than_allowed_are_named_and_the_first_read():
    found = messages("".join(f"13/7/21, 21:1{n} - Ana: tiros en Catia\n" for n in range(5)), rows=2)
    assert [getattr(item, "code", "read") for item in found] == ["read", "read", "report-rows"]


@pytest.mark.parametrize(
    "note",
    [
        "<Media omitted>", "<Multimedia omitido>", "imagen omitida", "\u200eimage omitted", "audio omitido",
        "VID-1.mp4 (file attached)", "\u200evideo omitted", "This message was deleted", "Forwarded",
        "Reenviado", "null", "Ana Belén.vcf (archivo adjunto)", "<attached: 0001-PHOTO.jpg>", "GIF omitido",
    ],
)  # fmt: skip
def test_a_note_of_the_app_is_no_message(note):
    found = messages(f"13/7/21, 21:14 - Ana: {note}\n13/7/21, 21:15 - Ana: tiros en Catia\n")
    assert [draft.text for draft in found] == ["tiros en Catia"]


# --- dates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["13/7/21", "8/8/21"], [dt.date(2021, 7, 13), dt.date(2021, 8, 8)]),
        (["7/13/21", "8/7/21"], [dt.date(2021, 7, 13), dt.date(2021, 8, 7)]),
        (["30/6/21", "2/7/21"], [dt.date(2021, 6, 30), dt.date(2021, 7, 2)]),
        (["9/7/21", "1/8/21"], [dt.date(2021, 7, 9), dt.date(2021, 8, 1)]),  # month first, time would run back
        (["7/9/21", "8/1/21"], [dt.date(2021, 7, 9), dt.date(2021, 8, 1)]),
        (["8/7/21", "9/7/21"], [None, None]),
        (["8/8/21", "9/7/21"], [dt.date(2021, 8, 8), dt.date(2021, 9, 7)]),
        (["13/7/21", "7/14/21"], [None, None]),
        (["2021-07-08", "2021-07-09"], [dt.date(2021, 7, 8), dt.date(2021, 7, 9)]),
        (["13/7/21", "31/2/21"], [dt.date(2021, 7, 13), None]),
    ],
)
def test_day_and_month_are_told_apart_by_the_whole_chat(dates, expected):
    found = messages("".join(f"{date}, 21:14 - Ana: tiros en Catia\n" for date in dates))
    assert [draft.published for draft in found] == expected
    assert all(bool(draft.warnings) == (draft.published is None) for draft in found)


def test_a_chat_that_leaves_the_order_open_says_so():
    assert messages("8/7/21, 21:14 - Ana: tiros en Catia\n")[0].warnings == ("chat-day-order",)


# --- people ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "+58 412-1234567", "+584121234567", "0412 123 45 67", "0412-123.45.67", "04121234567", "(0212) 555.12.34",
        "0212-5551234", "412-1234567", "58 412 1234567", "00584121234567", "+1 (305) 555-0142", "+34 612 34 56 78",
        "+58\u00a0412\u20111234567", "555-1234", "V-12.345.678", "@584121234567", "ana.perez@example.org",
        "https://wa.me/584121234567", "https://chat.whatsapp.com/AbC123",
    ],
)  # fmt: skip
def test_numbers_and_addresses_of_people_go(number):
    assert without_numbers(f"llama a {number} ya") == "llama a … ya"


@pytest.mark.parametrize(
    "text",
    [
        "Cota 905 y 23 de Enero", "2021-07-08 21:14", "entre 500-1000 personas", "1.234.567 habitantes",
        "a las 21:00 12 de julio de 2021", "1989-2021", "10.4806, -66.9036", "2000 2001 2002", "3-4 heridos",
        "https://example.org/2021/07/08/nota",
    ],
)  # fmt: skip
def test_other_numbers_stay(text):
    assert without_numbers(text) == text


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["Ana Petare"], "ANA PETARE vio tiros en Petare y en la redoma", "… vio tiros en Petare y en la redoma"),
        (["Carmen"], "carmen está en El Valle con Carmen", "… está en El Valle con …"),
        (["Luz Paz"], "no hay luz, dijo Luz, y tampoco paz", "no hay luz, dijo …, y tampoco paz"),
        (["José Gregorio"], "Jose ya salió de Gregorio's", "… ya salió de …'s"),
        (["😀", "A", "905"], "A la Cota 905 😀", "A la Cota 905 😀"),
        (["Luz"], "Luz\u00eda y luces", "Luz\u00eda y luces"),
    ],
)
def test_names_go_and_other_words_stay(names, text, expected):
    assert Names(names).taken_out(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "13/7/21, 21:10 - Yubiri Tovar added Belkis Rondón",
        "13/7/21, 21:10 - Yubiri Tovar añadió a Belkis Rondón",
        "13/7/21, 21:10 - Belkis Rondón salió del grupo",
        "13/7/21, 21:10 - Belkis Rondón joined using this group's invite link",
        "[13/07/21, 21:10:00] Vecinos: \u200eBelkis Rondón left",
        "13/7/21, 21:10 - Yubiri Tovar: Belkis Rondón.vcf (archivo adjunto)",
        "13/7/21, 21:10 - Yubiri Tovar: oye @\u2068Belkis Rondón\u2069 mira",
    ],
)
def test_people_who_never_wrote_are_known_from_what_the_app_says(line):
    found = messages(f"{line}\n13/7/21, 21:14 - Otro: Belkis vio tiros en esta calle de Catia using un link\n")
    assert found[-1].text == "… vio tiros en esta calle de Catia using un link"


_NAME = st.text(st.sampled_from("abcdefghijklmnñoáé"), min_size=4, max_size=9).map(str.title)


@given(first=_NAME, last=_NAME, case=st.sampled_from([str, str.upper, str.lower]))
def test_a_senders_name_is_in_no_message(first, last, case):
    chat = (
        f"13/7/21, 21:14 - Otro Vecino: {case(first)} {case(last)} avisó; 12 {first} 34 {last}\n"
        f"13/7/21, 21:15 - {first} {last}: 99 {first.upper()} 98\n"
    )
    left = " ".join(draft.text for draft in messages(chat) if isinstance(draft, Draft))
    assert not {first, last} & set(re.findall(r"\w+", left))


# --- detection and archives --------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*PEOPLE, "media-only.txt"])
def test_every_export_is_recognised(name):
    assert looks_like_chat((FILES / name).read_bytes())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_an_export_is_recognised_in_other_encodings(encoding):
    text = "[21:14, 8/7/2021] Ana: Tiros en Catia\n"
    assert looks_like_chat(text.encode(encoding))
    assert [draft.text for draft in messages(text.encode(encoding))] == ["Tiros en Catia"]


@pytest.mark.parametrize(
    "text",
    ["", "Tiros en Petare.\n8/7/21, 21:14 - hora local\n", "21:14 - Tiros en Catia\n21:20 - Calma\n", "8/7/21: tiros"],
)
def test_news_is_no_chat(text):
    assert not looks_like_chat(text.encode())


def _zipped(**entries: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_an_export_with_its_media_is_read_and_the_media_is_not():
    raw = _zipped(**{"00000001-PHOTO.jpg": b"\xff\xd8\xff", "_chat.txt": (FILES / "ios-es.txt").read_bytes()})
    found = [draft.text for draft in read_chat_zip(raw, Intake("chat.zip"))]
    assert found == texts("ios-es.txt")


def test_an_archive_of_several_texts_is_refused():
    with pytest.raises(ReportError) as caught:
        list(read_chat_zip(_zipped(**{"a.txt": b"a", "b.txt": b"b"}), Intake("chat.zip")))
    assert caught.value.code == "report-chat-texts"


# --- whatever comes ----------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    ["8/7/21, 21:14 - ", "[21:14, 99/99/9999] ", "\u200e[8.7.21, 9:14 p. m.] ", "Ana: ", "añadió a ", "\u2068", "@",
     "\u2069", "<adjunto: ", ".vcf", "1/2 ", "2/2", "\n", "\r\n", "\u2028", "0412 ", "٣/٤/٢١, ٢١:١٤ - ", "tiros"]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=5)).map("".join))
def test_whatever_comes_is_read_or_refused(text):
    raw = text.encode("utf-8", "ignore")
    looks_like_chat(raw)
    with contextlib.suppress(ReportError):
        assert all(draft.text.strip() and draft.private for draft in messages(raw))
