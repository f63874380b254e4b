"""Faults of technique: what each does to its view, and that it does nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.geometry import CANVAS_PX, PIXEL_MM
from generation.anatomy.views import ViewAnatomy, make_breast
from generation.lesions import REGISTRY, render_finding
from generation.lesions.effects import AnatomyChange, Effect, ExposureChange, Scene, build_scenes
from generation.lesions.motion_blur import LEVELS, Motion, Smear
from generation.lesions.short_pectoral import SHORTEST_MM
from generation.lesions.under_exposure import Shortfall
from generation.physics.dose import draw_noise, noise_at_fat
from generation.physics.layers import Layer
from generation.physics.look import build_grey_table
from generation.placement import PlacedView, place_findings
from generation.spec import LesionSpec
from tests.generation.specs import make_group, make_lesion, make_spec

FAULTS = {
    ("motion_blur", "cc"): 0.8,
    ("motion_blur", "mlo"): 0.8,
    ("under_exposure", "cc"): 24.0,
    ("under_exposure", "mlo"): 24.0,
    ("short_pectoral", "mlo"): 40.0,
    ("nipple_out_of_profile", "cc"): 10.0,
    ("nipple_out_of_profile", "mlo"): 10.0,
}
SPEC = make_spec(seed=11, density="B")
TABLE = build_grey_table("standard", 55.0)
MOTION = Motion(direction=(0.6, 0.8), bow=0.2, share=0.8)


@cache
def scenes() -> dict[str, Scene]:
    return build_scenes(SPEC, "left", make_breast(SPEC, "left"))


def make_fault(kind: str, view: str, **changes: object) -> LesionSpec:
    fields: dict[str, object] = {
        "id": "t1",
        "kind": kind,
        "depth_mm": 13.0,
        "lateral_mm": 2.0,
        "superior_mm": -2.0,
        "size_mm": FAULTS[kind, view],
        "descriptors": {"view": view},
        "assessment": "1",
        "pathology": "none",
    }
    return make_lesion(**{**fields, **changes})


def render(kind: str, view: str, **changes: object) -> tuple[Effect, ...]:
    effects = render_finding(make_fault(kind, view, **changes), scenes=scenes(), seed=SPEC.seed)
    assert set(effects) == {view}
    return effects[view]


@cache
def texture() -> NDArray[np.float32]:
    noise = np.random.default_rng(1).standard_normal(CANVAS_PX, np.float32)
    noise = ndimage.gaussian_filter(noise, 3.0)
    return np.asarray(0.3 + 0.05 * noise / noise.std(), np.float32)


def draw_texture(anatomy: ViewAnatomy, area: NDArray[np.bool_] | None) -> NDArray[np.float32]:
    """A breast of noise in place of the network's."""
    return texture() * anatomy.outline.mask(PIXEL_MM)


def place(view: str, *lesions: LesionSpec) -> PlacedView:
    effects = [
        (lesion, render_finding(lesion, scenes=scenes(), seed=SPEC.seed)) for lesion in lesions
    ]
    shown = [(lesion, own[view]) for lesion, own in effects if view in own]
    return place_findings(scenes()[view], shown, draw_background=draw_texture)


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in FAULTS}))
def test_a_fault_is_no_lesion(kind: str) -> None:
    finding = REGISTRY[kind]
    rng = np.random.default_rng(0)
    assert (finding.group, finding.reads_as) == ("technique", None)
    assert finding.draw_words(rng, True) is None
    low, high = finding.size_mm
    for _ in range(20):
        words = finding.draw_words(rng, False)
        assert words is not None
        assert words["view"] in finding.values_of("view")
        assert (finding.assess(words), finding.malignancy(words)) == ("1", 0.0)
        assert low <= finding.draw_size(rng, words) <= high
        view = words["view"]
        assert all(said.endswith(".") for said in finding.teach(make_fault(kind, view)))
        make_spec(make_fault(kind, view)).validate()


@pytest.mark.parametrize(("kind", "view"), FAULTS)
def test_a_fault_shows_in_its_view_and_changes_its_support_alone(kind: str, view: str) -> None:
    placed = place(view, make_fault(kind, view))
    found = placed.findings["t1"]
    changed = placed.pixels != placed.base_pixels
    assert found.mask.any()
    assert not (found.mask & ~placed.breast).any()
    assert (changed & found.mask).sum() > 0.5 * found.mask.sum()
    assert not (changed & ~found.support).any()
    assert found.long_axis_mm > 0


def test_a_fault_is_the_same_again() -> None:
    first, again = (place("cc", make_fault("under_exposure", "cc")) for _ in range(2))
    assert np.array_equal(again.pixels, first.pixels)


def test_a_finding_in_a_spoilt_view_changes_nothing_but_its_own_support() -> None:
    blur, group = make_fault("motion_blur", "cc"), make_group(id="g1")
    both, alone = place("cc", group, blur), place("cc", blur)
    changed = both.pixels != alone.pixels
    assert changed.any()
    assert not (changed & ~both.findings["g1"].support).any()
    assert np.array_equal(both.base_pixels, alone.base_pixels)


@given(st.floats(0.3, 1.5), st.floats(-0.25, 0.25), st.floats(0.2, 1.0), st.floats(0.0, 2 * np.pi))
def test_a_path_is_as_long_as_it_says_and_keeps_the_light(
    length: float, bow: float, share: float, angle: float
) -> None:
    direction = (float(np.cos(angle)), float(np.sin(angle)))
    kernel = Motion(direction=direction, bow=bow, share=share).kernel(length)
    assert kernel.sum() == pytest.approx(1.0, abs=1e-4)
    assert kernel.min() >= 0
    y, x = np.argwhere(kernel > 0).T - len(kernel) // 2
    along = x * direction[0] + y * direction[1]
    assert np.ptp(along) * PIXEL_MM == pytest.approx(length, abs=0.3)
    rows, columns = np.mgrid[: len(kernel), : len(kernel)] - len(kernel) // 2
    assert abs((kernel * columns).sum()) < 0.01
    assert abs((kernel * rows).sum()) < 0.01


def make_smear(size_mm: float, reach: NDArray[np.float32]) -> Smear:
    kernels = tuple(MOTION.kernel(level * size_mm) for level in LEVELS)
    return Smear(kernels, reach, TABLE)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 89), st.integers(0, 79), st.floats(0.3, 1.5))
def test_smearing_reaches_no_further_than_it_says(row: int, column: int, size: float) -> None:
    grey = np.random.default_rng(2).uniform(0.2, 0.5, (90, 80)).astype(np.float32)
    reach = np.linspace(0.25, 1, 80, dtype=np.float32)[None, :].repeat(90, axis=0)
    smear = make_smear(size, reach)
    far = max(len(kernel) // 2 for kernel in smear.kernels)
    other = grey.copy()
    other[row, column] = 0.9
    first, second = (smear(image, np.random.default_rng(4)) for image in (grey, other))
    rows, columns = np.nonzero(first != second)
    assert rows.size
    assert max(np.abs(rows - row).max(), np.abs(columns - column).max()) <= far


def test_movement_takes_calcifications_and_leaves_masses() -> None:
    y, x = np.mgrid[:400, :400] - 200
    grain = 0.3 + 0.3 * np.exp(-(x**2 + y**2) / 2 / 1.5**2).astype(np.float32)
    mass = 0.3 + 0.3 * np.exp(-(x**2 + y**2) / 2 / 50.0**2).astype(np.float32)
    reach = np.ones((400, 400), np.float32)
    middle = np.s_[195:206, 195:206]
    left = []
    for size in (0.4, 0.8, 1.4):
        moved = make_smear(size, reach)(grain, np.random.default_rng(0))
        smooth = ndimage.gaussian_filter(moved, 1.0)
        left.append(float(smooth[middle].max() - 0.3) / 0.3)
        kept = make_smear(size, reach)(mass, np.random.default_rng(0))
        assert kept[middle].mean() == pytest.approx(float(mass[middle].mean()), abs=0.01)
    assert left == sorted(left, reverse=True)
    assert left[-1] < 0.45


def test_movement_keeps_the_detectors_noise() -> None:
    fat = 0.2
    exposure = TABLE.to_log_exposure(np.full((500, 500), fat, np.float32))
    grey = TABLE.to_grey(
        exposure + noise_at_fat() * draw_noise((500, 500), np.random.default_rng(1))
    )
    moved = make_smear(1.0, np.ones((500, 500), np.float32))(grey, np.random.default_rng(2))
    assert moved[20:-20, 20:-20].std() == pytest.approx(float(grey.std()), rel=0.25)


def test_movement_is_worst_at_the_chest_wall_and_below_in_the_oblique() -> None:
    (effect,) = render("motion_blur", "mlo")
    assert isinstance(effect, ExposureChange)
    rows, columns = np.nonzero(effect.mask)
    all_rows, all_columns = np.nonzero(effect.support)
    assert rows.mean() > all_rows.mean()
    assert columns.mean() < all_columns.mean()


def test_a_larger_shortfall_is_noisier_paler_and_flatter_in_gland() -> None:
    steps = np.concatenate(
        [np.full((100, 400), grey, np.float32) for grey in (0.0, 0.2, 0.55, 0.65)]
    )
    noise, pale, contrast = [], [], []
    for dose in (0.6, 0.3, 0.1):
        taken = Shortfall(dose, TABLE)(steps, np.random.default_rng(3))
        air, fat, gland, denser = (taken[100 * k : 100 * k + 100] for k in range(4))
        assert not air.any()
        exposure = [TABLE.to_log_exposure(part).std() for part in (fat, gland)]
        assert exposure[1] > exposure[0]
        noise.append(float(fat.std()))
        pale.append(float(fat.mean()))
        contrast.append(float(denser.mean() - gland.mean()))
    assert noise == sorted(noise)
    assert pale == sorted(pale)
    assert contrast == sorted(contrast, reverse=True)


def test_size_and_contrast_make_an_exposure_shorter() -> None:
    doses = []
    for size, contrast in ((12.0, 1.0), (24.0, 1.0), (24.0, 1.5)):
        (effect,) = render("under_exposure", "cc", size_mm=size, contrast=contrast)
        assert isinstance(effect, ExposureChange)
        assert isinstance(effect.expose, Shortfall)
        doses.append(effect.expose.dose)
    assert doses == sorted(doses, reverse=True)
    assert doses[0] == pytest.approx(np.exp(-0.64 * 1.2), rel=0.01)


def test_a_short_muscle_lacks_as_much_as_it_says() -> None:
    (effect,) = render("short_pectoral", "mlo")
    scene = scenes()["mlo"]
    assert isinstance(effect, AnatomyChange)
    assert effect.anatomy.condition is scene.anatomy.condition
    whole, outline = scene.outline, effect.anatomy.outline
    lacks = min(40.0, whole.pectoral_foot_mm - SHORTEST_MM)
    assert whole.pectoral_foot_mm - outline.pectoral_foot_mm == pytest.approx(lacks)
    assert outline.pectoral_top_mm < whole.pectoral_top_mm
    missing = scene.outline.pectoral(PIXEL_MM) - outline.pectoral(PIXEL_MM)
    assert missing[effect.mask].min() > 0
    areas = []
    for size in (20.0, 27.0, 35.0):
        (longer,) = render("short_pectoral", "mlo", size_mm=size)
        assert isinstance(longer, AnatomyChange)
        areas.append(int(longer.mask.sum()))
    assert areas == sorted(areas)


def test_the_nipple_leaves_the_outline_and_lies_over_the_breast() -> None:
    change, layer = render("nipple_out_of_profile", "cc")
    scene = scenes()["cc"]
    assert isinstance(change, AnatomyChange)
    assert isinstance(layer, Layer)
    assert change.anatomy.condition.nipple_xy == scene.anatomy.condition.nipple_xy
    before, after = (each.mask(PIXEL_MM) for each in (scene.outline, change.anatomy.outline))
    tip = np.flatnonzero(before.any(axis=0)).max()
    assert np.flatnonzero(after.any(axis=0)).max() < tip - 20
    assert not (before & ~after & ~change.support).any()
    placed = place("cc", make_fault("nipple_out_of_profile", "cc"))
    rows, columns = np.nonzero(placed.findings["t1"].mask)
    assert np.ptp(rows) * PIXEL_MM == pytest.approx(10.0, abs=2.0)
    x, y = placed.scene.place(make_fault("nipple_out_of_profile", "cc"))
    assert (columns.mean(), rows.mean()) == pytest.approx((x, y), abs=8)
    inside = placed.findings["t1"].mask
    assert placed.pixels[inside].mean() > placed.base_pixels[inside].mean() + 200


def test_a_stronger_nipple_is_denser() -> None:
    paths = []
    for contrast in (0.5, 1.0, 1.5):
        _, layer = render("nipple_out_of_profile", "cc", contrast=contrast)
        assert isinstance(layer, Layer)
        paths.append(float(layer.added.max()))
    assert paths == sorted(paths)
    assert paths[2] == pytest.approx(3 * paths[0], rel=0.01)


def test_right_breasts_mirror_the_fault() -> None:
    fault = replace(make_fault("short_pectoral", "mlo"), side="right")
    spec = make_spec(fault, seed=11)
    right = build_scenes(spec, "right", make_breast(spec, "right"))
    effects = render_finding(fault, scenes=right, seed=spec.seed)["mlo"]
    placed = place_findings(right["mlo"], [(fault, effects)], draw_background=draw_texture)
    shown = placed.oriented(placed.findings["t1"].mask)
    assert np.nonzero(shown)[1].mean() > CANVAS_PX[1] / 2
