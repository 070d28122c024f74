"""The wheel carries all that `pip install .` and then `mapper build` need, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel offline."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory):
    """Install the wheel and return a function that runs its Python from a folder that knows no checkout."""
    target = tmp_path_factory.mktemp("installed")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    install = ["install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, capture_output=True)

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env=os.environ | {"PYTHONPATH": str(target)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    run.folder = elsewhere
    run.target = target
    return run


def files_of(folder: str) -> set[str]:
    """Return the files of a folder of ``data`` under the names that they bear in the wheel."""
    base = ROOT / "data"
    found = (path.relative_to(base) for path in (base / folder).rglob("*") if path.is_file())
    return {f"mapper/_data/{path.as_posix()}" for path in found if not path.name.startswith(".")}


@pytest.mark.parametrize("folder", ["areas/caracas", "reports"])
def test_the_wheel_holds_all_data(contents: set[str], folder: str):
    assert files_of(folder) - contents == set()


@pytest.mark.parametrize("suffix", [".toml", ".mjs", ".css", ".json", ".html"])
def test_the_wheel_holds_every_file_that_the_package_reads(contents: set[str], suffix: str):
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "mapper").rglob(f"*{suffix}")}
    assert found - contents == set()


@pytest.mark.parametrize("name", ["LICENSE", "DATA-LICENSES.md"])
def test_the_wheel_holds_the_licences(contents: set[str], name: str):
    assert any(entry.endswith(f".dist-info/licenses/{name}") for entry in contents)


def test_the_wheel_tells_that_it_is_typed(contents: set[str]):
    assert "mapper/py.typed" in contents


def test_the_installed_package_is_the_one_that_runs(installed):
    assert Path(installed("-c", "import mapper; print(mapper.__file__)").strip()).is_relative_to(installed.target)


def test_the_installed_area_loads_from_anywhere(installed):
    assert int(installed("-c", "import mapper; print(len(mapper.load_area('caracas').places))")) > 800


def test_the_installed_program_builds_the_map_of_its_examples(installed):
    installed("-m", "mapper", "build")
    assert (installed.folder / "output" / "map.html").stat().st_size > 100_000
