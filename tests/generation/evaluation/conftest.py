"""A whole report made of fields instead of mammograms, without any network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from generation.anatomy.condition import ConditionMap
from generation.evaluation import conditions, described, measures, report
from generation.evaluation.collection import Plan
from generation.evaluation.report import Evaluation
from generation.quality.bands import measure_bands
from generation.quality.two_sample import TwoSample
from tests.generation.evaluation.pictures import make_material


def read_few_numbers(patches: np.ndarray) -> np.ndarray:
    """(N, 7) what any description of texture holds."""
    rows = [[*measure_bands(patch[None]), float(patch.mean())] for patch in patches]
    return np.array(rows)


def draw_seeded(network: object, condition: ConditionMap, *, seed: int, device: str) -> np.ndarray:
    """Noise of a seed in the breast, as a network would draw it."""
    mask = np.kron(condition.mask, np.ones((2, 2)))
    noise = np.random.default_rng(seed).standard_normal(mask.shape)
    return (mask * (0.3 + 0.02 * noise)).astype(np.float32)


def tell_by_blur(
    real: np.ndarray, real_groups: Any, other: np.ndarray, other_groups: Any, **given: Any
) -> TwoSample:
    """Scores of a classifier that knows no more than the finest band."""
    scores = [-read_few_numbers(part)[:, 5].astype(np.float32) for part in (real, other)]
    auc = float((scores[1][None] > scores[0][:, None]).mean())
    return TwoSample(auc, auc - 0.05, min(auc + 0.05, 1.0), *scores)


@dataclass
class Made:
    """The evaluation, and where its weights would lie."""

    plan: Plan
    done: Evaluation


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("evaluation")
    weights = folder / "generator.safetensors"
    weights.with_suffix(".json").write_text(json.dumps({"training": {"step": 7}}))
    plan = Plan(real=folder, count=6, seed=3, weights=weights, patches=2)
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        return Made(plan, report.evaluate(plan, lambda doing: None))


def stand_in(patch: pytest.MonkeyPatch) -> None:
    """Replace what needs weights, real images or minutes."""
    trained = SimpleNamespace(network=None, sha256="ab" * 32)
    patch.setattr(report, "load_generator", lambda path, device: trained)
    patch.setattr(report, "collect", lambda plan, trained, clock, say: make_material())
    patch.setattr(conditions, "draw_background", draw_seeded)
    patch.setattr(described, "extract_radiomics", read_few_numbers)
    patch.setattr(
        described, "load_feature_network", lambda: SimpleNamespace(extract=read_few_numbers)
    )
    patch.setattr(measures, "measure_two_sample", tell_by_blur)
