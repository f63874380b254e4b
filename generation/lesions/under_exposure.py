"""Under-exposure: too few photons reached the detector.

Model: the exposure allowed for a breast thinner than it was, so the detector got
exp(-attenuation of the tissue it did not allow for) of its usual dose. The noise of that dose comes
on top, most of it behind gland. Processing brings the brightness back, but not wholly (the share
is assumed), and light that is not signal weighs more: the view is pale, and its dense parts have
lost their contrast.
Source: quantum noise and its rise behind dense tissue as in `generation.physics.dose`; under-
exposure as noise and lost contrast in dense tissue: European guidelines for quality assurance in
breast cancer screening and diagnosis, 4th edition, chapter 2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, ExposureChange, Scene
from generation.lesions.finding import Finding
from generation.lesions.technique import (
    VIEW_NAMES,
    call_negative,
    draw_view,
    exclude_cancer,
    view_descriptor,
)
from generation.physics.attenuation import attenuation_per_cm, mixture_per_cm
from generation.physics.dose import add_quantum_noise
from generation.physics.look import GreyTable
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

KEY = "under_exposure"
VIEWS = ("cc", "mlo")
# Tissue that the exposure did not allow for is half gland.
MISSED_FRACTION = 0.5
LOWEST_DOSE = 0.04
# Share of the missing log exposure that processing leaves in the image.
UNCORRECTED = 0.05
# Signal that is no image, as a share of what the usual dose gives behind fat.
VEIL = 0.05


@dataclass(frozen=True)
class Shortfall:
    """A view taken with this share (0-1) of its usual dose."""

    dose: float
    table: GreyTable

    def __call__(self, grey: FloatArray, rng: np.random.Generator) -> FloatArray:
        """(H, W) grey 0-1 of the view as it comes out; air stays black."""
        noisy = add_quantum_noise(grey, table=self.table, dose=self.dose, rng=rng)
        fat = attenuation_per_cm("adipose") * self.table.thickness_mm / 10.0
        beyond_fat = self.table.to_log_exposure(noisy) - np.float32(fat)
        veil = VEIL * (1 / self.dose - 1)
        veiled = -np.log((np.exp(-beyond_fat) + veil) / (1 + veil))
        left = -UNCORRECTED * math.log(self.dose)
        pale = self.table.to_grey(veiled + np.float32(fat + left))
        # Where skin thins into air there is no tissue for the exposure to miss.
        share = np.clip(grey / 0.1, 0, 1)
        return np.asarray(noisy + share * (pale - noisy), np.float32)


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """The change of one view; see the module."""
    view = lesion.descriptors["view"]
    scene = scenes[view]
    breast = scene.outline.mask(PIXEL_MM)
    missed_cm = lesion.contrast * lesion.size_mm / 10.0
    dose = max(LOWEST_DOSE, math.exp(-missed_cm * float(mixture_per_cm(MISSED_FRACTION))))
    change = ExposureChange(
        expose=Shortfall(dose, scene.table),
        reach_px=0,
        mask=breast,
        support=breast,
        long_axis_mm=float(np.ptp(np.flatnonzero(breast.any(axis=1))) + 1) * PIXEL_MM,
    )
    return {view: (change,)}


def teach(lesion: LesionSpec) -> list[str]:
    name = VIEW_NAMES[lesion.descriptors["view"]]
    return [
        f"Too few photons reached the detector in the {name} view.",
        (
            "It looks pale and grainy, most of all where the gland is dense: calcifications drown "
            "in the grain and a mass in gland loses its edge."
        ),
        "A clear-looking dense area in such a view has not been cleared: repeat it.",
    ]


FINDING = Finding(
    key=KEY,
    label="Under-exposure",
    group="technique",
    reads_as=None,
    descriptors=(view_descriptor(VIEWS),),
    size_mm=(8.0, 40.0),
    size_means="thickness of tissue that the exposure did not allow for",
    region="breast",
    render=render,
    teach=teach,
    draw_words=lambda rng, actionable: draw_view(rng, actionable, VIEWS),
    draw_size=lambda rng, words: draw_log_normal(rng, 26.0, 0.2, 16.0, 38.0),
    malignancy=exclude_cancer,
    assess=call_negative,
)
