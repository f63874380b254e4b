"""What is left in a breast of metal: wires of titanium in 3D, as particles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generation.lesions.matter.particles import Particle, draw_turn, settle
from generation.lesions.matter.solids import Cloud
from generation.physics.attenuation import attenuation_per_cm

FloatArray = NDArray[np.float32]

# 1/cm at 20 keV: 15.85 cm2/g (NIST XCOM) times 4.506 g/cm3.
TITANIUM_PER_CM = 71.4


def make_of_titanium(cloud: Cloud, *, size_mm: float, rng: np.random.Generator) -> Particle:
    """A wire object of a longest dimension of `size_mm`, turned at random."""
    amount = TITANIUM_PER_CM / attenuation_per_cm("calcium_oxalate")
    return settle(cloud, size_mm=size_mm, calcium=amount, turn=draw_turn(rng))


def bend_wire(corners: Sequence[Sequence[float]], *, steps: int = 40) -> FloatArray:
    """(steps, 3) path through corners (K, 2 or 3), evenly along the polyline."""
    places = np.array([[*corner, 0.0][:3] for corner in corners])
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(places, axis=0), axis=1))])
    at = np.linspace(0, along[-1], steps)
    return np.stack([np.interp(at, along, places[:, i]) for i in range(3)], 1).astype(np.float32)
