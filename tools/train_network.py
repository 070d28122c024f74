"""Train mapper/events/tables/network.tsv on the annotated reports of data/annotated.

usage: python tools/train_network.py [FILE ...]   (in an environment with the dependency group "train")

The network of ``mapper/events/network.py``, written once more in PyTorch, whose gradients reading does not
need. It learns what each mention does, and which dates and numbers belong to it (``mapper/events/glance.py``).
Words are left out at random, so that it learns to read reports with words it has never seen. It takes about
twenty minutes of one core; the same input gives the same table on the same machine.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - as everybody calls it
from train_events import ROOT, TABLES, lesson_of

from mapper.evaluation.marked import read_marked
from mapper.events.glance import ANSWERS, FARTHEST, NUMBERS, far
from mapper.events.labels import LABELS
from mapper.events.network import DILATIONS
from mapper.events.passages import numbers_in
from mapper.places import load_area
from mapper.reading import Reader

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.evaluation.marked import Mark, MarkedReport
    from mapper.events.passages import Passage
    from mapper.model import Reading

WIDTH = 96
MEETING = 48  # numbers in which a mention and a date or number are compared
ROUNDS = 10
AT_ONCE = 24
SPEED = 3e-3
RARE = 3  # words seen less often are unknown
FORGOTTEN = 0.15  # share of the words that a round leaves out
LEFT_OUT, LEFT_OUT_LATE = 0.2, 0.4
SOFT = 0.05  # no label is quite sure
LARGEST = 127
UNKNOWN = "unknown word"
NOTE = "# made by tools/train_network.py from data/annotated; do not edit by hand"

HEARD = 0.15  # how much each head counts beside the labels


@dataclass(frozen=True, slots=True)
class Lesson:
    """A passage, the label of each marked mention, and by head and mention which of the answers are right."""

    passage: Passage
    labels: dict[int, str]
    right: dict[str, dict[int, list[bool]]]


class Head(nn.Module):
    """One head; ``mapper/events/glance.py`` says what it asks."""

    def __init__(self, answers: int) -> None:
        super().__init__()
        self.ask, self.offer = nn.Linear(2 * WIDTH, MEETING), nn.Linear(WIDTH, MEETING, bias=False)
        self.far = nn.Embedding(2 * FARTHEST + 1, MEETING)
        nn.init.normal_(self.far.weight, std=0.1)
        self.weigh, self.answers = nn.Linear(MEETING, 1), nn.Linear(2 * WIDTH, answers)

    def forward(self, asked: torch.Tensor, offered: torch.Tensor, gaps: torch.Tensor) -> torch.Tensor:
        """Return the score of each answer for each mention: those that stand nowhere, then those offered."""
        met = F.relu(self.ask(asked)[:, None] + self.offer(offered)[None] + self.far(gaps))
        scores = self.weigh(F.dropout(met, LEFT_OUT, self.training)).squeeze(-1)
        return torch.cat([self.answers(asked), scores], 1)


class Net(nn.Module):
    """The network; ``mapper/events/network.py`` says what each part is for."""

    def __init__(self, words: Sequence[str], kinds: Sequence[str], labels: Sequence[str]) -> None:
        super().__init__()
        self.words = {word: number for number, word in enumerate(words)}
        self.kinds = {kind: number for number, kind in enumerate(kinds)}
        self.labels = list(labels)
        self.word = nn.Embedding(len(words), WIDTH)
        self.kind = nn.EmbeddingBag(len(kinds), WIDTH, mode="sum")
        nn.init.normal_(self.word.weight, std=0.1)
        nn.init.normal_(self.kind.weight, std=0.1)
        self.layers = nn.ModuleList([nn.Conv1d(WIDTH, 2 * WIDTH, 3, padding=gap, dilation=gap) for gap in DILATIONS])
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH) for _ in DILATIONS])
        self.ask, self.offer = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.join, self.tell = nn.Linear(3 * WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, len(labels))
        self.heads = nn.ModuleDict({name: Head(len(answers)) for name, answers in ANSWERS.items()})

    def forward(self, passages: Sequence[Passage]) -> tuple[torch.Tensor, list[torch.Tensor], list[torch.Tensor]]:
        """Return the scores of each label for every mention, and what each passage's mentions and words mean."""
        sizes = torch.tensor([len(passage.words) for passage in passages])
        rows = nn.utils.rnn.pad_sequence(self._rows(passages), batch_first=True)
        there = (torch.arange(rows.shape[1])[None] < sizes[:, None]).unsqueeze(-1).float()
        for layer, norm in zip(self.layers, self.norms, strict=True):
            told, gate = layer((norm(rows) * there).transpose(1, 2)).transpose(1, 2).chunk(2, -1)
            rows = (rows + F.dropout(told * torch.sigmoid(gate), LEFT_OUT, self.training)) * there
        wholes = [rows[number, : sizes[number]] for number in range(len(passages))]
        found = []
        for whole, passage in zip(wholes, passages, strict=True):
            here = whole[list(passage.at.values())]
            looked = (self.ask(here) @ self.offer(whole).T / WIDTH**0.5).softmax(-1) @ whole
            found.append(torch.cat([here, looked, here.mean(0, keepdim=True).expand_as(here)], -1))
        hidden = F.relu(self.join(F.dropout(torch.cat(found), LEFT_OUT_LATE, self.training)))
        scores = self.tell(F.dropout(hidden, LEFT_OUT_LATE, self.training))
        return scores, list(hidden.split([len(one) for one in found])), wholes

    def answer(
        self, name: str, passage: Passage, indices: Sequence[int], hidden: torch.Tensor, whole: torch.Tensor
    ) -> torch.Tensor:
        """Return the scores of a head's answers for some mentions of a passage."""
        offered = list((passage.dates if name == "day" else passage.numbers).values())
        order = list(passage.at)
        asked = F.dropout(hidden[[order.index(index) for index in indices]], LEFT_OUT, self.training)
        gaps = torch.tensor([[far(word - passage.at[index]) for word in offered] for index in indices])
        scores: torch.Tensor = self.heads[name](asked, whole[offered], gaps.long())
        return scores

    def _rows(self, passages: Sequence[Passage]) -> tuple[torch.Tensor, ...]:
        """Return each passage as numbers, shape (words, width); looked up at once, since each look-up costs as much."""
        unknown = self.words[UNKNOWN]
        words = torch.tensor([self.words.get(word, unknown) for passage in passages for word in passage.words])
        if self.training:
            words = torch.where(torch.rand(len(words)) < FORGOTTEN, unknown, words)
        kinds, starts = [], []
        for found in (found for passage in passages for found in passage.kinds):
            starts.append(len(kinds))
            kinds += [self.kinds[kind] for kind in found if kind in self.kinds]
        rows = self.word(words) + self.kind(torch.tensor(kinds, dtype=torch.long), torch.tensor(starts))
        return F.dropout(rows, LEFT_OUT, self.training).split([len(passage.words) for passage in passages])


def lessons_of(files: Iterable[Path]) -> list[Lesson]:
    """Return the passages of the annotated reports, each with what is to be learnt from it."""
    area = load_area()
    reader = Reader(area.name_records, area.guards, area.languages, area.within)
    found = []
    for file in files:
        for report in read_marked(file.read_text(encoding="utf-8"), file.name):
            lesson = lesson_of(report, reader, area)
            labels = {one.spot.index: one.label for one in lesson.examples if one.label}
            for one in lesson.passages:
                marks = {index: lesson.marks[index] for index in one.at if index in lesson.marks}
                right = {name: dict(_right(name, one, marks, report, lesson.reading)) for name in ANSWERS}
                found.append(Lesson(one, {index: labels[index] for index in one.at if index in labels}, right))
    return [lesson for lesson in found if lesson.labels]


def _right(
    name: str, passage: Passage, marks: dict[int, Mark], report: MarkedReport, reading: Reading
) -> Iterator[tuple[int, list[bool]]]:
    """Yield each mention that a head can be asked about, with the answers that are right; none are for some."""
    numbers = numbers_in(reading)
    offered: list[dt.date | int | None]
    if name == "day":
        nowhere: list[dt.date | int | None] = [None, report.published]
        offered = [reading.dates[index].when.start for index in passage.dates]
    else:
        nowhere = [NUMBERS[answer] for answer in ANSWERS[name]]
        offered = [numbers[index].value.best for index in passage.numbers]
    for index, mark in marks.items():
        asked, value = _truth(name, mark, report)
        right = [answer == value for answer in nowhere] + [value is not None and answer == value for answer in offered]
        if asked and any(right):
            yield index, right


def _truth(name: str, mark: Mark, report: MarkedReport) -> tuple[bool, dt.date | int | None]:
    """Return whether a head can be asked about a mark, and the day or number that the annotation gives."""
    if not mark.numbers:
        return False, None
    if mark.role in {"clash", "incident"} and name != "people":
        incident = report.incidents[mark.numbers[0]]
        return True, {"day": incident.start, "killed": incident.killed, "injured": incident.injured}[name]
    if mark.role in {"origin", "destination", "via"} and name in {"day", "people"} and len(mark.numbers) == 1:
        movement = report.movements[mark.numbers[0]]
        return True, movement.start if name == "day" else movement.people
    return False, None


def loss_of(net: Net, lessons: Sequence[Lesson]) -> torch.Tensor:
    """Return how far the network is from what is right in these lessons."""
    scores, hidden, wholes = net([lesson.passage for lesson in lessons])
    labels = [
        net.labels.index(lesson.labels[index]) if index in lesson.labels else -1
        for lesson in lessons
        for index in lesson.passage.at
    ]
    loss = F.cross_entropy(scores, torch.tensor(labels), ignore_index=-1, label_smoothing=SOFT)
    for name in ANSWERS:
        missed = []
        for lesson, asked, whole in zip(lessons, hidden, wholes, strict=True):
            if right := lesson.right[name]:
                told = net.answer(name, lesson.passage, list(right), asked, whole).log_softmax(-1)
                wrong = ~torch.tensor(list(right.values()))
                missed.append(-told.masked_fill(wrong, -torch.inf).logsumexp(1))
        if missed:
            loss = loss + HEARD * torch.cat(missed).mean()
    return loss


def accuracy(net: Net, lessons: Sequence[Lesson]) -> dict[str, float]:
    """Return the share of marked mentions whose role the network says, and of those whose likeliest answer is right."""
    net.eval()
    hits: dict[str, list[bool]] = {"role": [], **{name: [] for name in ANSWERS}}
    with torch.no_grad():
        for lesson in lessons:
            scores, (hidden,), (whole,) = net([lesson.passage])
            said = dict(zip(lesson.passage.at, scores.argmax(1).tolist(), strict=True))
            for index, label in lesson.labels.items():
                hits["role"].append(LABELS[net.labels[said[index]]].role == LABELS[label].role)
            for name, right in lesson.right.items():
                if right:
                    best = net.answer(name, lesson.passage, list(right), hidden, whole).argmax(1).tolist()
                    hits[name] += [one[number] for one, number in zip(right.values(), best, strict=True)]
    net.train()
    return {name: sum(found) / max(1, len(found)) for name, found in hits.items()}


def train(lessons: Sequence[Lesson], held_out: Sequence[Lesson]) -> Net:
    """Train a network, reports of like length together so that little is padded."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    shuffled = random.Random(1)  # noqa: S311 - nothing secret
    counts = Counter(word for lesson in lessons for word in lesson.passage.words)
    words = [UNKNOWN, *sorted(word for word, count in counts.items() if count >= RARE)]
    kinds = sorted({kind for lesson in lessons for found in lesson.passage.kinds for kind in found})
    net = Net(words, kinds, sorted({label for lesson in lessons for label in lesson.labels.values()}))
    steps = ROUNDS * (len(lessons) // AT_ONCE + 2)
    learner = torch.optim.AdamW(net.parameters(), lr=SPEED, weight_decay=0.02)
    pace = torch.optim.lr_scheduler.OneCycleLR(learner, SPEED, steps)
    step = 0
    for number in range(ROUNDS):
        order = sorted(range(len(lessons)), key=lambda one: (len(lessons[one].passage.words) // 40, shuffled.random()))
        batches = [order[first : first + AT_ONCE] for first in range(0, len(order), AT_ONCE)]
        shuffled.shuffle(batches)
        for batch in batches:
            loss = loss_of(net, [lessons[one] for one in batch])
            learner.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            learner.step()
            step += 1
            if step < steps:
                pace.step()
        right = ", ".join(f"{name} {share:.3f}" for name, share in accuracy(net, held_out).items())
        print(f"round {number + 1}: right on data/annotated/held-out: {right}", flush=True)
        write(net)
    return net


def write(net: Net) -> None:
    """Write the network as text: part, row, scale, whole numbers."""
    parts: dict[str, tuple[Sequence[str] | None, Any]] = {
        "word": (list(net.words), net.word.weight),
        "kind": (list(net.kinds), net.kind.weight),
    }
    for number, (layer, norm) in enumerate(zip(net.layers, net.norms, strict=True)):
        parts |= {
            f"norm {number} scale": (None, norm.weight[None]),
            f"norm {number} shift": (None, norm.bias[None]),
            f"layer {number}": (None, torch.cat([layer.weight[:, :, beside].T for beside in range(3)])),
            f"layer {number} base": (None, layer.bias[None]),
        }
    for name in ("ask", "offer", "join", "tell"):
        linear = getattr(net, name)
        parts |= {name: (None, linear.weight.T), f"{name} base": (None, linear.bias[None])}
    for name in ANSWERS:
        head = net.heads[name]
        parts |= {
            f"{name} ask": (None, head.ask.weight.T),
            f"{name} ask base": (None, head.ask.bias[None]),
            f"{name} offer": (None, head.offer.weight.T),
            f"{name} far": (None, head.far.weight),
            f"{name} weigh": (None, head.weigh.weight),
            f"{name} weigh base": (None, head.weigh.bias[None]),
            f"{name} answers": (None, head.answers.weight.T),
            f"{name} answers base": (None, head.answers.bias[None]),
        }
    lines = [NOTE, "\t".join(("part", *net.labels))]
    for part, (names, matrix) in parts.items():
        for number, row in enumerate(matrix.detach().tolist()):
            scale = max(map(abs, row)) / LARGEST or 1.0
            numbers = " ".join(str(round(value / scale)) for value in row)
            lines.append(f"{part}\t{names[number] if names else number}\t{scale:.6g}\t{numbers}")
    (TABLES / "network.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Train and write the network."""
    annotated = ROOT / "data" / "annotated"
    folders = (annotated, *(annotated / name for name in ("longer", "newsroom", "further")))
    batches = [file for folder in folders for file in sorted(folder.glob("*.txt"))]
    files = [Path(name) for name in sys.argv[1:]] or batches
    lessons = lessons_of(files)
    print(f"{len(lessons)} passages, {sum(len(lesson.labels) for lesson in lessons)} labelled mentions", flush=True)
    train(lessons, lessons_of(sorted((annotated / "held-out").glob("*.txt"))))


if __name__ == "__main__":
    main()
