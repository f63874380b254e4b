"""Features of 256 px patches from a small network trained here, on real training images alone.

Kernel distance, precision, recall, density and coverage are taken on these features.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

FEATURE_WEIGHTS = Path(__file__).with_name("features.safetensors")


@dataclass(frozen=True)
class FeatureNetwork:
    """The network ready to use, and the hash that names its weights."""

    sha256: str

    def extract(self, patches: FloatArray) -> NDArray[np.float64]:
        """(N, D) features of (N, 256, 256) grey 0-1 patches at 0.1 mm."""
        raise NotImplementedError


@cache
def load_feature_network(path: Path = FEATURE_WEIGHTS) -> FeatureNetwork:
    """The committed network, checked against its hash, once per process.

    Raises:
        FeatureWeightsError: if a file is missing, damaged, or does not fit this code.
    """
    raise NotImplementedError
