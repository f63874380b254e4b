"""What an audit is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], None]

DEFAULT_CASES = 8
DEFAULT_PATCHES = 4
DEFAULT_SEED = 1


@dataclass(frozen=True)
class Plan:
    """An audit.

    Attributes:
        real: folder of the CDD-CESM CC images.
        weights: of the generator audited.
        count: whole cases; None takes all of `samples`, or eight where none are given.
        samples: folder of `python -m generation sample` to take the cases from.
        seed: of cases drawn, places, noise and resampling.
        device: "cpu" or "cuda".
        patches: of each image.
    """

    real: Path
    weights: Path
    count: int | None = None
    samples: Path | None = None
    seed: int = DEFAULT_SEED
    device: str = "cpu"
    patches: int = DEFAULT_PATCHES
