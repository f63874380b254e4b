"""Linear attenuation of breast tissues, calcium and masses."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

REFERENCE_KEV = 20.0
ENERGIES_KEV = (16.0, 18.0, 20.0, 22.0, 25.0)

# 1/cm, computed from the public VICTRE material tables at their densities.
LINEAR_ATTENUATION: dict[str, tuple[float, ...]] = {
    "adipose": (0.827, 0.635, 0.513, 0.431, 0.353),
    "glandular": (1.314, 0.980, 0.767, 0.626, 0.491),
    "skin": (1.447, 1.077, 0.841, 0.684, 0.534),
    "ligament": (1.510, 1.122, 0.876, 0.712, 0.554),
    "muscle": (1.500, 1.112, 0.865, 0.700, 0.542),
    "duct": (1.500, 1.112, 0.865, 0.700, 0.542),
    "calcium_oxalate": (15.39, 11.02, 8.19, 6.27, 4.40),
}

# How a mass of each density attenuates, as a mix of fat (0) and gland (1). Carcinoma attenuates
# somewhat more than fibroglandular tissue (Johns & Yaffe 1987); "low" lies between gland and fat.
MASS_GLANDULARITY: Mapping[str, float] = {
    "high": 1.60,
    "equal": 1.07,
    "low": 0.60,
    "fat_containing": 0.0,
}


def attenuation_per_cm(tissue: str, energy_kev: float = REFERENCE_KEV) -> float:
    """Linear attenuation, 1/cm, interpolated on log axes between the tabled energies.

    Raises:
        KeyError: for an unknown tissue.
        ValueError: for an energy outside 16-25 keV.
    """
    if not ENERGIES_KEV[0] <= energy_kev <= ENERGIES_KEV[-1]:
        raise ValueError(f"energy {energy_kev} keV lies outside 16-25 keV")
    values = np.log(LINEAR_ATTENUATION[tissue])
    return float(np.exp(np.interp(np.log(energy_kev), np.log(ENERGIES_KEV), values)))


def mixture_per_cm(glandular_fraction: float | FloatArray) -> FloatArray:
    """Attenuation at 20 keV, 1/cm, of a mix by volume of fat (0) and gland (1); any shape.

    Fractions above 1 extrapolate: tissue denser than gland.
    """
    fat = attenuation_per_cm("adipose")
    gland = attenuation_per_cm("glandular")
    return (fat + (gland - fat) * np.asarray(glandular_fraction, np.float32)).astype(np.float32)
