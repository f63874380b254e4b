"""How figures of merit vary together because they rest on the same cases.

A figure is the mean of a kernel (P, N) over positive and negative cases, as of
`trainer.measure.localised`. One that rests on a single class has the other axis of length 1:
(P, 1) for sensitivity, (1, N) for specificity.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Covariance = Literal["jackknife", "delong"]


def count_cases(kernel: FloatArray) -> int:
    """Count the cases that a kernel (..., P, N) rests on.

    Raises:
        ValueError: if neither class has two cases.
    """
    cases = sum(length for length in kernel.shape[-2:] if length > 1)
    if cases == 0:
        raise ValueError("a figure needs at least two cases of a class")
    return cases


def jackknife_covariance(kernel: FloatArray, *, cases: int | None = None) -> FloatArray:
    """Covariance of figures of merit, (F, F), by leaving out one case at a time.

    Args:
        kernel: (F, P, N) of F figures on the same cases.
        cases: how many there are in the whole study, where others were read as well: leaving
            one of those out changes nothing here, but they count. By default those of the kernel.

    Source: Quenouille and Tukey's jackknife over all cases of both classes; with `cases` as the
    MRMCaov package has it for cases nested in tests (Smith and Hillis, Proc SPIE 11316:113160K,
    2020).
    """
    total = kernel.sum(axis=(1, 2))[:, None]
    left = []
    for axis in (1, 2):
        # Axis 1 is summed over to leave out a negative case, axis 2 to leave out a positive one.
        out, kept = kernel.shape[3 - axis], kernel.shape[axis]
        if out > 1:
            left.append((total - kernel.sum(axis=axis)) / (kept * (out - 1)))
    number = cases or count_cases(kernel)
    together = np.concatenate(left, axis=1)
    away = together - kernel.mean(axis=(1, 2))[:, None]
    return np.asarray((number - 1) / number * away @ away.T)


def delong_covariance(kernel: FloatArray) -> FloatArray:
    """Covariance of figures of merit, (F, F), by structural components.

    Args:
        kernel: (F, P, N) of F figures on the same cases.

    Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44:837 (1988).
    """
    count_cases(kernel)
    found = np.zeros((len(kernel), len(kernel)))
    for axis in (1, 2):
        if kernel.shape[axis] > 1:
            components = kernel.mean(axis=3 - axis)
            found += np.atleast_2d(np.cov(components)) / kernel.shape[axis]
    return found


def estimate_covariance(kernel: FloatArray, *, by: Covariance) -> FloatArray:
    """Covariance of figures of merit, (F, F), by one of the two methods."""
    return jackknife_covariance(kernel) if by == "jackknife" else delong_covariance(kernel)
