"""Where randomness comes from: one named stream per stage, side, view and finding.

Streams never share draws, so that adding a finding, a view or a stage changes nothing else.
"""

from __future__ import annotations

import zlib

import numpy as np

# Numbers are part of every stored case: never renumber, only append.
STAGES: dict[str, int] = {
    "spec": 0,
    "anatomy": 1,
    "compression": 2,
    "lines": 3,
    "texture": 4,
    "noise": 5,
    "lesion": 6,
    "detectability": 7,
    "training": 8,
    "evaluation": 9,
    "exposure": 10,
    "dose": 11,
    "prior": 12,
    "aim": 13,
    "audit": 14,
    "look": 15,
}
SIDES: dict[str, int] = {"left": 1, "right": 2}
VIEWS: dict[str, int] = {"cc": 1, "mlo": 2}


def seed_sequence(
    seed: int,
    stage: str,
    *,
    side: str | None = None,
    view: str | None = None,
    finding: str | None = None,
    index: int = 0,
) -> np.random.SeedSequence:
    """SeedSequence(seed, spawn_key=(stage, side, view, finding, index)); KeyError on a new name.

    Args:
        seed: the case's seed, >= 0.
        stage: a name of `STAGES`.
        side: "left", "right" or None for what both sides share.
        view: "cc", "mlo" or None for what both views share.
        finding: id of a finding; its place in the list does not matter.
        index: further number, such as the case's place in a sample.
    """
    key = (
        STAGES[stage],
        0 if side is None else SIDES[side],
        0 if view is None else VIEWS[view],
        0 if finding is None else zlib.crc32(finding.encode()),
        index,
    )
    return np.random.SeedSequence(seed, spawn_key=key)


def generator(
    seed: int,
    stage: str,
    *,
    side: str | None = None,
    view: str | None = None,
    finding: str | None = None,
    index: int = 0,
) -> np.random.Generator:
    """Random generator of one stream; arguments as in `seed_sequence`."""
    sequence = seed_sequence(seed, stage, side=side, view=view, finding=finding, index=index)
    return np.random.default_rng(sequence)
