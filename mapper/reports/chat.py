"""WhatsApp exports and copied chats: a message a report, without the people in it.

Exports differ by phone, language and clock::

    8/7/21, 21:14 - Nombre: texto                  Android
    [08/07/21, 9:14:33 p. m.] Nombre: texto        iPhone
    [21:14, 8/7/2021] Nombre: texto                copied from WhatsApp Web

A line that begins otherwise goes on with the message before it. What the app itself says (who
joined, what was deleted, where a photo was) is no message. Names and numbers of the people are
taken out of every text before it is handed on, so all senders are gathered first.
"""

from __future__ import annotations

import codecs
import datetime as dt
import itertools
import lzma
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.errors import ReportError
from mapper.reports.decoding import text_of
from mapper.reports.draft import Draft
from mapper.reports.privacy import GAP, Names, without_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.reports.draft import Intake

__all__ = ["looks_like_chat", "read_chat", "read_chat_zip"]

_DATE = r"(?P<day>\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4})"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?\s?m\b\.?)?"
_HEADS = tuple(
    re.compile(pattern + r"(?P<rest>.*)", re.IGNORECASE)
    for pattern in (
        rf"{_DATE},?\s+{_TIME}\s+[-–]\s",
        rf"\[{_DATE},?\s+{_TIME}\]\s",
        rf"\[{_TIME},\s+{_DATE}\]\s",
    )
)
_SENDER = re.compile(r"([^:\n]{1,100}):(?:\s(.*)|$)")
# What the app wrote, by whole line. The mark in front is how an iPhone tells its own words.
_APP_MARK = "\u200e"
_APP_LINE = re.compile(
    r"<[^<>]{0,40}\b(?:omitted|omitido|omitida|omitidos|attached|adjunto)\b[^<>]{0,40}>|<(?:attached|adjunto): [^<>]+>"
    r"|(?:image|photo|video|audio|sticker|gif|document|contact card|media|imagen|foto|v[ií]deo|documento|"
    r"tarjeta de contacto|contacto|multimedia)\s+(?:omitted|omitid[oa]s?)"
    r"|.{1,150}\((?:file attached|archivo adjunto)\)|.{1,100}\.vcf"
    r"|(?:this message was deleted|you deleted this message|se elimin[oó] este mensaje|eliminaste este mensaje|"
    r"este mensaje fue eliminado|null|waiting for this message.*|esperando (?:este|el) mensaje.*)\.?"
    r"|(?:missed|llamada perdida|videollamada perdida)\b.{0,60}"
    r"|(?:↪ ?)?(?:forwarded(?: many times)?|reenviado(?: muchas veces)?)",
    re.IGNORECASE,
)
_APP_WORDS = re.compile(
    r"<(?:this message was edited|se edit[oó] este mensaje\.?|(?:attached|adjunto): [^<>]{1,200})>", re.IGNORECASE
)
# What the app says of people: a line without sender, or one whose quoted subject has a colon.
_ABOUT_PEOPLE = re.compile(
    r"(?P<who>.{0,100}?)\s*\b(?P<what>(?:was |were |fue |fueron )?(?:added|removed|joined|left|created|changed|pinned|"
    r"deleted|turned|is a contact|añadid[oa]s?|añadió|añadiste|agregó|agregaste|eliminó|eliminaste|se unió|te uniste|"
    r"salió|saliste|creó|creaste|cambió|cambiaste|fijó|activó|desactivó|sacó|abandonó)\b)(?:\s+a\b)?\s*(?P<whom>[^:\n]*)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:changed (?:the subject|the group|this group|their|to |your)|created (?:the )?group|"
    r"cambi(?:ó|aste|o) (?:el asunto|el nombre|la descripción|el ícono|el icono|de número|su número)|"
    r"cre(?:ó|aste) (?:el )?grupo)",
    re.IGNORECASE,
)
# People whom the app names inside a message: mentioned, or on a contact card.
_POINTED_AT = re.compile(r"@\u2068([^\u2069\n]{1,100})\u2069|(?<=: )\u200e?([^:\n]{1,100})\.vcf\b")
_AND = re.compile(r",|\band\b|\by\b")
_SELF = {"you", "tu", "tú", "usted", "your", "te"}
# Marks of writing direction, which exports are full of; the isolates around a mentioned name go with it.
_MARKS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_SNIFF_BYTES, _SNIFF_LINES, _ENOUGH = 8192, 20, 2
_SHORT, _NAME_WORDS = 3, 5  # "de", "van"; "Ana María de la Cruz"
_CENTURY, _LAST_YEAR = 2000, 2100
_MONTHS = 12
_YEAR_DIGITS = 4


@dataclass(slots=True)
class _Message:
    """A message as it stands in the file: its date's three numbers, who wrote it, its lines."""

    numbers: tuple[str, ...] = ()
    sender: str = ""
    lines: list[str] = field(default_factory=list)


def looks_like_chat(raw: bytes) -> bool:
    """Tell whether text is a chat: its first line or two of its first twenty begin as a message does."""
    head = raw[:_SNIFF_BYTES]
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if utf16 else "utf-8-sig", errors="ignore")
    lines = list(itertools.islice((line for line in text.splitlines() if line.strip()), _SNIFF_LINES))
    heads = [bool(_head(line)) for line in lines]
    return sum(heads) >= _ENOUGH or (bool(heads) and heads[0] and _first_is_signed(lines[0]))


def _first_is_signed(line: str) -> bool:
    """Tell whether one lone message names its sender in brackets, as a copied one does."""
    found = _head(line)
    return line.translate(_MARKS).lstrip().startswith("[") and bool(found and _SENDER.match(found["rest"]))


def read_chat(raw: bytes, intake: Intake) -> Iterator[Draft | ReportError]:
    """Yield the messages of a chat in their order, numbered as in the file.

    Yields
    ------
    Draft
        ``private``; the day as written, in local time. Warning ``chat-day-order``: nothing in the
        chat tells day from month.

    Raises
    ------
    ReportError
        As :func:`~mapper.reports.decoding.text_of`; ``report-chat-empty``: no message has words.
        ``report-rows`` is yielded last when there are more messages than may be read.
    """
    content, warnings = text_of(raw, intake)
    messages, people = _messages(content)
    names = Names([*people, *(message.sender for message in messages)])
    day_first = _day_first([message.numbers for message in messages if message.numbers])
    limit, empty = intake.limits.rows, True
    for number, message in enumerate(messages[:limit], start=1):
        text = _words(message.lines, names)
        if not any(char.isalpha() for char in text):
            continue  # a picture, an emoji, a note that something was deleted: it says nothing to read
        published, doubts = _day(message.numbers, day_first=day_first)
        empty = False
        yield Draft(text, published=published, part=str(number), private=True, warnings=warnings + doubts)
    if len(messages) > limit:
        yield ReportError("report-rows", name=intake.name, limit=limit)
    elif empty:
        raise ReportError("report-chat-empty", name=intake.name)


def read_chat_zip(raw: bytes, intake: Intake) -> Iterator[Draft | ReportError]:
    """Yield the messages of a chat exported with its photos and recordings, which are not opened.

    Raises
    ------
    ReportError
        As :func:`read_chat`; ``report-chat-texts``: not exactly one text in it; and what
        :func:`~mapper.reports.archive.open_archive` refuses.
    """
    from mapper.reports.archive import open_archive

    with open_archive(raw, intake) as archive:
        texts = [info for info in archive.infolist() if info.filename.lower().endswith(".txt")]
        if len(texts) != 1:
            raise ReportError("report-chat-texts", name=intake.name, count=len(texts))
        try:
            content = archive.read(texts[0])
        except RuntimeError:  # how the standard library says that a password is needed
            raise ReportError("report-password", name=intake.name) from None
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError):
            raise ReportError("report-zip-broken", name=intake.name) from None
    yield from read_chat(content, intake)


def _head(line: str) -> re.Match[str] | None:
    """Return the beginning of a message, None when the line goes on with the one before."""
    line = line.strip("\ufeff\u200e\u200f \t")
    return next((found for pattern in _HEADS if (found := pattern.match(line))), None)


def _messages(content: str) -> tuple[list[_Message], list[str]]:
    """Return all messages, and the people that the app names besides their senders.

    What stands before the first head is the end of a message cut off there: a message without a date.
    """
    content = unicodedata.normalize("NFC", content)
    messages, people = [_Message()], [found[1] or found[2] for found in _POINTED_AT.finditer(content)]
    current = messages[0]
    for line in content.splitlines():
        head = _head(line)
        if not head:
            current.lines.append(line)
            continue
        numbers = tuple(re.split(r"[/.-]", head["day"]))
        rest = head["rest"].lstrip("\u200e\u200f\u202a")
        signed = _SENDER.match(rest)
        sender = signed[1].translate(_MARKS).strip(" ~\xa0\u202f") if signed else ""
        if not signed or _SUBJECT.search(sender):
            people += _people(rest)
            current = _Message()  # its lines are the app's and go nowhere
            continue
        text = signed[2] or ""
        if text.startswith(_APP_MARK):
            people += [sender, *_people(text)]
            text = ""
        current = _Message(numbers, sender, [text])
        messages.append(current)
    return messages if any(line.strip() for line in messages[0].lines) else messages[1:], people


def _people(line: str) -> list[str]:
    """Return the names in what the app says of people: who joined, left, added whom."""
    found = _ABOUT_PEOPLE.match(line.translate(_MARKS))
    if not found:
        return []
    parts = [found["who"], *([] if _SUBJECT.search(line) else _AND.split(found["whom"]))]
    names = [part.strip(" .~\xa0\u202f") for part in parts]
    return [name for name in names if name.lower() not in _SELF and _is_name(name)]


def _is_name(words: str) -> bool:
    """Tell names from the other words of such a line ("joined using this group's invite link")."""
    long_words = [word for word in words.split() if len(word) > _SHORT]
    return 0 < len(words.split()) <= _NAME_WORDS and all(not word[0].islower() for word in long_words)


def _words(lines: Sequence[str], names: Names) -> str:
    """Return a message's text without what the app put there, and without people."""
    kept = [line for line in lines if not _APP_LINE.fullmatch(line.translate(_MARKS).strip())]
    text = without_numbers("\n".join(kept)).translate(_MARKS)
    text = names.taken_out(_APP_WORDS.sub("", text)).strip()
    return "" if not text.replace(GAP, "").strip() else text


def _day_first(dates: Sequence[tuple[str, ...]]) -> bool | None:
    """Tell whether dates are written day before month; None when the chat leaves it open.

    A number above 12 is a day. Else: messages stand in the order they were sent, so a reading under
    which time runs backwards is the wrong one.
    """
    pairs = [(int(one), int(two)) for one, two, _ in dates if len(one) < _YEAR_DIGITS]
    day_first, month_first = any(one > _MONTHS for one, _ in pairs), any(two > _MONTHS for _, two in pairs)
    if not day_first and not month_first:
        days = [(int(year), int(two), int(one)) for one, two, year in dates if len(one) < _YEAR_DIGITS]
        swapped = [(year, day, month) for year, month, day in days]
        day_first, month_first = days == sorted(days), swapped == sorted(swapped)
    return day_first if day_first != month_first else None


def _day(numbers: tuple[str, ...], *, day_first: bool | None) -> tuple[dt.date | None, tuple[str, ...]]:
    """Return a message's day, or the warning that says why there is none."""
    if not numbers:
        return None, ()
    one, two, three = (int(number) for number in numbers)
    if len(numbers[0]) == _YEAR_DIGITS:
        year, month, day = one, two, three
    elif day_first is None and one != two:
        return None, ("chat-day-order",)
    else:
        year, month, day = three, *((two, one) if day_first else (one, two))
    year = year if year >= _CENTURY else year + _CENTURY
    try:
        published = dt.date(year, month, day)
    except ValueError:
        published = None
    return (None, ("date-not-understood",)) if published is None or year > _LAST_YEAR else (published, ())
