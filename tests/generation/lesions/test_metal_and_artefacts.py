"""Clips, markers, deodorant and hair: their make, where they show, and no false truth."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist

from generation.anatomy.views import make_breast
from generation.lesions import REGISTRY
from generation.lesions.biopsy_marker import FORMS, draw_marker
from generation.lesions.clips import draw_clips
from generation.lesions.deodorant import draw_flecks
from generation.lesions.effects import Scene, build_scenes
from generation.physics.layers import Layer
from generation.placement import PlacedView, place_findings
from generation.plausibility import find_errors
from generation.spec import LesionSpec
from tests.generation.specs import make_lesion, make_spec

KINDS = ("clips", "biopsy_marker", "deodorant", "hair")
Scenes = dict[str, Scene]


def make_foreign(kind: str, **changes: object) -> LesionSpec:
    words = {"biopsy_marker": {"form": "ribbon"}, "hair": {"view": "cc"}}.get(kind, {})
    sizes = {"clips": 24.0, "biopsy_marker": 3.0, "deodorant": 30.0, "hair": 80.0}
    fields = {
        "kind": kind,
        "size_mm": sizes[kind],
        "descriptors": words,
        "count": 4 if kind == "clips" else None,
        "assessment": REGISTRY[kind].assess(words),
        "pathology": "benign" if kind in ("clips", "biopsy_marker") else "none",
    }
    return make_lesion(**{**fields, **changes})


@pytest.fixture(scope="module")
def scenes() -> Scenes:
    spec = make_spec()
    return build_scenes(spec, "left", make_breast(spec, "left"))


def place(scenes: Scenes, lesion: LesionSpec, seed: int = 3) -> dict[str, PlacedView]:
    """The finding on an even grey."""
    effects = REGISTRY[lesion.kind].render(lesion, scenes=scenes, rng=np.random.default_rng(seed))
    placed = {}
    for view, own in effects.items():
        grey = 0.25 * scenes[view].outline.mask(0.1).astype(np.float32)
        placed[view] = place_findings(
            scenes[view], [(lesion, own)], draw_background=lambda anatomy, area, grey=grey: grey
        )
    return placed


@pytest.mark.parametrize("kind", KINDS)
def test_they_are_no_finding_to_mark(kind: str) -> None:
    finding = REGISTRY[kind]
    assert finding.reads_as is None
    assert finding.draw_words(np.random.default_rng(0), True) is None
    words = finding.draw_words(np.random.default_rng(0), False)
    assert words is not None and finding.malignancy(words) == 0
    assert finding.assess(words) == ("1" if finding.group == "artefact" else "2")
    assert all(text.endswith(".") for text in finding.teach(make_foreign(kind)))
    assert find_errors(make_spec(make_foreign(kind))) == {}


@settings(
    max_examples=24, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(kind=st.sampled_from(KINDS), seed=st.integers(0, 2**31), share=st.floats(0, 1))
def test_any_size_renders_with_a_mask(scenes: Scenes, kind: str, seed: int, share: float) -> None:
    low, high = REGISTRY[kind].size_mm
    lesion = make_foreign(kind, size_mm=low + share * (high - low))
    effects = REGISTRY[kind].render(lesion, scenes=scenes, rng=np.random.default_rng(seed))
    again = REGISTRY[kind].render(lesion, scenes=scenes, rng=np.random.default_rng(seed))
    assert effects
    for view, own in effects.items():
        (layer,), (same,) = own, again[view]
        assert isinstance(layer, Layer) and isinstance(same, Layer)
        assert layer.mask.any() and (layer.support | ~layer.mask).all()
        assert np.array_equal(layer.added, same.added)


@pytest.mark.parametrize("kind", KINDS)
def test_the_mask_lies_in_the_breast_and_holds_what_changed_most(scenes: Scenes, kind: str) -> None:
    for view in place(scenes, make_foreign(kind)).values():
        found = view.findings["f1"]
        assert found.mask.any() and not (found.mask & ~view.breast).any()
        change = view.pixels.astype(int) - view.base_pixels
        assert change.max() > 40 and change.min() >= -1
        assert found.mask.ravel()[change.argmax()]
        assert not change[~found.support].any()


def test_metal_is_white_on_any_ground(scenes: Scenes) -> None:
    for kind in ("clips", "biopsy_marker"):
        views = place(scenes, make_foreign(kind))
        assert set(views) == {"cc", "mlo"}
        assert all(view.pixels.max() > 4000 for view in views.values())


def test_clips_are_of_one_make_and_as_far_apart_as_their_size(scenes: Scenes) -> None:
    for count in (2, 6):
        lesion = make_foreign("clips", count=count)
        group = draw_clips(np.random.default_rng(1), lesion, scenes)
        assert len(group.particles) == count
        assert len({particle.size_mm for particle in group.particles}) == 1
        assert 3.0 <= group.particles[0].size_mm <= 8.0
        assert pdist(group.positions_mm).max() == pytest.approx(lesion.size_mm, rel=1e-4)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_marker_has_its_size_and_differs_from_the_others(form: str) -> None:
    marker = draw_marker(np.random.default_rng(2), form, 3.0)
    few = marker.elements_mm[:: max(1, len(marker.elements_mm) // 2000)]
    assert pdist(few).max() == pytest.approx(3.0, rel=0.06)
    volume_mm3 = marker.volumes_mm3.sum()
    assert 0.05 < volume_mm3 < 1.0


def test_deodorant_lies_along_the_skin_of_the_axilla_in_the_oblique_alone(
    scenes: Scenes,
) -> None:
    lesion = make_foreign("deodorant")
    assert set(place(scenes, lesion)) == {"mlo"}
    scene = scenes["mlo"]
    group = draw_flecks(np.random.default_rng(0), lesion, scene)
    at = (scene.projection.to_image_mm(group.positions_mm) * 10 + scene.place(lesion)) / 10
    assert (at[:, 1] < 0.8 * scene.outline.apex_y_mm).all()
    under = scene.outline.skin_depth_mm(at[:, 1]) - at[:, 0]
    assert np.quantile(under, 0.05) > 0 and under.max() < 25.0
    assert np.ptp(at[:, 1]) <= lesion.size_mm + 0.5


def test_hair_is_thin_long_and_in_one_view(scenes: Scenes) -> None:
    for view in ("cc", "mlo"):
        placed = place(scenes, make_foreign("hair", descriptors={"view": view}))
        assert set(placed) == {view}
        found = placed[view].findings["f1"]
        area_mm2 = float(found.mask.sum()) * 0.01
        assert found.long_axis_mm > 15.0
        assert area_mm2 < 0.25 * found.long_axis_mm**2 + 60.0
        assert found.particles_px.shape == (0, 2)
