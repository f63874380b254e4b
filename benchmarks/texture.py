"""Texture of drawn normal tissue against the published and measured figures of real mammograms.

`PARENCHYMA_BENCH_WOMEN=100 python -m benchmarks texture` takes more women than the usual twelve.
"""

import os
from collections.abc import Sequence

import numpy as np

from benchmarks.measurement import Measurement
from generation.anatomy.geometry import PIXEL_MM
from generation.anatomy.views import make_breast
from generation.networks.drawing import draw_background
from generation.networks.weights import DEFAULT_WEIGHTS, load_generator
from generation.quality.texture import Texture, measure_texture
from generation.spec import CaseSpec

WOMEN = int(os.environ.get("PARENCHYMA_BENCH_WOMEN", "12"))
FIRST_SEED = 5000
# Mean and tolerance asked of the spectrum's exponent, and its range for each image.
EXPONENT = (3.1, 0.15)
EXPONENT_RANGE = (2.4, 3.6)
# Mean and deviation over real normal images: the table of the design.
KURTOSIS = (3.14, 0.35)
SKEWNESS = (0.40, 0.26)
# Degrees toward the nipple by view (Reiser, PMC3189972).
ORIENTATION = {"cc": 5.0, "mlo": 22.5}


def draw_texture(number: int, view: str) -> Texture | None:
    """Texture of one woman's left view, before the muscle; None where it is too small."""
    spec = CaseSpec.draw(np.random.default_rng(FIRST_SEED + number), findings="none")
    anatomy = make_breast(spec, "left").views[view]
    network = load_generator(DEFAULT_WEIGHTS, "cpu").network
    grey = draw_background(network, anatomy.condition, seed=spec.seed % 2**32, device="cpu")
    breast = anatomy.outline.mask(PIXEL_MM) & (anatomy.outline.pectoral(PIXEL_MM) < 0.01)
    return measure_texture(np.where(breast, grey, 0).astype(np.float32), breast)


def compare(view: str, textures: Sequence[Texture]) -> list[Measurement]:
    exponents = np.array([texture.exponent for texture in textures])
    outside = (exponents < EXPONENT_RANGE[0]) | (exponents > EXPONENT_RANGE[1])
    rows = [
        Measurement(f"{view}: images", len(textures), "count"),
        Measurement(f"{view}: exponent, mean", float(exponents.mean()), ""),
        Measurement(f"{view}: exponent, spread", float(exponents.std()), ""),
        Measurement(
            f"{view}: exponent, mean off {EXPONENT[0]}",
            abs(float(exponents.mean()) - EXPONENT[0]),
            "",
            EXPONENT[1],
        ),
        Measurement(f"{view}: exponents out of range", float(outside.sum()), "count", 0.0),
    ]
    for name, (mean, deviation) in (("kurtosis", KURTOSIS), ("skewness", SKEWNESS)):
        found = float(np.mean([getattr(texture, name) for texture in textures]))
        off = abs(found - mean) / deviation
        rows.append(Measurement(f"{view}: {name}, mean off", off, "sd", 2.0))
    direction = float(np.mean([texture.orientation_deg for texture in textures]))
    rows.append(
        Measurement(
            f"{view}: direction off {ORIENTATION[view]}",
            abs(direction - ORIENTATION[view]),
            "degrees",
        )
    )
    return rows


def measure() -> list[Measurement]:
    rows = []
    for view in ("cc", "mlo"):
        textures = [draw_texture(number, view) for number in range(WOMEN)]
        rows += compare(view, [texture for texture in textures if texture is not None])
    return rows
