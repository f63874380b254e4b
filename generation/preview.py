"""A finding in a breast that is drawn already: to be seen at once, without the network.

A normal case's stored pixels are the base of every case that differs from it by findings alone. So
what a finding that acts as matter does is composed on them by the very functions that make the
case, in a window around it, and comes out pixel for pixel as the worker will make it. What acts on
the anatomy is drawn anew by the network, and is not to be had here. Numpy and scipy only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.anatomy.geometry import CANVAS_PX, PIXEL_MM, locate, project
from generation.anatomy.views import make_breast
from generation.lesions import REGISTRY, render_finding
from generation.lesions.effects import Effect, Scene, build_scenes
from generation.physics.composition import PlacedLayer, compose, find_reach
from generation.physics.layers import Layer
from generation.physics.look import GREY_LEVELS
from generation.placement import enlarge_map
from generation.spec import CaseSpec, LesionSpec

BoolArray = NDArray[np.bool_]
PixelArray = NDArray[np.uint16]
Window = tuple[slice, slice]
Pixel = TypeVar("Pixel", bound=np.generic)

MAP_STEP = round(MAP_PIXEL_MM / PIXEL_MM)


class NotAtOnceError(ValueError):
    """A finding that the network has to draw, or a base that is not what a case is made from."""


@dataclass(frozen=True)
class DrawnBreast:
    """Both views of one breast without findings, left orientation.

    Attributes:
        spec: the case, without findings.
        side: "left" or "right".
        scenes: by view ("cc", "mlo").
        pixels: by view, (2304, 1792) 12-bit.
    """

    spec: CaseSpec
    side: str
    scenes: Mapping[str, Scene]
    pixels: Mapping[str, PixelArray]


@dataclass(frozen=True)
class Patch:
    """The part of a view that a finding changes, as the stored image is oriented.

    Attributes:
        x, y: px of its upper left pixel.
        pixels: (h, w) 12-bit, with the finding.
        mask: (h, w) what a reader can see of it.
    """

    x: int
    y: int
    pixels: PixelArray
    mask: BoolArray


def is_at_once(kind: str) -> bool:
    """Whether findings of a kind act as matter alone, and can be seen without the network."""
    return not REGISTRY[kind].draws_anew


def open_breast(spec: CaseSpec, side: str, stored: Mapping[str, PixelArray]) -> DrawnBreast:
    """A breast of a normal case that was made before.

    Args:
        spec: what the case was made from.
        side: which breast.
        stored: its pixels by view ("cc", "mlo"), (2304, 1792), as stored.

    Raises:
        NotAtOnceError: if the case holds findings or was taken with less than the usual dose, so
            that its pixels are not what other findings would be laid into.
    """
    if spec.lesions or spec.dose != 1.0:
        raise NotAtOnceError("only a normal case of the usual dose is a base for other findings")
    breast = make_breast(spec, side)
    pixels = {view: _turn(image, side) for view, image in stored.items()}
    return DrawnBreast(spec, side, build_scenes(spec, side, breast), pixels)


def preview_finding(breast: DrawnBreast, lesion: LesionSpec) -> dict[str, Patch]:
    """What a finding changes, by the view ("cc", "mlo") that shows it.

    Args:
        breast: where it is laid.
        lesion: the finding, of the breast's side; that it can be made is the caller's to check.

    Raises:
        NotAtOnceError: if the network has to draw it.
    """
    spec = replace(breast.spec, lesions=(lesion,))
    scenes = {view: replace(scene, spec=spec) for view, scene in breast.scenes.items()}
    shown = render_finding(lesion, scenes=scenes, seed=spec.seed)
    patches = {}
    for view, effects in shown.items():
        layers = _take_layers(lesion, effects)
        placed = [PlacedLayer(layer, scenes[view].place(lesion)) for layer in layers]
        patch = _compose(scenes[view], breast.pixels[view], placed)
        if patch is not None:
            patches[view] = patch
    return patches


def move_to(
    breast: DrawnBreast, lesion: LesionSpec, view: str, point_px: tuple[float, float]
) -> LesionSpec:
    """The finding where a point of the stored image is; what the view cannot tell stays."""
    point = _mirror(breast.side, point_px)
    outline = breast.scenes[view].outline
    place = locate(point, outline, breast.spec, from_mm=lesion.position_mm)
    depth, lateral, superior = (round(float(value), 2) for value in place)
    return replace(lesion, depth_mm=depth, lateral_mm=lateral, superior_mm=superior)


def find_places(breast: DrawnBreast, lesion: LesionSpec) -> dict[str, tuple[float, float]]:
    """(x, y) px of the stored images, by view, at which the finding's centre falls."""
    return {
        view: _mirror(breast.side, project(lesion.position_mm, scene.outline, breast.spec))
        for view, scene in breast.scenes.items()
    }


def _take_layers(lesion: LesionSpec, effects: Sequence[Effect]) -> list[Layer]:
    layers = [effect for effect in effects if isinstance(effect, Layer)]
    if len(layers) < len(effects):
        raise NotAtOnceError(f"{REGISTRY[lesion.kind].label} is drawn by the network")
    return layers


def _compose(scene: Scene, pixels: PixelArray, placed: Sequence[PlacedLayer]) -> Patch | None:
    """The window around some layers with these in it; None where they lie off the image."""
    reach = find_reach(placed, CANVAS_PX)
    if reach is None:
        return None
    rows, columns = reach
    moved = [
        replace(part, centre_px=(round(x) - columns.start, round(y) - rows.start))
        for part in placed
        for x, y in [part.centre_px]
    ]
    base = pixels[reach]
    composed = compose(
        base.astype(np.float32) / np.float32(GREY_LEVELS - 1),
        moved,
        table=scene.table,
        coarse_grey=_enlarge_part(scene.anatomy.condition.coarse, reach),
        breast=scene.outline.mask(PIXEL_MM)[reach],
    )
    mask = np.any([found.mask for found in composed.findings], axis=0)
    x = columns.start if scene.side == "left" else CANVAS_PX[1] - columns.stop
    return Patch(x, rows.start, _turn(composed.pixels, scene.side), _turn(mask, scene.side))


def _enlarge_part(values: NDArray[np.float32], window: Window) -> NDArray[np.float32]:
    """A window (h, w) of a 0.2 mm map on the 0.1 mm canvas, as it lies in the whole."""
    rows, columns = (
        slice(max(part.start // MAP_STEP - 1, 0), -(-part.stop // MAP_STEP) + 1) for part in window
    )
    part = values[rows, columns]
    large = enlarge_map(part, (part.shape[0] * MAP_STEP, part.shape[1] * MAP_STEP))
    top, left = (
        part.start - kept.start * MAP_STEP
        for part, kept in zip(window, (rows, columns), strict=True)
    )
    height, width = (part.stop - part.start for part in window)
    return large[top : top + height, left : left + width]


def _turn(image: NDArray[Pixel], side: str) -> NDArray[Pixel]:
    """From the stored orientation to the left one, and back."""
    return image if side == "left" else np.ascontiguousarray(image[:, ::-1])


def _mirror(side: str, point_px: tuple[float, float]) -> tuple[float, float]:
    x, y = point_px
    return (x, y) if side == "left" else (CANVAS_PX[1] - 1 - x, y)
