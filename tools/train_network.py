"""Train mapper/events/tables/network.tsv on the annotated reports of data/annotated.

usage: python tools/train_network.py [FILE ...]   (in an environment with the dependency group "train")

The network of ``mapper/events/network.py``, written once more in PyTorch, whose gradients reading does not
need. Words are left out at random, so that it learns to read reports with words it has never seen. It takes
about half an hour of one core; the same input gives the same table on the same machine.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - as everybody calls it
from train_events import ROOT, TABLES, lesson_of

from mapper.evaluation.marked import read_marked
from mapper.events.labels import LABELS
from mapper.events.network import DILATIONS
from mapper.places import load_area
from mapper.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.events.passages import Passage

WIDTH = 64
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

Lesson = tuple["Passage", dict[int, str]]


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

    def forward(self, passages: Sequence[Passage]) -> torch.Tensor:
        """Return the scores of each label for every mention of the passages, in their order."""
        sizes = torch.tensor([len(passage.words) for passage in passages])
        rows = nn.utils.rnn.pad_sequence([self._rows(passage) for passage in passages], batch_first=True)
        there = (torch.arange(rows.shape[1])[None] < sizes[:, None]).unsqueeze(-1).float()
        for layer, norm in zip(self.layers, self.norms, strict=True):
            told, gate = layer((norm(rows) * there).transpose(1, 2)).transpose(1, 2).chunk(2, -1)
            rows = (rows + F.dropout(told * torch.sigmoid(gate), LEFT_OUT, self.training)) * there
        found = []
        for number, passage in enumerate(passages):
            whole = rows[number, : sizes[number]]
            here = whole[list(passage.at.values())]
            looked = (self.ask(here) @ self.offer(whole).T / WIDTH**0.5).softmax(-1) @ whole
            found.append(torch.cat([here, looked, here.mean(0, keepdim=True).expand_as(here)], -1))
        joined = F.dropout(torch.cat(found), LEFT_OUT_LATE, self.training)
        scores: torch.Tensor = self.tell(F.dropout(F.relu(self.join(joined)), LEFT_OUT_LATE, self.training))
        return scores

    def _rows(self, passage: Passage) -> torch.Tensor:
        unknown = self.words[UNKNOWN]
        words = torch.tensor([self.words.get(word, unknown) for word in passage.words])
        if self.training:
            words = torch.where(torch.rand(len(words)) < FORGOTTEN, unknown, words)
        kinds, starts = [], []
        for found in passage.kinds:
            starts.append(len(kinds))
            kinds += [self.kinds[kind] for kind in found if kind in self.kinds]
        rows = self.word(words) + self.kind(torch.tensor(kinds, dtype=torch.long), torch.tensor(starts))
        return F.dropout(rows, LEFT_OUT, self.training)


def lessons_of(files: Iterable[Path]) -> list[Lesson]:
    """Return the passages of the annotated reports, each with the label of the mentions that are marked."""
    area = load_area()
    reader = Reader(area.name_records, area.guards, area.languages)
    found = []
    for file in files:
        for report in read_marked(file.read_text(encoding="utf-8"), file.name):
            lesson = lesson_of(report, reader, area)
            labels = {one.spot.index: one.label for one in lesson.examples if one.label}
            found += [(one, {i: labels[i] for i in one.at if i in labels}) for one in lesson.passages]
    return [lesson for lesson in found if lesson[1]]


def loss_of(net: Net, lessons: Sequence[Lesson]) -> torch.Tensor:
    """Return how far the network is from the labels of these lessons."""
    scores = net([passage for passage, _ in lessons])
    right = [
        net.labels.index(labels[index]) if index in labels else -1
        for passage, labels in lessons
        for index in passage.at
    ]
    return F.cross_entropy(scores, torch.tensor(right), ignore_index=-1, label_smoothing=SOFT)


def accuracy(net: Net, lessons: Sequence[Lesson]) -> float:
    """Return the share of marked mentions whose role the network says."""
    net.eval()
    hits = []
    with torch.no_grad():
        for passage, labels in lessons:
            best = net([passage]).argmax(1).tolist()
            said = {index: net.labels[number] for index, number in zip(passage.at, best, strict=True)}
            hits += [LABELS[said[index]].role == LABELS[label].role for index, label in labels.items()]
    net.train()
    return sum(hits) / len(hits)


def train(lessons: Sequence[Lesson], held_out: Sequence[Lesson]) -> Net:
    """Train a network, reports of like length together so that little is padded."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    shuffled = random.Random(1)  # noqa: S311 - nothing secret
    counts = Counter(word for passage, _ in lessons for word in passage.words)
    words = [UNKNOWN, *sorted(word for word, count in counts.items() if count >= RARE)]
    kinds = sorted({kind for passage, _ in lessons for found in passage.kinds for kind in found})
    net = Net(words, kinds, sorted({label for _, labels in lessons for label in labels.values()}))
    steps = ROUNDS * (len(lessons) // AT_ONCE + 2)
    learner = torch.optim.AdamW(net.parameters(), lr=SPEED, weight_decay=0.02)
    pace = torch.optim.lr_scheduler.OneCycleLR(learner, SPEED, steps)
    step = 0
    for number in range(ROUNDS):
        order = sorted(range(len(lessons)), key=lambda one: (len(lessons[one][0].words) // 40, shuffled.random()))
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
        print(f"round {number + 1}: role accuracy {accuracy(net, held_out):.3f} on data/annotated/held-out", flush=True)
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
    batches = [*annotated.glob("*.txt"), *(annotated / "longer").glob("*.txt")]
    files = [Path(name) for name in sys.argv[1:]] or sorted(batches, key=lambda file: file.name)
    lessons = lessons_of(files)
    print(f"{len(lessons)} passages, {sum(len(labels) for _, labels in lessons)} labelled mentions", flush=True)
    train(lessons, lessons_of(sorted((annotated / "held-out").glob("*.txt"))))


if __name__ == "__main__":
    main()
