"""Settings: ``mapper.toml`` in the working folder, then the command line, which wins.

All faults are named at once, each with its file and key.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib
from collections.abc import Mapping  # noqa: TC003 - the type of a module constant
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError

from mapper.errors import ConfigError
from mapper.export import FORMATS
from mapper.model import DisclosureLevel
from mapper.places.online import OnlineSettings
from mapper.reports import Limits, Overrides

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["CONFIG_FILE", "Config", "ConfigFaultsError", "examples_folder", "load_config"]

CONFIG_FILE = "mapper.toml"
# Where reports are looked for when none are named.
_USUAL_FOLDERS = ("data/reports", "reports")
_JUDGEMENTS = Path("judgements.toml")
_STORE = Path(".mapper") / "store.db"
_SHOWN_CHARS = 60


class ConfigFaultsError(ConfigError):
    """Every fault of the settings at once, in ``faults``."""

    def __init__(self, faults: tuple[ConfigError, ...]) -> None:
        self.faults = faults
        super().__init__("config-faults", count=len(faults))

    def in_language(self, language: str) -> str:
        """Return one sentence a fault, under a heading when there are several."""
        sentences = [fault.in_language(language) for fault in self.faults]
        if len(sentences) == 1:
            return sentences[0]
        return "\n".join([super().in_language(language), *(f"  - {sentence}" for sentence in sentences)])


def _web_address(value: str) -> str:
    """Accept nothing, or an http(s) address."""
    if value and not re.fullmatch(r"https?://\S+", value, re.IGNORECASE):
        raise ValueError(value)
    return value


def _plain_date(value: object) -> object:
    """Refuse what pydantic would turn into a date without being one as we write it (a number, a time)."""
    written = isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)
    if value is not None and not written and type(value) is not dt.date:
        raise ValueError(value)
    return value


def _path(value: Path) -> Path:
    """Accept what a file can be called."""
    if "\0" in str(value):
        raise ValueError(value)
    return value


_Path = Annotated[Path, AfterValidator(_path)]


def _listed(value: object) -> object:
    """Accept one path where a list of paths is expected, and paths where we keep names."""
    if isinstance(value, str | Path):
        value = (value,)
    if isinstance(value, list | tuple):
        value = tuple(str(item) if isinstance(item, Path) else item for item in value)
        if any("\0" in str(item) for item in value):  # nothing can be called so
            raise ValueError(value)
    return value


def _formats(value: object) -> object:
    """Turn ``gpkg,csv`` (also several of them) into the names of formats, each once."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple):
        raise ValueError(value)  # noqa: TRY004 - pydantic collects ValueErrors
    names = tuple(dict.fromkeys(name.strip().lower() for item in listed for name in str(item).split(",")))
    if not all(name in FORMATS for name in names):
        raise ValueError(value)
    return names


# What a column of a table may hold, by the words a user has for it.
_COLUMN_FIELDS = {
    **{name: name for name in ("text", "title", "outlet", "author", "url", "language")},
    "texto": "text",
    "titulo": "title",
    "título": "title",
    "medio": "outlet",
    "autor": "author",
    "date": "published",
    "fecha": "published",
    "published": "published",
    "id": "part",
    "idioma": "language",
}


def _columns(value: object) -> object:
    """Turn ``text=cuerpo,date=fecha`` into a table, and its keys into the names of our fields."""
    if isinstance(value, str):
        pairs = [pair.partition("=") for pair in value.split(",")]
        value = {key.strip(): column.strip() for key, _, column in pairs}
    if not isinstance(value, dict):
        raise ValueError(value)  # noqa: TRY004 - pydantic collects ValueErrors
    if not all(column and str(key).lower() in _COLUMN_FIELDS for key, column in value.items()):
        raise ValueError(value)
    return {_COLUMN_FIELDS[str(key).lower()]: column for key, column in value.items()}


def _positive(value: Limits) -> Limits:
    """Accept limits that let something through."""
    if min(dataclasses.astuple(value)) < 1:
        raise ValueError(value)
    return value


class Config(BaseModel):
    """Frozen settings of one run.

    ``inputs`` are files, folders or ``"-"`` for standard input (key ``reports`` of the file);
    ``language`` is that of the messages, ``report_language`` what to take a report for that does not
    say. ``online`` is only ever a flag: no file can make a run ask the network. ``geocoder`` says whom
    it then asks (table ``[online]`` of the file), ``columns`` which column of a table holds which field.
    ``store`` is where what was read is kept from run to run: the command line keeps it in ``.mapper`` of
    the working folder, the Python interface nowhere unless told. ``since`` is the build to compare with.
    ``judgements`` is the file with an analyst's decisions; the command line takes that of the working folder.
    ``export`` names the formats of the tables to write as well. At the public level, ``public_places`` is the
    finest place shown and ``as_of`` the day from which the last 72 hours are held back (default: the day of the
    newest report).
    ``embed`` also writes the map without panels, which links to ``full_map_url``; ``publisher`` answers for both.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    inputs: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    inputs_are_examples: bool = False
    area: Annotated[str, Field(min_length=1)] = "caracas"
    out: _Path = Path("output")
    disclosure: DisclosureLevel = DisclosureLevel.PARTNER
    title: str = ""
    published: Annotated[dt.date | None, BeforeValidator(_plain_date)] = None
    outlet: str = ""
    url: Annotated[str, AfterValidator(_web_address)] = ""
    report_language: Literal["", "en", "es"] = ""
    language: Literal["en", "es"] = "en"
    contact: str = ""
    publisher: str = ""
    full_map_url: Annotated[str, AfterValidator(_web_address)] = ""
    embed: StrictBool = False
    verbose: StrictBool = False
    log_file: _Path | None = None
    columns: Annotated[dict[str, str], BeforeValidator(_columns)] = Field(default_factory=dict)
    limits: Annotated[Limits, AfterValidator(_positive)] = Limits()
    online: StrictBool = False
    geocoder: OnlineSettings = OnlineSettings()
    store: _Path | None = None
    no_store: StrictBool = False
    judgements: _Path | None = None
    only_reviewed: StrictBool = False
    since: Annotated[int | None, Field(ge=1)] = None
    export: Annotated[tuple[str, ...], BeforeValidator(_formats)] = ()
    as_of: Annotated[dt.date | None, BeforeValidator(_plain_date)] = None
    public_places: Literal["parish", "municipality"] = "parish"

    @property
    def shows_reviewed_only(self) -> bool:
        """Whether records that no analyst looked at are left out, as they always are from what is public."""
        return self.only_reviewed or self.disclosure is DisclosureLevel.PUBLIC

    @property
    def map_name(self) -> str:
        """The map's file name; a level other than the default says so in it."""
        level = "" if self.disclosure is DisclosureLevel.PARTNER else f".{self.disclosure.value}"
        return f"map{level}.html"

    @property
    def embed_name(self) -> str:
        """The file name of the map to embed; it says the level as the map's does."""
        return f"{self.map_name.removesuffix('.html')}.embed.html"

    @property
    def brief_name(self) -> str:
        """The brief's file name."""
        return f"brief.{self.disclosure.value}.pdf"

    @property
    def overrides(self) -> Overrides:
        """What the user says about the reports."""
        return Overrides(self.published, self.outlet, self.url, self.title, self.report_language)


# What the file may hold, by the name of the setting.
_FILE_KEYS = {"reports": "inputs", "online": "geocoder"} | {
    name: name
    for name in Config.model_fields
    if name
    not in {"inputs", "inputs_are_examples", "online", "geocoder", "no_store", "since", "only_reviewed", "as_of"}
}
_TABLES: Mapping[str, type] = {"limits": Limits, "online": OnlineSettings}


def load_config(
    flags: Mapping[str, Any] | None = None,
    folder: Path | None = None,
    *,
    language: str = "en",
    spelled: Mapping[str, str] | None = None,
) -> Config:
    """Return the settings of ``mapper.toml`` in ``folder``, overruled by ``flags``.

    Parameters
    ----------
    flags
        Settings by key of :class:`Config`; None or empty means not given.
    folder
        The working folder (default: the current one). Without ``reports`` anywhere, its
        ``data/reports`` or ``reports`` is taken, else the example reports.
    language
        Language of the messages where neither file nor flag names one.
    spelled
        How the command line spells settings whose flag has another name.

    Raises
    ------
    ConfigFaultsError
        Unknown keys, wrong values, an unreadable file: all of them.
    """
    folder = folder or Path()
    given = {key: value for key, value in (flags or {}).items() if value not in (None, False, "", (), [])}
    written = _read_file(folder / CONFIG_FILE)
    faults = [_unknown_key(key) for key in sorted(written.keys() - _FILE_KEYS.keys())]
    for table, shape in _TABLES.items():
        known = {field.name for field in dataclasses.fields(shape)}
        if isinstance(written.get(table), dict):
            faults += [_unknown_key(f"{table}.{key}", known) for key in sorted(written[table].keys() - known)]
            written[table] = {key: value for key, value in written[table].items() if key in known}
    settings: dict[str, Any] = {"language": language} | {
        _FILE_KEYS[key]: value for key, value in written.items() if key in _FILE_KEYS
    }
    try:
        config = Config.model_validate(settings | given)
    except ValidationError as error:
        found = {".".join(str(part) for part in item["loc"][:2]): item["input"] for item in error.errors()}
        wrote = {key: (spelled or {}).get(key, f"--{key.replace('_', '-')}") for key in given}
        faults += [_wrong_value(key, got, wrote) for key, got in sorted(found.items())]
        raise ConfigFaultsError(tuple(faults)) from None
    if faults:
        raise ConfigFaultsError(tuple(faults))
    store = None if config.no_store else config.store or folder / _STORE
    inputs = {"inputs_are_examples": _are_examples(config.inputs)} if config.inputs else _default_inputs(folder)
    judgements = config.judgements or folder / _JUDGEMENTS
    return config.model_copy(update={"store": store, "judgements": judgements, **inputs})


def examples_folder() -> Path:
    """Return the example reports: bundled in a wheel, the checkout's ``data/reports`` otherwise."""
    package = Path(str(resources.files("mapper")))
    bundled = package / "_data" / "reports"
    return bundled if bundled.is_dir() else package.parent / "data" / "reports"


def _are_examples(inputs: Sequence[str]) -> bool:
    """Tell whether all inputs are example reports, named by their path, so that their map says so too."""
    examples = examples_folder().resolve()
    paths = [Path(item).resolve() for item in inputs]
    return all(path == examples or examples in path.parents for path in paths)


def _default_inputs(folder: Path) -> dict[str, Any]:
    """Return the inputs of a run that names none."""
    examples = examples_folder()
    for name in _USUAL_FOLDERS:
        usual = folder / name
        if usual.is_dir() and any(not entry.name.startswith(".") for entry in usual.iterdir()):
            return {"inputs": (str(usual),), "inputs_are_examples": usual.resolve() == examples.resolve()}
    return {"inputs": (str(examples),), "inputs_are_examples": True}


def _read_file(path: Path) -> dict[str, Any]:
    """Return the settings file's keys, none if there is no file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigFaultsError((ConfigError("config-not-toml", file=path.name, reason=error),)) from None
    except OSError as error:
        fault = ConfigError("config-unreadable", file=path.name, reason=error.strerror)
        raise ConfigFaultsError((fault,)) from None


def _where(setting: str, flags: Mapping[str, str]) -> str:
    """Return where a setting was written: its flag, or file and key."""
    name, _, inner = setting.partition(".")
    if name in flags:
        return flags[name]
    key = next(key for key, own in _FILE_KEYS.items() if own == name)
    return f"{CONFIG_FILE}: {key}.{inner}" if inner else f"{CONFIG_FILE}: {key}"


def _unknown_key(key: str, known: Iterable[str] = tuple(_FILE_KEYS)) -> ConfigError:
    """Return the sentence for a key that is none of ours."""
    return ConfigError("config-unknown-key", where=f"{CONFIG_FILE}: {key}", keys=", ".join(sorted(known)))


def _wrong_value(setting: str, got: object, flags: Mapping[str, str]) -> ConfigError:
    """Return the sentence for one wrong setting."""
    shown = ", ".join(map(str, got)) if isinstance(got, list | tuple) else str(got)
    shown = shown if len(shown) <= _SHOWN_CHARS else shown[: _SHOWN_CHARS - 1] + "…"
    special = {"published", "disclosure", "language", "report_language", "url", "inputs", "verbose", "columns"}
    special |= {"limits", "geocoder", "online", "since", "embed", "full_map_url", "export", "as_of", "public_places"}
    name = setting.partition(".")[0]
    code = f"config-{name.replace('_', '-')}" if name in special else "config-text"
    return ConfigError(code, where=_where(setting, flags), got=shown, formats=", ".join(FORMATS))
