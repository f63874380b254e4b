"""From a drawn background to a finished view: muscle, skin edge, findings, exposure, mirror."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation import seeds
from generation.anatomy.condition import MAP_PIXEL_MM
from generation.anatomy.geometry import PIXEL_MM
from generation.anatomy.muscle import lay_muscle
from generation.anatomy.views import ViewAnatomy
from generation.lesions.effects import AnatomyChange, Effect, ExposureChange, Scene
from generation.physics.composition import (
    Composition,
    PlacedFinding,
    PlacedLayer,
    PlacedVariant,
    compose,
    quantise,
)
from generation.physics.dose import add_quantum_noise
from generation.physics.layers import Layer
from generation.physics.look import GREY_LEVELS
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
PixelArray = NDArray[np.uint16]
Pixel = TypeVar("Pixel", bound=np.generic)
DrawBackground = Callable[[ViewAnatomy, BoolArray | None], FloatArray]

WINDOW_CENTER = 2048.0
WINDOW_WIDTH = 4096.0
SKIN_SIGMA_PX = 0.8
# A finding whose mask lies farther from its place than this was carried.
CARRIED_PX = 50


@dataclass(frozen=True)
class RenderedView:
    """One finished view.

    Attributes:
        side: "left" or "right".
        view: "cc" or "mlo".
        pixels: (2304, 1792) uint16, 12 bits used, 0.1 mm.
        base_pixels: the same without the findings; None when this view holds none.
        window_center: in stored values.
        window_width: in stored values.
    """

    side: str
    view: str
    pixels: PixelArray
    base_pixels: PixelArray | None
    window_center: float = WINDOW_CENTER
    window_width: float = WINDOW_WIDTH


@dataclass(frozen=True)
class FoundInView:
    """One finding as one view holds it, left orientation: (H, W) mask and support, (x, y) px.

    particles_px: (N, 2) places of single calcifications; empty for anything else.
    """

    lesion: LesionSpec
    mask: BoolArray
    support: BoolArray
    centre_px: tuple[float, float]
    long_axis_mm: float
    particles_px: FloatArray


Owned = tuple[LesionSpec, Effect]
Exposures = Sequence[tuple[LesionSpec, ExposureChange]]


@dataclass(frozen=True)
class Recipe:
    """What a view is composed of, kept so that it can be composed again without one finding.

    Attributes:
        scene: the view's anatomy.
        breast: (H, W) True inside the skin.
        base: (H, W) grey 0-1 without findings.
        owners: whose each part is.
        parts: as `compose` takes them, in the order of `owners`.
        exposures: faults of the whole view, applied one after another.
    """

    scene: Scene
    breast: BoolArray
    base: FloatArray
    owners: Sequence[Owned]
    parts: Sequence[PlacedLayer | PlacedVariant]
    exposures: Exposures

    def compose(self, *, without: str | None = None) -> Composition:
        """The findings in the base, all or all but one."""
        kept = zip(self.owners, self.parts, strict=True)
        return compose(
            self.base,
            [part for (lesion, _), part in kept if lesion.id != without],
            table=self.scene.table,
            coarse_grey=enlarge_map(self.scene.anatomy.condition.coarse, self.breast.shape),
            breast=self.breast,
        )

    def expose(self, pixels: PixelArray, *, without: str | None = None) -> PixelArray:
        """(H, W) pixels taken as badly as the view was, but for one finding's faults."""
        kept = [(lesion, effect) for lesion, effect in self.exposures if lesion.id != without]
        return _expose(self.scene, pixels, kept)

    def has_parts(self, finding: str) -> bool:
        """Whether a finding is in the breast, and not only a fault of the view."""
        return any(lesion.id == finding for lesion, _ in self.owners)


@dataclass(frozen=True)
class PlacedView:
    """One view with its findings in place, still in left orientation.

    Attributes:
        scene: the view's anatomy.
        breast: (H, W) True inside the skin.
        pixels: (H, W) 12-bit, with the findings.
        base_pixels: the same without any finding.
        exposed_base: the base taken as badly as the view was: what other findings are seen
            against where the technique is at fault.
        findings: by finding id.
        recipe: what it was composed of; None where it was put together by hand.
    """

    scene: Scene
    breast: BoolArray
    pixels: PixelArray
    base_pixels: PixelArray
    exposed_base: PixelArray
    findings: Mapping[str, FoundInView]
    recipe: Recipe | None = None

    def take_away(self, finding: str) -> PixelArray:
        """(H, W) pixels as they would be without one finding, exact inside its support.

        Composed again only where another finding reaches into the support; elsewhere the base
        is the same.
        """
        own = self.findings[finding].support
        if self.recipe is None or not any(
            name != finding and self.recipe.has_parts(name) and (own & other.support).any()
            for name, other in self.findings.items()
        ):
            return self.exposed_base
        composed = self.recipe.compose(without=finding)
        return self.recipe.expose(composed.pixels, without=finding)

    def render(self) -> RenderedView:
        """The view as it is stored: right breasts mirrored."""
        base = self.oriented(self.base_pixels) if self.findings else None
        return RenderedView(self.scene.side, self.scene.view, self.oriented(self.pixels), base)

    def oriented(self, image: NDArray[Pixel]) -> NDArray[Pixel]:
        """An (H, W) array in the orientation of the stored image."""
        return image if self.scene.side == "left" else np.ascontiguousarray(image[:, ::-1])


def place_findings(
    scene: Scene,
    effects: Sequence[tuple[LesionSpec, Sequence[Effect]]],
    *,
    draw_background: DrawBackground,
) -> PlacedView:
    """Finish one view.

    Args:
        scene: the view.
        effects: the findings that this view shows, with what they do to it.
        draw_background: the network: an anatomy, and the (H, W) area that matters (None for the
            whole view) -> (H, W) grey 0-1, left orientation.
    """
    recipe = _prepare(scene, effects, draw_background)
    composition = recipe.compose()
    return PlacedView(
        scene,
        recipe.breast,
        recipe.expose(composition.pixels),
        _expose(scene, composition.base_pixels, ()),
        recipe.expose(composition.base_pixels),
        _gather(scene, recipe.owners, composition.findings, recipe.exposures),
        recipe,
    )


def _prepare(
    scene: Scene,
    effects: Sequence[tuple[LesionSpec, Sequence[Effect]]],
    draw_background: DrawBackground,
) -> Recipe:
    """Everything drawn that the view needs, in the order of the findings' ids."""
    background = draw_background(scene.anatomy, None)
    parts: list[PlacedLayer | PlacedVariant] = []
    owners: list[Owned] = []
    exposures: list[tuple[LesionSpec, ExposureChange]] = []
    # Sums of floats and faults on faults depend on their order: a list's must not matter.
    for lesion, own in sorted(effects, key=lambda each: each[0].id):
        for effect in own:
            if isinstance(effect, ExposureChange):
                exposures.append((lesion, effect))
                continue
            owners.append((lesion, effect))
            if isinstance(effect, Layer):
                parts.append(PlacedLayer(effect, scene.place(lesion)))
            else:
                parts.append(_draw_variant(scene, effect, background, draw_background, lesion))
    base = _finish(scene, scene.anatomy, background)
    return Recipe(scene, scene.outline.mask(PIXEL_MM), base, owners, parts, exposures)


def _finish(scene: Scene, anatomy: ViewAnatomy, background: FloatArray) -> FloatArray:
    """Muscle and skin edge on a drawn background: (H, W) grey 0-1."""
    breast = anatomy.outline.mask(PIXEL_MM)
    rng = seeds.generator(scene.spec.seed, "texture", side=scene.side, view=scene.view, index=1)
    grey = lay_muscle(
        background,
        enlarge_map(anatomy.condition.coarse, breast.shape),
        anatomy.outline,
        table=scene.table,
        rng=rng,
    )
    return grey * _soften_edge(_take_away(scene, anatomy, breast))


def _take_away(scene: Scene, anatomy: ViewAnatomy, breast: BoolArray) -> BoolArray:
    """The breast less what a change of anatomy has taken from the condition's mask."""
    gone = scene.anatomy.condition.mask & ~anatomy.condition.mask
    if not gone.any():
        return breast
    return breast & (enlarge_map(gone.astype(np.float32), breast.shape) < 0.5)


def _draw_variant(
    scene: Scene,
    change: AnatomyChange,
    background: FloatArray,
    draw_background: DrawBackground,
    lesion: LesionSpec,
) -> PlacedVariant:
    drawn = background
    if change.anatomy.condition is not scene.anatomy.condition:
        drawn = draw_background(change.anatomy, change.support)
    return PlacedVariant(
        _finish(scene, change.anatomy, drawn), change.mask, change.support, scene.place(lesion)
    )


def _expose(scene: Scene, pixels: PixelArray, exposures: Exposures) -> PixelArray:
    """Faults of exposure, then the noise of a lower dose; the pixels as they are without any."""
    spec = scene.spec
    if not exposures and spec.dose == 1.0:
        return pixels
    grey = pixels.astype(np.float32) / np.float32(GREY_LEVELS - 1)
    for lesion, effect in exposures:
        rng = seeds.generator(
            spec.seed, "exposure", side=scene.side, view=scene.view, finding=lesion.id
        )
        weight = effect.support.astype(np.float32)
        grey = grey + weight * (effect.expose(grey, rng) - grey)
    rng = seeds.generator(spec.seed, "dose", side=scene.side, view=scene.view)
    return quantise(add_quantum_noise(grey, table=scene.table, dose=spec.dose, rng=rng))


def _gather(
    scene: Scene,
    owners: Sequence[Owned],
    placed: Sequence[PlacedFinding],
    exposures: Exposures,
) -> dict[str, FoundInView]:
    """Findings by id, their parts joined; supports grown by as far as bad exposures carry.

    Faults apply one after another: each carries on what those before it have carried.
    """
    reach = sum(effect.reach_px for _, effect in exposures)
    found: dict[str, FoundInView] = {}
    for (lesion, effect), part in zip(owners, placed, strict=True):
        support = _grow(part.support, reach)
        found[lesion.id] = _join(found.get(lesion.id), lesion, effect, part.mask, support, scene)
    for lesion, effect in exposures:
        reach -= effect.reach_px
        support = _grow(effect.support, reach)
        found[lesion.id] = _join(found.get(lesion.id), lesion, effect, effect.mask, support, scene)
    return found


def _join(
    known: FoundInView | None,
    lesion: LesionSpec,
    effect: Effect,
    mask: BoolArray,
    support: BoolArray,
    scene: Scene,
) -> FoundInView:
    particles = np.zeros((0, 2), np.float32)
    if isinstance(effect, Layer) and len(effect.particles_px):
        particles = effect.particles_px + np.asarray(np.rint(scene.place(lesion)), np.float32)
    long_axis = effect.long_axis_mm
    if known is not None:
        mask, support = known.mask | mask, known.support | support
        long_axis = max(known.long_axis_mm, long_axis)
        particles = np.concatenate([known.particles_px, particles])
    centre = _find_centre(scene, lesion, mask)
    return FoundInView(lesion, mask, support, centre, long_axis, particles)


def _find_centre(scene: Scene, lesion: LesionSpec, mask: BoolArray) -> tuple[float, float]:
    """(x, y) px of a finding: its place, or its mask's middle where it was carried elsewhere.

    What belongs to the skin or lies on it is carried there from wherever the spec puts it.
    """
    x, y = scene.place(lesion)
    column, row = (max(round(value), 0) for value in (x, y))
    around = mask[
        max(row - CARRIED_PX, 0) : row + CARRIED_PX + 1,
        max(column - CARRIED_PX, 0) : column + CARRIED_PX + 1,
    ]
    if around.any() or not mask.any():
        return (x, y)
    rows, columns = np.nonzero(mask)
    return (float(columns.mean()), float(rows.mean()))


def _grow(support: BoolArray, reach_px: int) -> BoolArray:
    if reach_px == 0:
        return support
    away = ndimage.distance_transform_edt(~support)
    return np.asarray(away <= reach_px)


def enlarge_map(values: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    """A 0.2 mm map, (h, w) or a part of one, on the 0.1 mm canvas: (2h, 2w) cut to a shape."""
    factor = round(MAP_PIXEL_MM / PIXEL_MM)
    enlarged = ndimage.zoom(values, factor, order=1, grid_mode=True, mode="nearest")
    return np.asarray(enlarged[: shape[0], : shape[1]], np.float32)


def _soften_edge(breast: BoolArray) -> FloatArray:
    """Weight 0-1 that ends the breast at its skin over about a detector pixel; air stays black."""
    eroded = ndimage.binary_erosion(breast, border_value=True)
    return np.asarray(ndimage.gaussian_filter(eroded.astype(np.float32), SKIN_SIGMA_PX) * breast)
