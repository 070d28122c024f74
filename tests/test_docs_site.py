"""The docs site: it builds without a warning and without the network, and nothing is missing from it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from browser import PHONE, launched
from typer.main import get_command

import mapper
from mapper import model
from mapper.cli import app

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "tools" / "docs" / "build.py"
WITHOUT_NETWORK = """
import runpy, socket, sys
def stop(*_):
    sys.exit("the build asked the network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = stop
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
VERBS = get_command(app).commands
BOTH = pytest.mark.parametrize("folder", [".", "es"], ids=["en", "es"])
pytestmark = pytest.mark.timeout(400)  # the build stands in the first test that asks for it
OPENED = ["index.html", "reference/commands.html", "es/start.html", "es/search.html?q=enfrentamiento"]


def built(script: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Run the build where a connection ends it."""
    command = [sys.executable, "-c", WITHOUT_NETWORK, str(script), str(site)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Return the built site; every fault that Sphinx or the check of links finds ends the build."""
    made = tmp_path_factory.mktemp("docs") / "site"
    done = built(BUILD, made)
    assert done.returncode == 0, done.stderr
    return made


def sections(page: Path) -> dict[str, str]:
    """Return the sections of a page by their heading, as text."""
    parts = re.split(r"<h[2-4]>(.*?)</h[2-4]>", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    plain = [unescape(re.sub(r"<[^>]+>", "", part.partition('<a class="headerlink"')[0])) for part in parts[1::2]]
    return dict(zip(plain, (unescape(re.sub(r"<[^>]+>", "", part)) for part in parts[2::2]), strict=True))


@BOTH
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_and_flag_has_its_section(site: Path, folder: str, verb: str):
    told = sections(site / folder / "reference" / "commands.html").get(f"mapper {verb}", "")
    names = {name for parameter in VERBS[verb].params for name in parameter.opts if name.startswith("-")}
    assert {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", told)} == set()


def test_every_public_name_and_record_has_its_section(site: Path):
    told = sections(site / "reference" / "python.html")
    expected = {f"mapper.{name}" for name in mapper.__all__} | set(model.__all__)
    assert expected - set(told) == set()


@BOTH
def test_every_page_stands_in_the_menu(site: Path, folder: str):
    home = site / folder
    pages = {
        path.relative_to(home).as_posix() for path in home.rglob("*.html") if "es" not in path.relative_to(home).parts
    }
    menu = re.findall(r'<li class="toctree-l\d.*?href="([^"#]+)', (home / "index.html").read_text(encoding="utf-8"))
    assert {page for page in pages - set(menu) if page not in {"index.html", "search.html"}} == set()


def test_every_page_that_has_a_twin_leads_to_it(site: Path):
    english = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    twins = [name for name in sorted(english) if f"es/{name}" in english and name != "search.html"]
    missing = [
        page
        for name in twins
        for page, words, target in ((name, "En español", f"es/{name}"), (f"es/{name}", "In English", name))
        if f'<a href="{os.path.relpath(target, Path(page).parent)}">{words}</a>'
        not in (site / page).read_text(encoding="utf-8")
    ]
    assert missing == []
    assert len(twins) > 5


@pytest.fixture(scope="module")
def faulty(tmp_path_factory) -> str:
    """Return what the build says of a small tree of docs with one fault of each kind."""
    tree = tmp_path_factory.mktemp("faulty")
    shutil.copytree(BUILD.parent, tree / "tools" / "docs")
    pages = {
        "DATA-LICENSES.md": "# Licences\n",
        "docs/index.md": "# Docs\n\n## Begin\n\n- [Start](start.md)\n- [Licences](../DATA-LICENSES.md)\n",
        "docs/start.md": "# Start\n\n[page](nowhere.md), [heading](index.md#no-such-heading)\n",
        "docs/forgotten.md": "# In no menu\n",
        "docs/es/index.md": "# Documentos\n\n## Primeros pasos\n\n- [Empezar](start.md)\n",
        "docs/es/start.md": "# Empezar\n\n[en inglés](../forgotten.md#no-such-place)\n",
    }
    for name, text in pages.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, encoding="utf-8")
    done = built(tree / "tools" / "docs" / "build.py", tree / "site")
    assert done.returncode == 1
    return done.stderr


@pytest.mark.parametrize(
    "said",
    ["'nowhere.md'", "'no-such-heading'", "forgotten.md: WARNING: document isn't included in any toctree",
     "es/start.html: ../forgotten.html#no-such-place"],
    ids=["page", "heading", "menu", "other language"],
)  # fmt: skip
def test_each_fault_is_named_and_ends_the_build(faulty: str, said: str):
    assert said in faulty


def test_the_example_pack_of_the_how_to_works(tmp_path: Path):
    howto = ROOT / "docs" / "howto"
    made = mapper.build(
        mapper.Config(inputs=[howto / "port-example-report.txt"], area=str(howto / "port-example"), out=tmp_path)
    )
    assert [place.name for incident in made.story.incidents for place in incident.places] == ["Cerro Azul"]
    assert [(move.origins[0].name, move.destinations[0].name) for move in made.story.movements] == [
        ("Cerro Azul", "Las Gaviotas")
    ]


@pytest.fixture(scope="module")
def browser():
    with launched() as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize("page", OPENED)
def test_no_page_asks_the_network(site: Path, browser, page: str):
    context = browser.new_context(offline=True)
    opened = context.new_page()
    asked, complaints = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.goto(f"{site.as_uri()}/{page}")
    if "search" in page:
        opened.wait_for_selector("ul.search li a")  # the search works from a file, too
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] + complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("page", ["index.html", "reference/commands.html", "reference/python.html", "es/start.html"])
def test_no_page_is_wider_than_a_phone(site: Path, browser, page: str):
    context = browser.new_context(offline=True, **PHONE)
    opened = context.new_page()
    opened.goto(f"{site.as_uri()}/{page}")
    wide = opened.evaluate("document.querySelector('.content').scrollWidth")  # what would scroll sideways
    context.close()
    assert wide <= PHONE["viewport"]["width"]
