"""The people of a personal mail out of its text: forwarding lines, signatures, addresses, numbers."""

from __future__ import annotations

import re
from email.utils import getaddresses
from typing import TYPE_CHECKING

from mapper.reports.privacy import without_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["names_in_mail", "without_people"]

_QUOTE_MARK = re.compile(r"^(?:> ?)+", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$.*\Z", re.MULTILINE | re.DOTALL)
_FORWARD_MARK = re.compile(
    r"^[ \t]*(?:-{2,}\s*(?:forwarded message|original message|mensaje reenviado|mensaje original)\s*-{2,}|"
    r"(?:begin forwarded message|inicio del mensaje reenviado):|_{20,})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = (
    r"[ \t]*\*?(?:from|to|cc|bcc|sent|date|subject|reply-to|de|para|enviado(?: el)?|enviada|fecha|asunto|responder a)"
    r"[ \t]*\*?:\*?(?:[^\S\n]*\n)?[^\n]*(?:\n|\Z)"
)
# One line alone may be an article's own ("Fecha: ..."); several are what a mail program writes above a forwarded mail.
_FORWARD_FIELDS = re.compile(
    rf"^{_FIELD}(?:{_FIELD}|[^\n@]{{0,200}}@[^\n]*(?:\n|\Z)){{1,20}}", re.IGNORECASE | re.MULTILINE
)
_WROTE = re.compile(
    r"^[ \t]*(?:on|el) [^\n]{5,150}(?:\n[^\n]{0,100})?(?:wrote|escribió):[ \t]*$", re.IGNORECASE | re.MULTILINE
)


def names_in_mail(headers: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the display names and the addresses in headers such as ``To``."""
    found = getaddresses(list(filter(None, headers)))
    return [name for name, _ in found if name and "@" not in name], [address for _, address in found if "@" in address]


def without_people(text: str) -> str:
    r"""Return a personal mail's text without quote marks, signature, forwarding lines, addresses and numbers.

    Examples
    --------
    >>> without_people("De: Ana <ana@correo.example>\nAsunto: Petare\n\nHubo tiros en Petare.\n-- \nAna")
    'Hubo tiros en Petare.'
    """
    text = _QUOTE_MARK.sub("", text.replace("\r", ""))
    for pattern in (_SIGNATURE, _FORWARD_MARK, _FORWARD_FIELDS, _WROTE):
        text = pattern.sub("", text)
    return without_numbers(text).strip()
