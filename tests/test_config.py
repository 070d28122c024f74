"""Settings: what wins, what is refused, and that all faults are named at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from mapper import config as module
from mapper.config import Config, examples_folder, load_config
from mapper.errors import ConfigError, OutputError
from mapper.files import require_writable, write_atomic
from mapper.model import DisclosureLevel


def settings(folder: Path, body: str, **flags: object) -> Config:
    (folder / "mapper.toml").write_text(body, encoding="utf-8")
    return load_config(flags, folder)


def fault(folder: Path, body: str, **flags: object) -> str:
    with pytest.raises(ConfigError) as caught:
        settings(folder, body, **flags)
    return str(caught.value)


def test_defaults(tmp_path: Path):
    config = load_config({}, tmp_path)
    assert (config.area, config.out, config.disclosure, config.map_name, config.language) == (
        "caracas",
        Path("output"),
        DisclosureLevel.PARTNER,
        "map.html",
        "en",
    )


def test_the_file_is_read(tmp_path: Path):
    config = settings(tmp_path, 'reports = ["a", "b"]\npublished = 2021-07-09\nout = "o"\nlanguage = "es"\n')
    assert (config.inputs, config.published, config.out, config.language) == (
        ("a", "b"),
        dt.date(2021, 7, 9),
        Path("o"),
        "es",
    )


def test_flags_win_and_absent_flags_do_not(tmp_path: Path):
    config = settings(tmp_path, 'area = "x"\ntitle = "kept"\nverbose = true', area="y", title=None, verbose=False)
    assert (config.area, config.title, config.verbose) == ("y", "kept", True)


def test_the_systems_language_counts_last(tmp_path: Path):
    assert load_config({}, tmp_path, language="es").language == "es"
    (tmp_path / "mapper.toml").write_text('language = "en"', encoding="utf-8")
    assert load_config({}, tmp_path, language="es").language == "en"


def test_the_internal_level_says_so_in_the_maps_name():
    assert Config(disclosure=DisclosureLevel.INTERNAL).map_name == "map.internal.html"


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        Config().area = "x"  # type: ignore[misc]


def test_paths_are_accepted_from_python():
    assert Config(inputs=[Path("a"), "b"]).inputs == ("a", "b")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("colour = 1", "mapper.toml: colour: there is no such setting"),
        ("inputs = ['a']", "mapper.toml: inputs: there is no such setting"),
        ("reports = 3", "mapper.toml: reports: got “3”"),
        ('published = "2021-02-31"', "mapper.toml: published: “2021-02-31” is not a date"),
        ("published = 20210709", "is not a date"),
        ("published = 2021-07-09T10:00:00", "is not a date"),
        ('disclosure = "secret"', "“secret” is not a disclosure level"),
        ('export = "gpkg,shp"', "geojson, gpkg"),
        ('public_places = "barrio"', "public_places: got “barrio”, expected parish or municipality"),
        ('language = "fr"', "not a language"),
        ('url = "javascript:alert(1)"', "not a web address"),
        ('verbose = "yes"', "expected true or false"),
        ('area = ""', "mapper.toml: area: got “”"),
        ("area = ", "mapper.toml: not a TOML file"),
    ],
)
def test_each_fault_has_its_sentence(tmp_path: Path, body: str, words: str):
    assert words in fault(tmp_path, body)


def test_a_flag_is_named_as_a_flag(tmp_path: Path):
    assert fault(tmp_path, "", published="9/7/2021").startswith("--published: “9/7/2021”")


def test_all_faults_at_once(tmp_path: Path):
    text = fault(tmp_path, 'colour = 1\nlanguage = "fr"\n', url="x y")
    assert [line[:4] for line in text.splitlines()[1:]] == ["  - "] * 3


def test_a_file_that_is_not_utf8(tmp_path: Path):
    (tmp_path / "mapper.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(ConfigError, match="not a TOML file"):
        load_config({}, tmp_path)


@pytest.mark.parametrize("name", ["data/reports", "reports"])
def test_without_reports_the_usual_folders_are_taken(tmp_path: Path, name: str):
    (tmp_path / name).mkdir(parents=True)
    (tmp_path / name / "a.txt").touch()
    config = load_config({}, tmp_path)
    assert (config.inputs, config.inputs_are_examples) == ((str(tmp_path / name),), False)


def test_without_any_the_examples_are_taken_and_known_as_such(tmp_path: Path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / ".gitkeep").touch()
    config = load_config({}, tmp_path)
    assert (config.inputs, config.inputs_are_examples) == ((str(module.examples_folder()),), True)


def test_in_a_checkout_the_usual_folder_is_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "data" / "reports"
    folder.mkdir(parents=True)
    (folder / "a.txt").touch()
    monkeypatch.setattr(module, "examples_folder", lambda: folder)
    assert load_config({}, tmp_path).inputs_are_examples


# --- files ---


def test_writing_replaces_and_leaves_nothing_else(tmp_path: Path):
    for data in (b"one", b"two"):
        write_atomic(tmp_path / "map.html", data)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("map.html", b"two")]


def test_a_failed_write_keeps_the_old_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "map.html"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_atomic(target, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("map.html", b"old")]


def test_others_may_read_the_map(tmp_path: Path):
    write_atomic(tmp_path / "map.html", b"x")
    (tmp_path / "ordinary").touch()
    assert (tmp_path / "map.html").stat().st_mode == (tmp_path / "ordinary").stat().st_mode


def test_an_output_folder_is_made(tmp_path: Path):
    require_writable(tmp_path / "a" / "b" / "map.html")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_an_output_folder_that_is_a_file(tmp_path: Path):
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="cannot be written to"):
        require_writable(tmp_path / "out" / "map.html")


def test_a_map_that_is_a_folder(tmp_path: Path):
    (tmp_path / "map.html").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        require_writable(tmp_path / "map.html")


def test_the_examples_named_by_path_are_examples_all_the_same():
    assert load_config({"inputs": [str(examples_folder())]}).inputs_are_examples


def test_other_reports_are_no_examples(tmp_path: Path):
    assert not load_config({"inputs": [str(tmp_path)]}).inputs_are_examples


@pytest.mark.parametrize(("level", "name"), [("partner", "map.embed.html"), ("internal", "map.internal.embed.html")])
def test_the_page_to_embed_says_its_level(level: str, name: str):
    assert Config(disclosure=DisclosureLevel(level)).embed_name == name


def test_the_publisher_and_the_whole_maps_address_are_read(tmp_path: Path):
    config = settings(
        tmp_path, 'publisher = "Observatorio"\nfull_map_url = "https://example.org/map.html"\nembed = true'
    )
    assert (config.publisher, config.full_map_url, config.embed) == (
        "Observatorio",
        "https://example.org/map.html",
        True,
    )


def test_the_whole_maps_address_is_a_web_address(tmp_path: Path):
    assert "full_map_url: “javascript:x” is not a web address" in fault(tmp_path, 'full_map_url = "javascript:x"')


def test_embed_is_true_or_false(tmp_path: Path):
    assert "embed: got “yes”" in fault(tmp_path, 'embed = "yes"')
