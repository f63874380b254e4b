"""What a folder of real mammograms gives, whatever data set or site it is of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generation.training.images import RealImage

Part = Literal["train", "held_out"]

HELD_OUT_SHARE = 0.25
DENSITIES = {"1": "A", "2": "B", "3": "C", "4": "D", "A": "A", "B": "B", "C": "C", "D": "D"}
SIDES = {"L": "left", "LEFT": "left", "R": "right", "RIGHT": "right"}
VIEWS = {"CC": "cc", "MLO": "mlo"}


class LayoutError(ValueError):
    """A folder that cannot be read as training data; the message tells a person why."""


@dataclass(frozen=True)
class Skipped:
    """A file that is left out, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class Layout:
    """The images of a folder that training may use, and what became of the others.

    Attributes:
        name: of the layout, such as "vindr-mammo".
        licence: what the data set's licence is and where it was read; said in the model card.
        images: in a fixed order.
        held_out: patients (`RealImage.patient`) that training never sees.
        skipped: files left out.
        refused: why no texture may be learnt from these images; "" where it may.
        public_names: file names are the data set's own and name nobody.
        notes: what a person should know before training on this folder.
    """

    name: str
    licence: str
    images: tuple[RealImage, ...]
    held_out: frozenset[str]
    skipped: tuple[Skipped, ...] = ()
    refused: str = ""
    public_names: bool = True
    notes: tuple[str, ...] = ()

    def part(self, part: Part) -> list[RealImage]:
        """The images of one part of the split."""
        return [image for image in self.images if self.part_of(image) == part]

    def part_of(self, image: RealImage) -> Part:
        return "held_out" if image.patient in self.held_out else "train"


def hold_out(patients: Iterable[str]) -> frozenset[str]:
    """A quarter of the patients, chosen by a hash of each one's name alone.

    So a patient stays on one side for ever, whoever is added to the folder or leaves it; in a
    small folder the share is a quarter only roughly.
    """
    return frozenset(patient for patient in patients if _draw(patient) < HELD_OUT_SHARE)


def _draw(patient: str) -> float:
    """A number 0-1 that depends on the name alone."""
    digest = hashlib.sha256(f"parenchyma split\0{patient}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def read_density(text: str) -> str | None:
    """ACR class of "B", "2", "ACR B", "DENSITY B"; None where there is none of these."""
    words = text.replace("-", " ").upper().split()
    return DENSITIES.get(words[-1]) if words else None


def find_folder(folder: Path, name: str) -> Path | None:
    """The folder in which a file or folder of this name lies: here, or up to two levels below."""
    return next((each for each in _walk(folder, 2) if (each / name).exists()), None)


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    """Folders breadth first, in a fixed order."""
    level = [folder]
    for _ in range(depth + 1):
        yield from level
        level = sorted(
            below for each in level if each.is_dir() for below in each.iterdir() if below.is_dir()
        )
