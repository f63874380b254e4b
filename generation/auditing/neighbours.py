"""The training images made ready for every search, and what each finds for one image."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generation.auditing.feature_search import EDGE_PX as FEATURE_EDGE_PX
from generation.auditing.feature_search import Extract, FeatureSearch
from generation.auditing.image_search import ImageSearch
from generation.auditing.matches import Match
from generation.auditing.patch_search import PatchSearch
from generation.auditing.places import Place, choose_places, cut
from generation.auditing.specimens import Specimen
from generation.auditing.surroundings import correlate_surroundings
from generation.auditing.texture import Scale, Texture, level_contrast, take_texture

FloatArray = NDArray[np.float32]
PixelArray = NDArray[np.uint8]

IMAGE_SCALE = Scale(factor=16, coarse_mm=2.4)
PATCH_SCALE = Scale(factor=4, coarse_mm=1.2)
IMAGE_WIDE_MM, PATCH_WIDE_MM = 6.4, 3.2
# What little of a breast large excluded lesions leave is alike by chance; its patches are searched.
LEAST_IMAGE_MM2 = 3000.0
PATCH_EDGE_PX = FEATURE_EDGE_PX // PATCH_SCALE.factor


@dataclass(frozen=True)
class Neighbour:
    """Nearest training neighbour of an image or of one of its patches.

    Attributes:
        image: name of the image asked about.
        view: of it, "cc" or "mlo".
        at_mm: (down, right) of the patch in it; of the image itself (0, 0).
        match: what was found.
        surroundings: correlation around the patch and around its match; None for whole images,
            features, and where too little is shared.
        pixels: (256, 256) uint8 of a patch at 0.1 mm; None for others.
    """

    image: str
    view: str
    at_mm: tuple[float, float]
    match: Match
    surroundings: float | None = None
    pixels: PixelArray | None = None


@dataclass
class Neighbours:
    """By measure, the nearest training neighbours of a set of images.

    Attributes:
        images: pixel correlation of whole images.
        patches: pixel correlation of patches.
        features: distance in features of the same patches.
    """

    images: list[Neighbour] = field(default_factory=list)
    patches: list[Neighbour] = field(default_factory=list)
    features: list[Neighbour] = field(default_factory=list)


class TrainingSet:
    """Everything the network learnt from, searchable.

    Args:
        extract: features of patches; None leaves that search out.
    """

    def __init__(self, extract: Extract | None) -> None:
        self.image_search = ImageSearch(IMAGE_SCALE.pixel_mm)
        self.patch_search = PatchSearch(PATCH_EDGE_PX, PATCH_SCALE.pixel_mm)
        self.feature_search = None if extract is None else FeatureSearch(extract)
        self.textures: dict[str, Texture] = {}

    def add(self, specimen: Specimen) -> None:
        """Take in a training image."""
        fine, coarse = take_fine(specimen), take_coarse(specimen)
        self.textures[specimen.name] = fine
        self.patch_search.add(specimen.name, fine)
        if coarse is not None:
            self.image_search.add(specimen.name, coarse)
        if self.feature_search is not None:
            self.feature_search.add(specimen.name, specimen.grey, specimen.inside)

    def has_room(self, name: str, patches: int) -> bool:
        """Whether a training image holds breast for twice so many patches."""
        return bool(self.textures[name].inside.sum() >= 2 * patches * PATCH_EDGE_PX**2)

    def look(
        self, specimen: Specimen, found: Neighbours, *, patches: int, rng: np.random.Generator
    ) -> None:
        """Search for an image and for `patches` random patches of it; adds to `found`."""
        name, view = specimen.name, specimen.view
        coarse = take_coarse(specimen)
        if coarse is not None:
            match = self.image_search.find(coarse)
            found.images.append(Neighbour(name, view, (0.0, 0.0), match))
        fine = take_fine(specimen)
        places = choose_places(fine.inside, edge_px=PATCH_EDGE_PX, count=patches, rng=rng)
        found.patches += [self._find_patch(specimen, fine, place) for place in places]
        if self.feature_search is not None and places:
            whole = np.stack([_cut_whole(specimen, place) for place in places])
            matches = self.feature_search.find(whole)
            found.features += [
                Neighbour(name, view, _in_mm(place), match)
                for place, match in zip(places, matches, strict=True)
            ]

    def _find_patch(self, specimen: Specimen, fine: Texture, place: Place) -> Neighbour:
        match = self.patch_search.find(cut(fine.values, place, PATCH_EDGE_PX))
        around = correlate_surroundings(
            fine,
            place,
            self.textures[match.name],
            match,
            edge_px=PATCH_EDGE_PX,
            pixel_mm=PATCH_SCALE.pixel_mm,
        )
        pixels = np.round(_cut_whole(specimen, place) * 255).astype(np.uint8)
        return Neighbour(specimen.name, specimen.view, _in_mm(place), match, around, pixels)


def take_fine(specimen: Specimen) -> Texture:
    """What patches are cut from, and searched in."""
    texture = take_texture(specimen.grey, specimen.inside, PATCH_SCALE)
    return level_contrast(texture, wide_mm=PATCH_WIDE_MM, pixel_mm=PATCH_SCALE.pixel_mm)


def take_coarse(specimen: Specimen) -> Texture | None:
    """What whole images are compared by; None where too little of the breast is left."""
    texture = take_texture(specimen.grey, specimen.inside, IMAGE_SCALE)
    if texture.inside.sum() * IMAGE_SCALE.pixel_mm**2 < LEAST_IMAGE_MM2:
        return None
    return level_contrast(texture, wide_mm=IMAGE_WIDE_MM, pixel_mm=IMAGE_SCALE.pixel_mm)


def _cut_whole(specimen: Specimen, place: Place) -> FloatArray:
    """The patch of a place at 0.1 mm."""
    row, column = (part * PATCH_SCALE.factor for part in place)
    return cut(specimen.grey, (row, column), FEATURE_EDGE_PX)


def _in_mm(place: Place) -> tuple[float, float]:
    return (place[0] * PATCH_SCALE.pixel_mm, place[1] * PATCH_SCALE.pixel_mm)
