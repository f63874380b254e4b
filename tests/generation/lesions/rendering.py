"""Rendering of single findings as layers, in scenes made once."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from generation.anatomy.views import make_breast
from generation.lesions import render_finding
from generation.lesions.effects import Scene, build_scenes
from generation.physics.layers import Layer
from generation.spec import LesionSpec
from tests.generation.specs import make_lesion, make_spec


@cache
def make_scenes() -> dict[str, Scene]:
    """Both views of one left breast."""
    spec = make_spec()
    return build_scenes(spec, "left", make_breast(spec, "left"))


def render_kind(
    kind: str, words: Mapping[str, str], *, size_mm: float, contrast: float = 1.0, seed: int = 1
) -> dict[str, Layer]:
    """The one layer of a finding by view."""
    lesion = make_lesion(
        kind=kind, size_mm=size_mm, contrast=contrast, descriptors=dict(words), assessment="2"
    )
    return render_lesion(lesion, seed=seed)


def render_lesion(lesion: LesionSpec, *, seed: int = 1) -> dict[str, Layer]:
    """The one layer of this finding by view."""
    layers: dict[str, Layer] = {}
    for view, effects in render_finding(lesion, scenes=make_scenes(), seed=seed).items():
        (layer,) = effects
        assert isinstance(layer, Layer)
        layers[view] = layer
    return layers


def check_layer(layer: Layer) -> None:
    """What holds for every layer: finite, odd, mask not empty and inside the support."""
    height, width = layer.added.shape
    assert height % 2 == width % 2 == 1
    assert np.isfinite(layer.added).all()
    assert np.isfinite(layer.displaced_cm).all()
    assert layer.mask.any()
    assert not (layer.mask & ~layer.support).any()
    assert not (layer.support[0].any() or layer.support[-1].any())
    assert not (layer.support[:, 0].any() or layer.support[:, -1].any())
