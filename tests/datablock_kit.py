"""Reading the data block out of a finished page."""

from __future__ import annotations

import base64
import gzip
import json
import re

from mapper.view.columns import unpacked
from mapper.view.datablock import TABLES


def read_block(html: str) -> dict:
    """Return the data block of a page as the browser reads it, its tables as lists of records."""
    match = re.search(
        r'<script type="application/json" id="mp-data" data-encoding="(\w+)">(.*?)</script>', html, re.DOTALL
    )
    encoding, text = match.groups()
    block = json.loads(gzip.decompress(base64.b64decode(text)) if encoding == "gzip" else text)
    return {key: unpacked(value) if key in TABLES else value for key, value in block.items()}
