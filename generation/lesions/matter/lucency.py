"""Fat inside the breast: why an oil cyst or a lipoma is darker than the gland around it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.effects import Scene
from generation.physics.attenuation import mixture_per_cm
from generation.physics.layers import Layer
from generation.spec import LesionSpec

# A layer takes the place of tissue as glandular as the mean along the beam. What lies among gland
# and pushes it aside takes the place of tissue so many times as glandular. Assumed.
AMONG_GLAND = 3.0


def push_gland_aside(layer: Layer, lesion: LesionSpec, scene: Scene) -> Layer:
    """The layer of a fatty finding where it lies among gland: darker by the gland it displaces."""
    share = min((AMONG_GLAND - 1) * measure_gland(lesion, scene), 1.0)
    excess = share * float(mixture_per_cm(1.0) - mixture_per_cm(0.0))
    return replace(layer, added=np.asarray(layer.added - excess * layer.displaced_cm, np.float32))


def measure_gland(lesion: LesionSpec, scene: Scene) -> float:
    """Mean share 0-1 of gland along the beam where the finding lies."""
    coarse = scene.anatomy.condition.coarse
    x, y = (value * PIXEL_MM / MAP_PIXEL_MM for value in scene.place(lesion))
    row = int(np.clip(y, 0, coarse.shape[0] - 1))
    column = int(np.clip(x, 0, coarse.shape[1] - 1))
    return float(scene.table.glandular_fraction(coarse[row, column]))
