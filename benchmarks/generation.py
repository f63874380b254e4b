"""Seconds to make a case on this machine's CPU, by stage."""

import time
from functools import cache

import numpy as np

from benchmarks.measurement import Measurement
from generation.anatomy.views import make_breast
from generation.spec import CaseSpec
from generation.synthesis import SynthesisedCase, synthesise

FINDINGS = ("mass", "calcification_group")
SECONDS_PER_CASE = 12.0
SECONDS_PER_ANATOMY = 1.5


@cache
def make_cases() -> tuple[tuple[SynthesisedCase, float], ...]:
    """A case of each finding kind with the seconds that it took, after one to warm up."""
    synthesise(draw("none", 0))
    return tuple(timed(draw(findings, seed)) for seed, findings in enumerate(FINDINGS, start=1))


def draw(findings: str, seed: int) -> CaseSpec:
    return CaseSpec.draw(np.random.default_rng(seed), density="C", findings=findings, seed=seed)


def timed(spec: CaseSpec) -> tuple[SynthesisedCase, float]:
    start = time.perf_counter()
    case = synthesise(spec)
    return case, time.perf_counter() - start


def measure_anatomy() -> Measurement:
    """Seconds to draw a spec and its condition maps, both breasts; the middle of nine."""
    taken = []
    for seed in range(9):
        start = time.perf_counter()
        spec = draw("mass", seed)
        for side in ("left", "right"):
            make_breast(spec, side)
        taken.append(time.perf_counter() - start)
    return Measurement("spec and condition maps", sorted(taken)[4], "s", SECONDS_PER_ANATOMY)


def measure() -> list[Measurement]:
    rows = [measure_anatomy()]
    for findings, (case, seconds) in zip(FINDINGS, make_cases(), strict=True):
        rows.append(Measurement(f"{findings}: case", seconds, "s", SECONDS_PER_CASE))
        rows.append(Measurement(f"{findings}: view", seconds / len(case.views), "s"))
        rows += [
            Measurement(f"{findings}: stage {stage}", taken, "s")
            for stage, taken in case.seconds.items()
        ]
    return rows
