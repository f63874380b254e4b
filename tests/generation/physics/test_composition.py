"""A finding changes its support and nothing else; taking it away gives the base back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from generation.physics import Layer, PlacedLayer, build_grey_table, compose, quantise
from generation.physics.composition import support_weight
from tests.generation.specs import make_group, make_lesion, render_layers

SPICULATED = make_lesion(
    size_mm=7.0,
    descriptors={"shape": "irregular", "margin": "spiculated", "density": "high"},
    assessment="5",
    pathology="malignant",
)
LAYERS = {
    "mass": render_layers(make_lesion(size_mm=7.0), views=["left_cc"], seed=1, mlo_angle_deg=45.0),
    "spiculated": render_layers(SPICULATED, views=["left_cc"], seed=1, mlo_angle_deg=45.0),
    "group": render_layers(make_group(size_mm=6.0), views=["left_cc"], seed=1, mlo_angle_deg=45.0),
}
TABLE = build_grey_table("standard", 50.0)


def make_base(seed: int = 0) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0.0, 1.0, (300, 260)).astype(np.float32)


@settings(max_examples=25, deadline=None)
@given(
    name=st.sampled_from(sorted(LAYERS)),
    x=st.integers(0, 259),
    y=st.integers(0, 299),
    seed=st.integers(0, 5),
)
def test_outside_the_support_every_bit_is_the_bases(name: str, x: int, y: int, seed: int) -> None:
    base = make_base(seed)
    placed = PlacedLayer(LAYERS[name]["left_cc"], (x, y))
    made = compose(base, [placed], table=TABLE, coarse_grey=np.full_like(base, 0.3))
    (found,) = made.findings
    assert np.array_equal(made.base_pixels, quantise(base))
    assert np.array_equal(made.pixels[~found.support], made.base_pixels[~found.support])
    assert found.centre_px == (x, y)
    assert made.pixels.max() <= 4095


def test_two_findings_leave_what_neither_touches() -> None:
    base = make_base()
    layers = [
        PlacedLayer(LAYERS["mass"]["left_cc"], (100, 120)),
        PlacedLayer(LAYERS["group"]["left_cc"], (130, 140)),
    ]
    both = compose(base, layers, table=TABLE, coarse_grey=base)
    alone = compose(base, layers[:1], table=TABLE, coarse_grey=base)
    outside = ~both.findings[1].support
    assert np.array_equal(both.pixels[outside], alone.pixels[outside])
    assert not np.array_equal(both.pixels, alone.pixels)


def test_no_finding_gives_the_base() -> None:
    base = make_base()
    made = compose(base, [], table=TABLE, coarse_grey=base)
    assert np.array_equal(made.pixels, made.base_pixels)
    assert made.findings == ()


def test_nothing_changes_outside_the_breast() -> None:
    base = make_base()
    breast = np.zeros(base.shape, bool)
    breast[:, :100] = True
    placed = PlacedLayer(LAYERS["mass"]["left_cc"], (100, 150))
    made = compose(base, [placed], table=TABLE, coarse_grey=base, breast=breast)
    assert np.array_equal(made.pixels[~breast], made.base_pixels[~breast])
    assert not made.findings[0].mask[~breast].any()
    assert (made.pixels != made.base_pixels).any()


def test_a_mass_brightens_fat_more_than_dense_tissue() -> None:
    layer = LAYERS["mass"]["left_cc"]
    gains = []
    for grey in (0.2, 0.62):
        base = np.full((300, 260), grey, np.float32)
        made = compose(base, [PlacedLayer(layer, (130, 150))], table=TABLE, coarse_grey=base)
        gains.append(int(made.pixels[150, 130]) - int(made.base_pixels[150, 130]))
    assert gains[0] > gains[1] > 0


def test_weight_is_zero_outside_and_one_deep_inside() -> None:
    support = np.zeros((40, 40), bool)
    support[10:30, 10:30] = True
    weight = support_weight(support)
    assert np.array_equal(weight > 0, support)
    assert weight[20, 20] == 1.0
    assert 0 < weight[10, 20] < 1


def test_mirrored_layers_compose_to_the_mirrored_image() -> None:
    base = make_base()[:, :259]
    layer: Layer = LAYERS["spiculated"]["left_cc"]
    one = compose(base, [PlacedLayer(layer, (90, 150))], table=TABLE, coarse_grey=base)
    flipped = np.ascontiguousarray(base[:, ::-1])
    other = compose(
        flipped, [PlacedLayer(layer.mirrored(), (258 - 90, 150))], table=TABLE, coarse_grey=flipped
    )
    assert np.array_equal(one.pixels, other.pixels[:, ::-1])


def test_bad_arguments_are_refused() -> None:
    base = make_base()
    with pytest.raises(ValueError, match="shape"):
        compose(base, [], table=TABLE, coarse_grey=base[1:])
    placed = PlacedLayer(LAYERS["mass"]["left_cc"], (-900, 0))
    with pytest.raises(ValueError, match="off the canvas"):
        compose(base, [placed], table=TABLE, coarse_grey=base)
