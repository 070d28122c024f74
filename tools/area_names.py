"""Names of the area compiler: the ways a place of each kind is written in Spanish and English.

A name starts with a generic word ("Avenida Baralt") or is bare ("Petare"). From the generic word follow
the systematic variants; bare forms are kept only where they are no everyday word (unsafe_names.csv).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from area_io import key, without_brackets

from mapper.text import fold_name

# Generic word (folded) -> templates by language. {x} is the name without it, {de} the same behind "de".
TEMPLATES: dict[str, dict[str, tuple[str, ...]]] = {
    "avenida": {
        "es": ("avenida {x}", "av. {x}", "av {x}", "avenida {de}"),
        "en": ("{x} avenue", "avenue {x}"),
    },
    "calle": {"es": ("calle {x}", "calle {de}"), "en": ("{x} street", "street {x}")},
    "callejon": {"es": ("callejón {x}",), "en": ("{x} alley",)},
    "boulevard": {"es": ("bulevar {x}", "bulevar {de}", "boulevard {x}", "boulevard {de}"), "en": ("{x} boulevard",)},
    "paseo": {"es": ("paseo {x}",), "en": ("{x} promenade",)},
    "plaza": {"es": ("plaza {x}", "plaza {de}"), "en": ("{x} square", "{x} plaza", "square {x}")},
    "redoma": {"es": ("redoma {x}", "redoma {de}"), "en": ("{x} roundabout",)},
    "hospital": {"es": ("hospital {x}", "hospital {de}", "hosp. {x}"), "en": ("{x} hospital", "hospital of {x}")},
    "clinica": {"es": ("clínica {x}",), "en": ("{x} clinic",)},
    "maternidad": {"es": ("maternidad {x}",), "en": ("{x} maternity hospital",)},
    "autopista": {
        "es": ("autopista {x}", "autopista {de}"),
        "en": ("{x} highway", "{x} freeway"),
    },
    "carretera": {"es": ("carretera {x}", "carretera {de}"), "en": ("{x} road", "{x} highway")},
    "distribuidor": {
        "es": ("distribuidor {x}", "distribuidor {de}"),
        "en": ("{x} interchange", "{x} junction", "{x} exit"),
    },
    "tunel": {"es": ("túnel {x}", "túnel {de}", "túneles {de}"), "en": ("{x} tunnel",)},
    "puente": {"es": ("puente {x}", "puente {de}"), "en": ("{x} bridge",)},
    "esquina": {
        "es": ("esquina {x}", "esquina {de}", "esquinas {de}"),
        "en": ("{x} corner", "corner of {x}", "corners of {x}", "corner {x}"),
    },
    "mercado": {"es": ("mercado {x}", "mercado {de}"), "en": ("{x} market", "market of {x}")},
    "centro comercial": {
        "es": ("centro comercial {x}", "C.C. {x}", "CC {x}"),
        "en": ("{x} mall", "{x} shopping mall", "{x} shopping center", "{x} shopping centre"),
    },
    "universidad": {"es": ("universidad {x}",), "en": ("{x} university", "university {x}")},
    "liceo": {"es": ("liceo {x}",), "en": ("{x} high school",)},
    "parque": {"es": ("parque {x}", "parque {de}"), "en": ("{x} park",)},
    "estadio": {"es": ("estadio {x}",), "en": ("{x} stadium",)},
    "terminal": {
        "es": ("terminal {x}", "terminal {de}"),
        "en": ("{x} terminal", "{x} bus terminal", "{x} bus station"),
    },
    "iglesia": {"es": ("iglesia {x}", "iglesia {de}"), "en": ("{x} church",)},
    "teatro": {"es": ("teatro {x}",), "en": ("{x} theater", "{x} theatre")},
    "torre": {"es": ("torre {x}",), "en": ("{x} tower",)},
    "hotel": {"es": ("hotel {x}",), "en": ("{x} hotel",)},
    "velodromo": {"es": ("velódromo {x}",), "en": ("{x} velodrome",)},
    "polideportivo": {
        "es": ("polideportivo {x}", "polideportivo {de}"),
        "en": ("{x} sports centre", "{x} sports center"),
    },
    "edificio": {"es": ("edificio {x}",), "en": ("{x} building",)},
    "residencias": {"es": ("residencias {x}", "conjunto residencial {x}"), "en": ()},
    "metro": {
        "es": (
            "metro {x}",
            "metro {de}",
            "estación {x}",
            "estación {de}",
            "estación de metro {x}",
            "estación del metro {x}",
            "estación de metro {de}",
        ),
        "en": ("{x} station", "{x} metro station", "{x} subway station", "{x} metro"),
    },
    "barrio": {"es": ("barrio {x}",)},
    "sector": {"es": ("sector {x}",)},
    "urbanizacion": {"es": ("urbanización {x}",)},
    "parroquia": {"es": ("parroquia {x}", "parr. {x}"), "en": ("{x} parish", "parish of {x}")},
    "municipio": {
        "es": ("municipio {x}", "mun. {x}", "municipio autónomo {x}"),
        "en": ("{x} municipality", "municipality of {x}", "municipality {x}"),
    },
    "estado": {"es": ("estado {x}", "edo. {x}"), "en": ("{x} state", "state of {x}")},
}
SAME_WORD = {
    "av": "avenida",
    "bulevar": "boulevard",
    "cc": "centro comercial",
    "c c": "centro comercial",
    "estacion": "metro",
    "parr": "parroquia",
    "conjunto residencial": "residencias",
    "urb": "urbanizacion",
}
# Feature class -> the generic word that is understood where the name carries none.
UNDERSTOOD = {
    "barrio": "barrio",
    "sector": "sector",
    "urbanizacion": "urbanizacion",
    "parish": "parroquia",
    "municipality": "municipio",
    "state": "estado",
    "metro_station": "metro",
    "corner": "esquina",
    "hospital": "hospital",
    "market": "mercado",
    "mall": "centro comercial",
    "interchange": "distribuidor",
}
_JOINING = {"de", "del", "la", "los", "las", "el", "the", "of"}


@dataclass
class Names:
    """The names of one place: the first spelling of each stands, later duplicates are dropped."""

    found: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def add(self, name: str, lang: str = "", kind: str = "alias") -> None:
        """Add one spelling; a bracketed name is a label and no spelling."""
        name = " ".join(name.split())
        if name and "(" not in name and key(name):
            self.found.setdefault(fold_name(name), (name, lang, kind))

    def drop(self, keys: set[str]) -> None:
        """Remove the spellings that are listed as unsafe."""
        self.found = {k: v for k, v in self.found.items() if k not in keys}


def split_generic(name: str, feature_class: str = "") -> tuple[str, str]:
    """Return (generic word or "", rest): "Avenida Baralt" -> ("avenida", "Baralt")."""
    words = without_brackets(name).split()
    for count in (2, 1):
        head = key(" ".join(words[:count]))
        head = SAME_WORD.get(head, head)
        if len(words) > count and head in TEMPLATES:
            if head == "puente" and feature_class not in {"bridge", "corner"}:
                continue
            return head, " ".join(_without_de(words[count:]))
    return "", " ".join(words)


def _without_de(words: list[str]) -> list[str]:
    if words[0].casefold() == "de" and len(words) > 1:
        return words[1:]
    if words[0].casefold() == "del" and len(words) > 1:
        return ["El", *words[1:]]
    return words


def variants(generic: str, rest: str) -> list[tuple[str, str]]:
    """Return (spelling, language) for every template of a generic word."""
    behind_de = f"del {rest[3:]}" if rest.startswith("El ") else f"de {rest}"
    return [
        (template.format(x=rest, de=behind_de), lang)
        for lang, templates in TEMPLATES[generic].items()
        for template in templates
    ]


def spelled(name: str, aliases: list[str], feature_class: str) -> Names:
    """Return every spelling of a place from its name and hand-kept aliases."""
    names = Names()
    plain = without_brackets(name)
    names.add(plain, "", "official")
    generic, rest = split_generic(name, feature_class)
    if feature_class == "metro_station" and generic != "metro":
        generic, rest = "metro", plain
    for alias in aliases:
        if not (feature_class == "corner" and " a " in alias):
            names.add(alias)
    understood = generic or UNDERSTOOD.get(feature_class, "")
    for head, tail in dict.fromkeys([(understood, rest), *(split_generic(alias, feature_class) for alias in aliases)]):
        if head and key(tail) not in _JOINING and "(" not in tail:
            for variant, lang in variants(head, tail):
                names.add(variant, lang, "english" if lang == "en" else "alias")
    if feature_class == "metro_station":
        names.add(rest)
    return names
