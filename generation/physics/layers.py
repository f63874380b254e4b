"""What a finding does to one view, before the breast around it is known."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generation.physics.attenuation import mixture_per_cm

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Layer:
    """One finding in one view as a centred patch, detector blur included.

    All arrays are (h, w) with odd h and w; the finding's centre is the middle pixel.

    added: log exposure of the finding's own matter. displaced_cm: path of breast tissue that it
    takes the place of. mask: what a reader can see of it. support: where it changes the image at
    all. particles_px: (N, 2) x, y offsets from the centre of single calcifications, else empty.
    """

    added: FloatArray
    displaced_cm: FloatArray
    mask: BoolArray
    support: BoolArray
    long_axis_mm: float
    particles_px: FloatArray = field(default_factory=lambda: np.zeros((0, 2), np.float32))

    def delta_log_exposure(self, glandular_fraction: FloatArray | float = 0.0) -> FloatArray:
        """(h, w) change of log exposure in tissue of this glandular fraction (0-1, broadcast)."""
        return np.asarray(
            self.added - mixture_per_cm(glandular_fraction) * self.displaced_cm, np.float32
        )

    def mirrored(self) -> Layer:
        """The same layer with left and right exchanged, for the other laterality."""
        return Layer(
            added=np.ascontiguousarray(self.added[:, ::-1]),
            displaced_cm=np.ascontiguousarray(self.displaced_cm[:, ::-1]),
            mask=np.ascontiguousarray(self.mask[:, ::-1]),
            support=np.ascontiguousarray(self.support[:, ::-1]),
            long_axis_mm=self.long_axis_mm,
            particles_px=self.particles_px * np.array([-1.0, 1.0], np.float32),
        )
