"""A lymph node in 3D: a bean of cortex around a fatty hilum, with the vessel that enters it.

The cortex is soft tissue without fat, as muscle is; the hilum is fat that reaches the surface
in a notch. Seen side-on the notch shows, seen along its axis a dark middle: one body gives both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.lesions.matter.body import (
    Body,
    Matter,
    half_size,
    make_layer,
    outline,
    project_body,
    smoothstep,
)
from generation.lesions.matter.projection import Projection
from generation.lesions.matter.spicules import Segments, project_spicules
from generation.lesions.matter.surface import (
    draw_log_radius,
    draw_rotation,
    grid_directions,
    scale_surface,
)
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer

FloatArray = NDArray[np.float32]

PIXEL_MM = 0.1
EDGE_SHARE = 0.04
NOTCH_WIDTH = 0.55
VESSEL_GLANDULARITY = 1.38
VESSEL_STEPS = 70


@dataclass(frozen=True)
class NodeForm:
    """How a node is built.

    Attributes:
        axes: semi-axes relative to the longest.
        glandularity: of the cortex.
        hilum: size of the fatty hilum relative to the node, 0-1; 0 where it is lost.
        notch: depth of the notch as a share of the radius.
        edge_share: width of the edge as a share of the radius.
        unevenness: log-radius deviation of the surface.
    """

    axes: tuple[float, float, float]
    glandularity: float
    hilum: float
    notch: float
    edge_share: float = EDGE_SHARE
    unevenness: float = 0.03


@dataclass(frozen=True)
class Node:
    """A node, and its vessel where one is drawn."""

    body: Body
    vessel: Segments | None


def draw_node(
    rng: np.random.Generator, form: NodeForm, *, size_mm: float, vessel_mm: float
) -> Node:
    """A node whose largest diameter is `size_mm`, with a vessel of this length (0: none)."""
    streams = rng.spawn(3)
    directions = grid_directions()
    turn = draw_rotation(streams[0], tilt_deg=45.0)
    local = directions @ turn.T
    axes = np.array(form.axes, np.float32)
    radius = 1.0 / np.linalg.norm(local / axes, axis=-1)
    radius = radius * np.exp(draw_log_radius(streams[1], sigma=form.unevenness))
    away = np.arccos(np.clip(local[..., 1], -1, 1))
    radius = radius * (1 - form.notch * np.exp(-((away / NOTCH_WIDTH) ** 2)))
    surface = scale_surface(np.asarray(radius, np.float32), size_mm=size_mm)
    body = Body(surface, _fill_node(form, turn, size_mm), edge_share=form.edge_share)
    vessel = None
    if vessel_mm > 0:
        start = turn[1] * surface.radius_along(turn[1:2])[0] * np.float32(0.8)
        vessel = _draw_vessel(streams[2], start, turn[1], vessel_mm)
    return Node(body, vessel)


def _fill_node(form: NodeForm, turn: FloatArray, size_mm: float) -> Matter:
    """Cortex with fat in the middle, off-centre towards the notch."""
    semi = np.array(form.axes, np.float32) * np.float32(form.hilum * size_mm / 2)
    centre = np.array([0.0, (1 - form.hilum) * form.axes[1] * size_mm / 2, 0.0], np.float32)

    def fill(points: FloatArray, relative: FloatArray) -> FloatArray:
        if form.hilum == 0:
            return np.full(len(points), form.glandularity, np.float32)
        away = np.linalg.norm((points @ turn.T - centre) / semi, axis=1)
        fat = smoothstep(np.asarray((1.12 - away) / 0.24, np.float32))
        return np.asarray(form.glandularity * (1 - fat), np.float32)

    return fill


def _draw_vessel(
    rng: np.random.Generator, start: FloatArray, toward: FloatArray, length_mm: float
) -> Segments:
    """A winding vessel that leaves the hilum and thins out into the tissue."""
    # Vessels run back towards the chest wall and the axilla: along depth.
    heading = toward + np.array([1.2, 0.0, 0.0]) * rng.choice([-0.6, 1.0]) * rng.uniform(0.5, 1.2)
    heading = heading / np.linalg.norm(heading)
    bends = rng.normal(0.0, 1.0, (2, 3)) * 0.5
    share = np.linspace(0.0, 1.0, VESSEL_STEPS + 1)[:, None]
    waves = bends[0] * np.sin(np.pi * share) + bends[1] * np.sin(2 * np.pi * share) * 0.5
    # It sets out square to the surface and swings into its course.
    course = toward * share * (1 - share) ** 2 + heading * share + 0.25 * waves * share
    points = start + length_mm * course
    calibre = rng.uniform(0.55, 0.95) * (1 - share[:-1, 0]) ** 0.6
    return Segments(
        start=np.asarray(points[:-1], np.float32),
        end=np.asarray(points[1:], np.float32),
        radius_mm=np.asarray(calibre + 0.05, np.float32),
    )


def project_node(node: Node, projection: Projection, *, contrast: float) -> Layer:
    """One view of a node as a layer; its vessel is no part of the mask."""
    reach = node.body.reach_mm
    if node.vessel is not None:
        reach = max(reach, float(np.linalg.norm(node.vessel.end, axis=1).max()))
    half = half_size(reach, PIXEL_MM)
    paths = project_body(node.body, projection, half_px=half, pixel_mm=PIXEL_MM)
    path, gland = (blur_and_sample(part, pixel_mm=PIXEL_MM, factor=1) for part in paths)
    mask = outline(path)
    if node.vessel is not None:
        vessel = project_spicules(
            node.vessel, node.body.surface, projection, half_px=half, pixel_mm=PIXEL_MM
        )
        vessel = blur_and_sample(vessel, pixel_mm=PIXEL_MM, factor=1) / np.float32(10.0)
        path, gland = path + vessel, gland + VESSEL_GLANDULARITY * vessel
    return make_layer(path, gland, mask=mask, contrast=contrast, pixel_mm=PIXEL_MM)
