"""tau: the ability that is asked for in each competency, anchored on the reference form.

A reader with the target abilities and a neutral criterion finds 80 % of the form's lesions, leaves
85 % of its normal tissue alone, and is right on 80 % of descriptions and densities. The form's
difficulties stand in `reference_form.json`, written by `scripts/fit_reference_form.py`.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from trainer.measure.ability import Difficulty

SENSITIVITY: Final = 0.80
SPECIFICITY: Final = 0.85
# No form is so easy or so hard that its target lies outside.
_BRACKET: Final = (-12.0, 12.0)


def find_target(share_right: float, difficulties: Sequence[Difficulty]) -> float:
    """Find the ability that is expected to answer a share of some items rightly.

    Args:
        share_right: between 0 and 1.
        difficulties: of the items, each as uncertain as it is.

    Raises:
        ValueError: if the share is not between 0 and 1 or there is no item.
    """
    if not 0 < share_right < 1 or not difficulties:
        raise ValueError("the share must lie between 0 and 1, and there must be an item")
    means = np.array([difficulty.mean for difficulty in difficulties])
    spreads = np.sqrt(1 + np.array([difficulty.variance for difficulty in difficulties]))

    def miss(theta: float) -> float:
        return float(ndtr((theta - means) / spreads).mean()) - share_right

    return float(brentq(miss, *_BRACKET))


def fit_targets(items: Sequence[tuple[str, Difficulty]]) -> dict[str, float]:
    """Fit tau of every competency that a form asks for.

    Args:
        items: (competency, difficulty) of each item of the form.
    """
    by_competency: dict[str, list[Difficulty]] = {}
    for competency, difficulty in items:
        by_competency.setdefault(competency, []).append(difficulty)
    return {
        competency: find_target(
            SPECIFICITY if competency == "normal_rejection" else SENSITIVITY, difficulties
        )
        for competency, difficulties in by_competency.items()
    }


def load_reference() -> Mapping[str, Any]:
    """Load what was fitted on the reference form, with how it was obtained."""
    return dict(json.loads((Path(__file__).parent / "reference_form.json").read_text()))


TARGETS: Final[Mapping[str, float]] = dict(load_reference()["targets"])
