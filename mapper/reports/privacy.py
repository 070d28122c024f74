"""Names and numbers of private persons out of a text, before anything else sees it.

What is taken out leaves ``…`` in its place. Names are those the chat itself tells of; a person
who is only talked about, or called by a nickname, is not known here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GAP", "Names", "without_numbers"]

GAP = "…"
"""What stands for whatever was taken out."""

_MIN_PART, _MIN_GIVEN, _MIN_NAME, _MIN_NUMBER = 4, 3, 2, 7
_WORD = re.compile(r"[^\W_]+")
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_INVITATION = re.compile(r"(?:https?://)?(?:chat\.whatsapp\.com|wa\.me|api\.whatsapp\.com|t\.me)/\S+", re.IGNORECASE)
# An app puts a mentioned person's name between two invisible marks; typed by hand it is one word.
_MENTION = re.compile(r"@\u2068[^\u2069\n]{0,200}\u2069|@\+?\d{6,16}|(?<!\w)@\w+")
_PHONE = re.compile(
    r"""(?<![\w:])(?:
      (?:\+|00)[ ]?\d(?:[ ]?[()./-]{0,2}[ ]?\d){7,14}  # +58 (412) 123-4567
    | \(?0[24]\d\d\)?(?:[ ]?[./-]?[ ]?\d){7}          # (0212) 123.45.67, 0412 123 45 67
    | 58[ .-]?[24]\d\d(?:[ .-]?\d){7}                   # 58 412 1234567
    | \(?[24]\d\d\)?[ .-]{1,3}\d{3}(?:[ .-]?\d\d){2}   # 412-123.45.67
    | \d{3}-(?!\d?\d?-?00\b)\d\d-?\d\d               # 555-1234, but 500-1000 is a count
    | \d{10,15}
    )(?!\w)""",
    re.VERBOSE,
)
# Blanks and dashes that phones are also written with.
_LOOK_ALIKES = dict.fromkeys((0xA0, 0x202F, 0x2007, 0x2009), " ") | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2212), "-")
_IDENTITY_CARD = re.compile(r"(?<!\w)[VEve][.-]?[^\S\n]?\d{1,2}\.?\d{3}\.?\d{3}(?!\w)")
# Names that are words too: taken for a name only with a capital letter.
_ORDINARY = (
    "amor angel angeles blanca blanco bravo calle campo casa claro consuelo cruz delgado dolores dulce esperanza "
    "estrella flor flores fuerte gracia grande guerra hermana hermano hija hijo jefa jefe leon libertad luna luz "
    "mama mami marina mercedes milagro milagros moreno negra negro nieves nueva nuevo papa papi paz plaza prado "
    "primo prima reina rey reyes rico rojas rojo rosa rosas salud santa santo santos senor senora sierra socorro "
    "soledad torre torres valle vecina vecino vecinos vega verde victoria vida villa virtudes casas iglesias "
    "bank bell bishop black brook brown church cook field fields forest free grace green hall hill home hope house "
    "hunter joy king long mark marsh north page park police price read rich rose short south stone street town "
    "violet walker west white will wood woods young mom dad sister brother neighbor neighbour group grupo"
)
# Words that no name is known by, though contacts are saved with them.
_NEVER = (
    "para pero como cuando donde desde hasta sobre entre este esta esto todo todos with from that this they have "
    "usted ustedes ellos nosotros here your the and you are los las del don una uno sra dra tia tio san mis"
)
_NEEDS_CAPITAL = frozenset((_ORDINARY + " " + _NEVER).split())
_NO_PARTS = frozenset(_NEVER.split())
# Behind these a further part of a name ("Ana Petare") is meant as a place.
_PLACE_BEFORE = re.compile(
    r"(?:^|\W)(?:en|desde|hacia|in|at|near|cerca de|avenida|av\.?|calle|plaza|barrio|sector|parroquia|metro|estacion|"
    r"urbanizacion|urb\.?|redoma|hospital|parque|liceo|autopista)\s+(?:el |la |los |las |the )?$"
)
_LOOK_BACK = 40


def without_numbers(text: str) -> str:
    """Return ``text`` without mentions, addresses of mail and chats, phone and identity card numbers."""
    text = text.translate(_LOOK_ALIKES)
    for pattern in (_EMAIL, _MENTION, _INVITATION, _PHONE, _IDENTITY_CARD):
        text = pattern.sub(GAP, text)
    return text


class Names:
    """The names of a chat's people, to be taken out of its texts.

    A whole name goes wherever it stands, whatever its case and accents. Of a name of several
    words the first one goes too from three letters on, the others from four on, except where a place
    is meant ("Ana Petare", "tiros en Petare"). What is short or an ordinary word goes only where it
    has a capital.

    Examples
    --------
    >>> Names(["Ana María Petare"]).taken_out("Dile a maría: tiros en Petare, lo vio Ana Maria Petare")
    'Dile a …: tiros en Petare, lo vio …'
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._known: dict[tuple[str, ...], bool] = {}  # a name's folded words, and whether a place may be meant
        for name in names:
            words = tuple(_WORD.findall(fold(name)))
            letters = "".join(words)
            if len(letters) < _MIN_NAME or (letters.isdigit() and len(letters) < _MIN_NUMBER):
                continue  # an emoji, a letter or a small number would match everywhere and tells no name
            self._known[words] = False
            for number, word in enumerate(words if len(words) > 1 else ()):
                if len(word) >= (_MIN_PART if number else _MIN_GIVEN) and not word.isdigit() and word not in _NO_PARTS:
                    self._known[(word,)] = self._known.get((word,), True) and number > 0
        self._longest: dict[str, int] = {}  # by first word
        for words in self._known:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def taken_out(self, text: str) -> str:
        """Return ``text`` with ``…`` for every name."""
        folded = fold(text)
        found = list(_WORD.finditer(folded))
        kept: list[str] = []
        at = number = 0
        while number < len(found):
            count = self._length_at(text, folded, found, number)
            if count:
                kept += [text[at : found[number].start()], GAP]
                at = found[number + count - 1].end()
            number += count or 1
        return "".join(kept) + text[at:]

    def _length_at(self, text: str, folded: str, found: list[re.Match[str]], number: int) -> int:
        """Return how many words the longest name that begins here has; none: 0."""
        start = found[number].start()
        words = tuple(word[0] for word in found[number : number + self._longest.get(found[number][0], 0)])
        for count in range(len(words), 0, -1):
            may_be_place = self._known.get(words[:count])
            if may_be_place is None:
                continue
            if count == 1 and (words[0] in _NEEDS_CAPITAL or len(words[0]) < _MIN_PART) and not text[start].isupper():
                continue
            if may_be_place and _PLACE_BEFORE.search(folded[max(0, start - _LOOK_BACK) : start]):
                continue
            return count
        return 0
