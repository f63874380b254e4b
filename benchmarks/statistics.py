"""How long the comparison of two modalities by wAFROC takes: 5 readers, 200 cases, jackknife."""

import time

import numpy as np

from benchmarks.measurement import Measurement
from trainer.measure.localised import Ratings, pair_wafroc, weigh_equally
from trainer.measure.mrmc import compare_modalities
from trainer.measure.readings import Readings


def measure() -> list[Measurement]:
    rng = np.random.default_rng(1)
    lead, cases = (2, 5), 100
    present = rng.random((cases, 3)) < 0.5
    present[:, 0] = True
    lesions = np.where(
        rng.random((*lead, cases, 3)) < 0.7, rng.normal(1, 1, (*lead, cases, 3)), -np.inf
    )
    start = time.perf_counter()
    ratings = Ratings(
        lesions,
        weigh_equally(present),
        rng.normal(size=(*lead, cases)),
        rng.normal(size=(*lead, cases)),
    )
    compare_modalities(Readings.from_kernel(pair_wafroc(ratings)))
    taken = time.perf_counter() - start
    return [Measurement("wAFROC, 2 modalities x 5 readers x 200 cases", taken, "s", 1.0)]
