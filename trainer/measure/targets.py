"""tau: the ability that is asked for in each competency.

The reference form does not exist yet. Until it does, tau follows from what the cold start says
of drawn cases: lesions with standardised ln d' and normals with difficulty 0, each as uncertain
as an unread item. A reader with the target ability then finds 80 % of such lesions, leaves 85 %
of such normals alone, and is right on 80 % of descriptions and densities.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy.special import ndtri

from trainer.measure.competencies import COMPETENCIES
from trainer.measure.difficulty import GAMMA, RESIDUAL_SD

SENSITIVITY: Final = 0.80
SPECIFICITY: Final = 0.85


def find_target(share_right: float, *, difficulty_variance: float) -> float:
    """Find the ability that answers a share of items rightly, their difficulty N(0, variance).

    Raises:
        ValueError: if the share is not between 0 and 1 or the variance is negative.
    """
    if not 0 < share_right < 1 or difficulty_variance < 0:
        raise ValueError("the share must lie between 0 and 1 and the variance be 0 or more")
    return float(ndtri(share_right) * np.sqrt(1 + difficulty_variance))


_WITH_LESION: Final = find_target(SENSITIVITY, difficulty_variance=GAMMA**2 + RESIDUAL_SD**2)
_DENSITY: Final = find_target(SENSITIVITY, difficulty_variance=RESIDUAL_SD**2)
_NORMAL: Final = find_target(SPECIFICITY, difficulty_variance=RESIDUAL_SD**2)

TARGETS: Final[Mapping[str, float]] = {
    competency: {"density": _DENSITY, "normal_rejection": _NORMAL}.get(competency, _WITH_LESION)
    for competency in COMPETENCIES
}
