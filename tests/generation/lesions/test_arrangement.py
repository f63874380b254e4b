"""Where particles lie: exact counts and extents, inside the breast, as the name says."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import ndimage
from scipy.spatial.distance import pdist

from generation.anatomy.views import make_breast
from generation.lesions.calcification_group import draw_group
from generation.lesions.calcification_words import PAIRS
from generation.lesions.effects import Scene, build_scenes
from generation.lesions.matter.arrangement import find_room
from generation.lesions.matter.particle_layer import Group
from generation.lesions.matter.projection import build_projection
from generation.spec import LesionSpec
from tests.generation.specs import make_group, make_spec

PROJECTIONS = {view: build_projection(view, 45.0) for view in ("cc", "mlo")}
OCCURRING = [(shape, place) for shape, places in PAIRS.items() for place in places]
Scenes = dict[str, Scene]


def make_calcifications(
    morphology: str = "fine_pleomorphic",
    distribution: str = "grouped",
    size_mm: float = 10.0,
    count: int = 12,
    **changes: float,
) -> LesionSpec:
    return make_group(
        size_mm=size_mm,
        count=count,
        descriptors={"morphology": morphology, "distribution": distribution},
        **changes,
    )


def draw(lesion: LesionSpec, seed: int = 0, scenes: Scenes | None = None) -> Group:
    return draw_group(np.random.default_rng(seed), lesion, PROJECTIONS, scenes)


@pytest.fixture(scope="module")
def scenes() -> Scenes:
    spec = make_spec()
    return build_scenes(spec, "left", make_breast(spec, "left"))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 2**31),
    size=st.floats(3, 60),
    count=st.integers(1, 60),
    words=st.sampled_from(OCCURRING),
)
def test_count_and_extent_are_exact(
    scenes: Scenes, seed: int, size: float, count: int, words: tuple[str, str]
) -> None:
    group = draw(make_calcifications(*words, size, count), seed, scenes)
    assert len(group.particles) == len(group.positions_mm) == count
    assert np.isfinite(group.positions_mm).all()
    if count > 1:
        # The skin is curved: what lies on it keeps its extent less exactly.
        exact = 0.03 if words[0] == "skin" else 1e-3
        assert pdist(group.positions_mm).max() == pytest.approx(size, rel=exact)


def test_two_hundred_particles_in_three_millimetres(scenes: Scenes) -> None:
    group = draw(make_calcifications("amorphous", "grouped", 3.0, 200), 1, scenes)
    assert len(group.particles) == 200
    assert pdist(group.positions_mm).max() == pytest.approx(3.0, rel=1e-3)


@pytest.mark.parametrize("morphology", ["round", "amorphous", "large_rod_like"])
def test_diffuse_ones_lie_inside_the_breast_in_both_views(scenes: Scenes, morphology: str) -> None:
    for depth_mm, size_mm in ((45.0, 130.0), (5.0, 70.0)):
        lesion = make_calcifications(morphology, "diffuse", size_mm, 60, depth_mm=depth_mm)
        group = draw(lesion, 3, scenes)
        assert find_room(lesion, scenes)(group.positions_mm).all()
        for scene in scenes.values():
            at = scene.projection.to_image_mm(group.positions_mm) * 10 + scene.place(lesion)
            column, row = np.rint(at).astype(int).T
            assert scene.outline.mask(0.1)[row, column].all()
        # All over it: no eighth of the spread is left without one.
        spread = group.positions_mm[:, 1]
        assert len(set(np.floor(8 * (spread - spread.min()) / np.ptp(spread)).astype(int))) >= 8


def test_a_spread_wider_than_the_breast_is_held_to_it() -> None:
    spec = make_spec(width_mm=120.0, depth_mm=50.0)
    scenes = build_scenes(spec, "left", make_breast(spec, "left"))
    lesion = make_calcifications("round", "diffuse", 110.0, 40, depth_mm=25.0)
    group = draw(lesion, 3, scenes)
    assert 60.0 < pdist(group.positions_mm).max() <= 110.1
    assert find_room(lesion, scenes)(group.positions_mm).all()


def test_skin_calcifications_lie_in_the_skin_of_one_view(scenes: Scenes) -> None:
    for seed, place in enumerate(((45.0, 12.0, 5.0), (30.0, -20.0, 30.0), (60.0, 40.0, -10.0))):
        depth_mm, lateral_mm, superior_mm = place
        lesion = make_calcifications(
            "skin",
            "grouped",
            8.0,
            10,
            depth_mm=depth_mm,
            lateral_mm=lateral_mm,
            superior_mm=superior_mm,
        )
        group = draw(lesion, seed, scenes)
        insets = {}
        for view, scene in scenes.items():
            under = ndimage.distance_transform_edt(scene.outline.mask(0.2)) * 0.2
            at = scene.projection.to_image_mm(group.positions_mm) * 5 + (
                np.array(scene.place(lesion)) / 2
            )
            column, row = np.rint(at).astype(int).T
            insets[view] = under[row, column]
        edge_on, flat = sorted(insets.values(), key=np.max)
        assert 0.2 < edge_on.min() and edge_on.max() < 2.5
        assert flat.min() > 0


def test_linear_is_thin_and_segmental_points_to_the_nipple() -> None:
    linear = draw(make_calcifications(distribution="linear", size_mm=20.0, count=24))
    grouped = draw(make_calcifications(distribution="grouped", size_mm=20.0, count=24))

    def thinness(group: Group) -> float:
        spread = np.linalg.eigvalsh(np.cov(group.positions_mm.T))
        return float(np.sqrt(spread[1] / spread[2]))

    assert thinness(linear) < 0.25 < thinness(grouped)
    widths: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(6):
        wedge = draw(make_calcifications(distribution="segmental", size_mm=20.0, count=30), seed)
        towards = wedge.positions_mm[:, 0] < 0  # the nipple lies at lower depth
        for near in (True, False):
            widths[near].append(float(np.std(wedge.positions_mm[towards == near][:, 1:])))
    assert np.mean(widths[True]) < 0.8 * np.mean(widths[False])


def test_segments_and_lines_point_to_the_nipple() -> None:
    for distribution in ("linear", "segmental"):
        lesion = make_calcifications(distribution=distribution, size_mm=24.0, count=30)
        agreed = []
        for seed in range(6):
            places = draw(lesion, seed).positions_mm
            axis = np.linalg.eigh(np.cov(places.T))[1][:, 2]
            to_nipple = np.array(lesion.position_mm) / np.linalg.norm(lesion.position_mm)
            agreed.append(abs(float(axis @ to_nipple)))
        assert np.mean(agreed) > 0.9


def test_a_vessel_winds_and_its_plaques_follow_it() -> None:
    group = draw(make_calcifications("vascular", "linear", 50.0, 16), 4)
    along = group.positions_mm[-1] - group.positions_mm[0]
    share = (group.positions_mm - group.positions_mm[0]) @ along / (along @ along)
    assert (np.diff(share) > 0).all()
    aside = group.positions_mm - group.positions_mm[0] - share[:, None] * along
    assert 0.5 < np.linalg.norm(aside, axis=1).max() < 20.0
    assert group.around and len(group.around) == len(group.around_mm)
