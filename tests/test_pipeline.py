"""The whole road on real files: what is written, what is refused, and that nothing else happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from browser import Opened, launched
from hostile import PAYLOADS, RUN

from mapper import Config, build, geoparse
from mapper.contract import facts_to_dict
from mapper.errors import AreaError, MapperError, OutputError
from mapper.model import SetAside
from mapper.pipeline import check, look_up

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "data" / "reports"
GOOD = (
    "---\ndate: 2021-07-11\n---\nPolice and gang members exchanged gunfire in Cota 905 on Friday, killing two people.\n"
)


@pytest.fixture
def folder(tmp_path) -> Path:
    """Return a folder with one good report."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "good.txt").write_text(GOOD, encoding="utf-8")
    return reports


def built(folder: Path, out: Path, **settings):
    return build(Config(inputs=[folder], out=out, **settings))


def run(*arguments: str, cwd: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mapper", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """The example reports, built once."""
    return built(EXAMPLES, tmp_path_factory.mktemp("examples"))


def test_the_examples_make_a_map_worth_looking_at(examples):
    assert examples.set_aside == ()
    assert {"Cota 905", "El Cementerio", "El Valle"} <= set(examples.layers.zones["name"])
    assert len(examples.layers.flows) >= 5


def test_no_threatened_or_rumoured_place_of_the_examples_is_a_zone(examples):
    assert {"La Vega", "Antímano", "Catia"} & set(examples.layers.zones["name"]) == set()


def test_the_negative_example_adds_nothing():
    facts = next(geoparse(Config(inputs=[EXAMPLES / "2021-07-14_metro.txt"])))
    assert (facts.incidents, facts.movements) == ((), ())


def test_two_builds_give_the_same_bytes(tmp_path):
    for seed in ("1", "2"):
        done = run("build", str(EXAMPLES), "--out", str(tmp_path / seed), cwd=tmp_path, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "1" / "map.html").read_bytes() == (tmp_path / "2" / "map.html").read_bytes()


def test_the_order_of_the_inputs_does_not_matter_to_the_story(tmp_path, folder):
    (folder / "other.txt").write_text(GOOD.replace("Friday", "Saturday"), encoding="utf-8")
    files = sorted(folder.iterdir())
    one = build(Config(inputs=files, out=tmp_path / "a")).story
    two = build(Config(inputs=files[::-1], out=tmp_path / "b")).story
    assert one == two


def test_an_ordinary_map_stays_small(examples):
    assert examples.map_bytes < 1_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("nul.txt", b"a\x00b" * 40),
        ("nodate.txt", b"---\ndate: 2021-02-31\n---\nGunfire in Cota 905.\n"),
        ("paper.pdf", b"%PDF-1.7 ..."),
    ],
)
def test_a_bad_report_is_set_aside_with_its_reason_and_the_good_one_mapped(tmp_path, folder, name, content):
    (folder / name).write_bytes(content)
    result = built(folder, tmp_path / "out")
    assert [(item.name, bool(item.reason_en and item.reason_es)) for item in result.set_aside] == [(name, True)]
    assert [report.report_id for report in result.disclosed.reports] == ["good"]


def test_a_bad_report_is_named_on_the_page(tmp_path, folder):
    (folder / "empty.txt").write_bytes(b"")
    assert "empty.txt" in built(folder, tmp_path / "out").map_path.read_text(encoding="utf-8")


def test_cp1252_is_read_as_such(tmp_path, folder):
    (folder / "old.txt").write_bytes("Hubo disparos el viernes en El Paraíso.".encode("cp1252"))
    facts = [facts for facts in geoparse(Config(inputs=[folder])) if not isinstance(facts, SetAside)]
    assert "El Paraíso" in {mention.text for one in facts for mention in one.mentions}


def test_a_folder_without_readable_reports_is_an_error(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(MapperError):
        built(tmp_path, tmp_path / "out")


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(MapperError, match="nowhere"):
        built(tmp_path / "nowhere", tmp_path / "out")


def test_an_unknown_area_is_an_error_that_names_those_there_are(tmp_path, folder):
    with pytest.raises(AreaError, match="caracas"):
        built(folder, tmp_path / "out", area="atlantis")


def test_an_output_folder_that_cannot_be_made_is_said_before_any_work(tmp_path, folder, monkeypatch):
    (tmp_path / "out").write_text("a file stands in the way", encoding="utf-8")
    monkeypatch.setattr("mapper.reports.read_reports", lambda *_, **__: pytest.fail("work had begun"))
    with pytest.raises(OutputError):
        built(folder, tmp_path / "out")


def test_when_writing_fails_the_old_map_stays(tmp_path, folder, monkeypatch):
    old = built(folder, tmp_path / "out").map_path
    before = old.read_bytes()
    (folder / "good.txt").write_text(GOOD.replace("Friday", "Saturday"), encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mapper.files.os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        built(folder, tmp_path / "out")
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == ["map.html"]


def test_check_writes_nothing(tmp_path, folder, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert len(check(Config(inputs=[folder])).reports) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_is_looked_up_with_its_candidates():
    found = look_up("La Vega", Config())
    assert found[0][1].name == "La Vega"
    assert len(found) > 1


def test_internal_maps_say_so_in_their_name(tmp_path, folder):
    assert built(folder, tmp_path, disclosure="internal").map_path.name == "map.internal.html"


def test_the_public_map_shows_nothing_that_nobody_reviewed(tmp_path, folder):
    result = built(folder, tmp_path, disclosure="public")
    assert (result.disclosed.incidents, result.map_path.name) == ((), "map.public.html")


def test_paste_and_go(tmp_path):
    done = run(
        "build",
        "-",
        "--published",
        "2021-07-11",
        "--out",
        "out",
        cwd=tmp_path,
        stdin=GOOD.rsplit("---\n", maxsplit=1)[-1],
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "map.html").exists()


def test_geoparse_prints_the_contract_and_nothing_else(tmp_path, folder):
    done = run("geoparse", str(folder / "good.txt"), cwd=tmp_path)
    (line,) = done.stdout.splitlines()
    assert json.loads(line) == facts_to_dict(next(geoparse(Config(inputs=[folder]))))


def test_without_a_publication_date_nothing_is_dated_today(tmp_path):
    (tmp_path / "undated.txt").write_text("Police fought a gang in Cota 905 on Friday.", encoding="utf-8")
    facts = next(geoparse(Config(inputs=[tmp_path / "undated.txt"])))
    assert [incident.when.start for incident in facts.incidents] == [None]


@pytest.mark.browser
@pytest.mark.enable_socket  # playwright talks to its driver over a local pipe
@pytest.mark.parametrize("payload", sorted(PAYLOADS))
def test_a_hostile_report_is_text_on_the_finished_page(browser, tmp_path, payload):
    hostile = PAYLOADS[payload].encode("utf-8", "replace").decode().replace("\x00", " ").replace("\r", " ")
    line = " ".join(hostile.split())
    story = f"{hostile}\n\nPolice and a gang exchanged gunfire in Cota 905 on Friday {line} and in barrio Zzz {line}.\n"
    head = f"---\nlanguage: en\ntitle: {json.dumps(line)}\noutlet: {json.dumps(line)}\nurl: {json.dumps(line)}\ndate: 2021-07-11\n---\n"
    (tmp_path / "hostile.txt").write_text(head + story, encoding="utf-8")
    (tmp_path / f"<img src=x onerror={RUN}>.pdf").write_bytes(b"%PDF-1.7")
    opened = Opened(browser, built(tmp_path, tmp_path / "out").map_path)
    try:
        assert opened.page.evaluate("window.__ran") is None
        assert opened.complaints == []
        assert len(opened.requests) == 1
        assert opened.page.locator("script[src], iframe, base, object, embed, img:not(.leaflet-tile)").count() == 0
        assert "Cota 905" in opened.page.inner_text("body")
    finally:
        opened.context.close()


@pytest.fixture(scope="module")
def browser():
    with launched() as running:
        yield running


def test_the_page_to_embed_is_written_beside_the_map(folder, tmp_path):
    result = built(folder, tmp_path / "o", embed=True)
    assert (result.embed_path, result.embed_bytes) == (
        tmp_path / "o" / "map.embed.html",
        (tmp_path / "o" / "map.embed.html").stat().st_size,
    )
    assert 'src="map.embed.html"' in result.embed_snippet


def test_nothing_to_embed_is_written_unasked(folder, tmp_path):
    result = built(folder, tmp_path / "o")
    assert (result.embed_path, [path.name for path in (tmp_path / "o").iterdir()]) == (None, ["map.html"])


def test_the_publisher_reaches_the_map(folder, tmp_path):
    assert built(folder, tmp_path / "o", publisher="Observatorio X").info.publisher == "Observatorio X"
