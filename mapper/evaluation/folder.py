"""A folder of annotated reports, in both formats; what cannot be used is set aside with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.errors import EvaluationError
from mapper.evaluation.goldjson import read_json
from mapper.evaluation.goldtext import read_text
from mapper.model import SetAside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mapper.evaluation.gold import GoldReport
    from mapper.model import Place

    Find = Callable[[str], Sequence[Place]]

__all__ = ["Choice", "NoGoldError", "read_folder"]


class NoGoldError(EvaluationError):
    """Nothing that could be evaluated; ``set_aside`` says why, file by file."""

    def __init__(self, folder: Path, set_aside: Sequence[SetAside]) -> None:
        self.set_aside = tuple(set_aside)
        super().__init__("gold-none", folder=folder.name)

    def in_language(self, language: str) -> str:
        """Return the sentence, and under it one line a file."""
        reasons = (item.reason_es if language == "es" else item.reason_en for item in self.set_aside)
        return "\n".join([super().in_language(language), *(f"  - {reason}" for reason in reasons)])


@dataclass(frozen=True, slots=True)
class Choice:
    """Which reports to take: ``only`` these ids (None: all), ``without`` those."""

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    @classmethod
    def of_files(cls, only: Path | None, without: Path | None) -> Choice:
        """Return the choice that files with ids, parted by blanks or line ends, describe.

        Raises
        ------
        EvaluationError
            If such a file cannot be read.
        """
        return cls(_ids(only) if only else None, _ids(without) if without else frozenset())

    def takes(self, report_id: str) -> bool:
        """Tell whether this report is taken."""
        return report_id not in self.without and (self.only is None or report_id in self.only)


def read_folder(folder: Path, find: Find, choice: Choice) -> tuple[tuple[GoldReport, ...], tuple[SetAside, ...]]:
    """Read every annotated report of ``folder`` (``*.json``, ``*.txt``, no subfolders), or that one file.

    A JSON file is called after its report's id, so one that ``choice`` leaves out is not even opened.

    Parameters
    ----------
    folder
        Where the reports are.
    find
        Returns the places of the area pack that bear a name, best first.
    choice
        Which reports to take.

    Raises
    ------
    NoGoldError
        If there is nothing to evaluate.
    EvaluationError
        If ``folder`` does not exist.
    """
    if not folder.exists():
        raise EvaluationError("gold-folder", folder=str(folder))
    files = sorted(path for path in folder.iterdir() if not path.is_dir()) if folder.is_dir() else [folder]
    reports: dict[str, GoldReport] = {}
    set_aside: list[SetAside] = []
    for path in files:
        if path.suffix in {".json", ".txt"} and not path.name.startswith("."):
            for one in _read(path, find, choice):
                fault = one if isinstance(one, EvaluationError) else None
                if not isinstance(one, EvaluationError) and choice.takes(one.report_id):
                    if one.report_id not in reports:
                        reports[one.report_id] = one
                        continue
                    fault = EvaluationError("gold-twice", name=path.name, got=one.report_id)
                if fault:
                    set_aside.append(SetAside(path.name, fault.in_language("en"), fault.in_language("es")))
    if not reports:
        raise NoGoldError(folder, set_aside)
    return tuple(reports.values()), tuple(set_aside)


def _read(path: Path, find: Find, choice: Choice) -> Iterator[GoldReport | EvaluationError]:
    """Yield the reports of one file, and what is wrong with it."""
    if path.suffix == ".json" and not choice.takes(path.stem):
        return
    try:
        source = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".json":
            yield read_json(source, path.name, path.stem)
        else:
            yield from read_text(source, path.name, find)
    except UnicodeDecodeError:
        yield EvaluationError("gold-encoding", name=path.name)
    except OSError as error:
        yield EvaluationError("gold-unreadable", name=path.name, reason=error.strerror)
    except EvaluationError as error:
        yield error


def _ids(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text(encoding="utf-8-sig").split())
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError("gold-unreadable", name=path.name, reason=str(error)) from error
