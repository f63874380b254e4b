"""Searches find what was planted, where and how it lies, and how alike by chance the rest is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.auditing.feature_search import FeatureSearch
from generation.auditing.image_search import ImageSearch
from generation.auditing.matches import Match
from generation.auditing.neighbours import Neighbours, TrainingSet, take_coarse
from generation.auditing.patch_search import PatchSearch, sum_boxes
from generation.auditing.places import choose_places, cover_places, cut
from generation.auditing.poses import POSES, name_pose, pose
from generation.auditing.surroundings import correlate_surroundings
from generation.auditing.texture import Scale, Texture, level_contrast, take_texture
from tests.generation.auditing.tissue import make_breast, make_texture

EDGE = 24


def search_of(count: int, size: tuple[int, int] = (90, 70)) -> PatchSearch:
    search = PatchSearch(EDGE, pixel_mm=0.4)
    for seed in range(count):
        search.add(f"image {seed}", make_texture(seed, size))
    return search


def unpose(image: np.ndarray, number: int) -> np.ndarray:
    """What `pose` lays back onto the image."""
    return np.rot90(image[::-1] if number % 2 else image, -(number // 2))


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2),
    row=st.integers(0, 90 - EDGE),
    column=st.integers(0, 70 - EDGE),
    number=st.sampled_from(POSES),
)
def test_a_patch_is_found_wherever_and_however_it_lies(
    seed: int, row: int, column: int, number: int
) -> None:
    own = cut(make_texture(seed, (90, 70)).values, (row, column), EDGE)
    match = search_of(3).find(unpose(own, number))
    assert match.name == f"image {seed}"
    assert match.distance < 1e-4
    assert match.at_mm == pytest.approx((0.4 * row, 0.4 * column))
    assert match.pose == number


def test_the_distance_is_one_less_pearsons_correlation_of_the_best_place() -> None:
    patch, values = make_texture(99, (EDGE, EDGE)).values, make_texture(0, (90, 70)).values
    windows = np.lib.stride_tricks.sliding_window_view(values, (EDGE, EDGE)).reshape(-1, EDGE**2)
    windows = windows - windows.mean(axis=1, keepdims=True)
    windows = windows / np.linalg.norm(windows, axis=1, keepdims=True)
    posed = np.stack([pose(patch, number).ravel() for number in POSES])
    posed = posed - posed.mean(axis=1, keepdims=True)
    correlation = windows @ (posed / np.linalg.norm(posed, axis=1, keepdims=True)).T
    place, number = np.unravel_index(correlation.argmax(), correlation.shape)
    match = search_of(1).find(patch)
    assert 1 - match.distance == pytest.approx(correlation.max(), abs=1e-4)
    row, column = np.unravel_index(place, (90 - EDGE + 1, 70 - EDGE + 1))
    assert match.at_mm == pytest.approx((0.4 * row, 0.4 * column))
    assert match.pose == number


def test_contrast_and_brightness_do_not_matter_noise_costs_little() -> None:
    own = cut(make_texture(1, (90, 70)).values, (20, 30), EDGE)
    search = search_of(3)
    assert search.find(0.3 * own + 5).distance < 1e-3
    noisy = own + np.random.default_rng(0).normal(0, 0.3 * own.std(), own.shape).astype(np.float32)
    assert (
        search.find(noisy).distance
        < 0.1
        < search.find(make_texture(50, (EDGE, EDGE)).values).distance
    )


def test_no_patch_lies_outside_the_breast() -> None:
    texture = make_texture(0, (90, 70))
    inside = np.zeros_like(texture.inside)
    inside[:, :40] = True
    search = PatchSearch(EDGE, pixel_mm=0.4)
    search.add("half", Texture(texture.values, inside))
    assert search.find(cut(texture.values, (10, 44), EDGE)).distance > 0.1
    assert search.find(cut(texture.values, (10, 10), EDGE)).distance < 1e-4


def test_what_cannot_be_searched_is_refused() -> None:
    with pytest.raises(ValueError, match="flat"):
        search_of(1).find(np.ones((EDGE, EDGE), np.float32))
    small = PatchSearch(EDGE, pixel_mm=0.4)
    small.add("too small", make_texture(0, (EDGE - 1, 50)))
    with pytest.raises(ValueError, match="no training image"):
        small.find(make_texture(1, (EDGE, EDGE)).values)


@pytest.mark.parametrize("number", [0, 1, 4, 5])
def test_a_whole_image_is_found_shifted_and_flipped(number: int) -> None:
    search = ImageSearch(pixel_mm=1.6)
    for seed in range(3):
        search.add(f"image {seed}", make_texture(seed, (60, 40)))
    own = make_texture(1, (60, 40))
    moved = np.pad(own.values, ((7, 3), (2, 9)))
    inside = np.pad(own.inside, ((7, 3), (2, 9)))
    match = search.find(Texture(unpose(moved, number), unpose(inside, number)))
    assert (match.name, match.pose) == ("image 1", number)
    assert match.distance < 1e-4
    assert match.at_mm == pytest.approx((0, 0))


def test_part_of_an_image_is_found_and_measured_over_what_is_shared() -> None:
    search = ImageSearch(pixel_mm=1.6)
    own = make_texture(1, (60, 40))
    search.add("own", own)
    match = search.find(Texture(own.values[12:], own.inside[12:]))
    assert match.distance < 1e-4
    assert match.at_mm == pytest.approx((12 * 1.6, 0))
    assert search.find(make_texture(9, (60, 40))).distance > 0.5


def test_an_image_without_breast_has_no_neighbour() -> None:
    search = ImageSearch(pixel_mm=1.6)
    empty = Texture(np.zeros((9, 9), np.float32), np.zeros((9, 9), bool))
    search.add("empty", empty)
    assert search.images == []
    with pytest.raises(ValueError, match="without breast"):
        search.find(empty)


def test_features_find_a_patch_in_any_pose() -> None:
    def extract(patches: np.ndarray) -> np.ndarray:
        small = patches[:, ::32, ::32].reshape(len(patches), -1)
        return np.asarray(small, np.float64)

    search = FeatureSearch(extract)
    images = {seed: make_breast(seed) for seed in range(2)}
    for seed, breast in images.items():
        search.add(f"image {seed}", breast.grey, breast.inside)
    name, place = search.places[len(search.places) // 2]
    own = cut(images[int(name[-1])].grey, place, 256)
    found, other = search.find(np.stack([unpose(own, 3), make_breast(9).grey[300:556, 100:356]]))
    assert (found.name, found.pose) == (name, 3)
    assert found.distance < 1e-3 < other.distance


@pytest.mark.parametrize("number", [0, 3])
def test_surroundings_tell_a_copy_from_a_chance_likeness(number: int) -> None:
    training = make_texture(1, (120, 120))
    query = Texture(unpose(training.values, number), training.inside)
    search = PatchSearch(EDGE, pixel_mm=0.4)
    search.add("own", training)
    match = search.find(cut(query.values, (40, 50), EDGE))
    around = {"edge_px": EDGE, "pixel_mm": 0.4}
    copied = correlate_surroundings(query, (40, 50), training, match, **around)
    assert copied == pytest.approx(1, abs=1e-3)
    stranger = make_texture(7, (120, 120))
    match = search.find(cut(stranger.values, (40, 50), EDGE))
    by_chance = correlate_surroundings(stranger, (40, 50), training, match, **around)
    assert by_chance is not None and abs(by_chance) < 0.15
    alone = Texture(stranger.values, np.zeros_like(stranger.inside))
    assert correlate_surroundings(alone, (40, 50), training, match, **around) is None


def test_surroundings_past_the_edge_do_not_count() -> None:
    training = make_texture(1, (60, 60))
    match = Match(0.0, "own", 0, (0.0, 0.0))
    shared = correlate_surroundings(training, (0, 0), training, match, edge_px=EDGE, pixel_mm=0.4)
    assert shared == pytest.approx(1, abs=1e-6)


def test_places_lie_inside_and_apart_and_repeat() -> None:
    inside = make_breast(0).inside[::4, ::4]
    places = choose_places(inside, edge_px=64, count=4, rng=np.random.default_rng(3))
    assert places == choose_places(inside, edge_px=64, count=4, rng=np.random.default_rng(3))
    assert len(places) == 4
    for number, (row, column) in enumerate(places):
        assert inside[row : row + 64, column : column + 64].mean() >= 0.95
        others = places[:number]
        assert all(max(abs(row - r), abs(column - c)) > 32 for r, c in others)
    assert choose_places(inside[:40], edge_px=64, count=4, rng=np.random.default_rng(3)) == []
    covered = cover_places(inside, edge_px=64, step_px=32)
    assert covered and all(row % 32 == 0 and column % 32 == 0 for row, column in covered)


def test_sums_of_boxes() -> None:
    values = np.random.default_rng(0).random((9, 7))
    assert sum_boxes(values, 3)[2, 4] == pytest.approx(values[2:5, 4:7].sum())
    assert sum_boxes(values, 3).shape == (7, 5)


def test_texture_has_neither_outline_nor_coarse_tissue() -> None:
    breast = make_breast(0)
    slope = np.linspace(0, 0.3, breast.grey.shape[0], dtype=np.float32)[:, None]
    scale = Scale(factor=4, coarse_mm=1.2)
    plain = take_texture(breast.grey, breast.inside, scale)
    sloped = take_texture(np.where(breast.inside, breast.grey + slope, 0), breast.inside, scale)
    assert (plain.values[~plain.inside] == 0).all()
    difference = (sloped.values - plain.values)[plain.inside]
    assert difference.std() < 0.1 * plain.values[plain.inside].std()
    assert np.abs(plain.values).max() < 0.45


def test_every_pose_has_a_name_of_its_own() -> None:
    assert len({name_pose(number) for number in POSES}) == 8
    assert name_pose(0) == "upright"


def test_a_bright_line_alone_makes_no_two_images_alike() -> None:
    textures = [make_texture(seed, (90, 90)) for seed in (1, 2)]
    for texture in textures:
        texture.values[44:46] += 8 * texture.values.std()
    plain, levelled = (
        np.corrcoef(*(each.values.ravel() for each in pair))[0, 1]
        for pair in (
            textures,
            [level_contrast(each, wide_mm=3.2, pixel_mm=0.4) for each in textures],
        )
    )
    assert plain > 0.5
    assert levelled < 0.5 * plain


def test_levelling_leaves_a_copy_a_copy_whatever_its_contrast() -> None:
    texture = make_texture(1, (90, 90))
    faded = Texture(texture.values * np.linspace(0.2, 2, 90, dtype=np.float32), texture.inside)
    ours, theirs = (
        level_contrast(each, wide_mm=3.2, pixel_mm=0.4).values for each in (texture, faded)
    )
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.98
    assert abs(ours).max() <= 3


def test_too_little_breast_is_searched_by_patches_alone() -> None:
    breast = make_breast(0)
    inside = breast.inside.copy()
    inside[400:] = False
    assert take_coarse(breast) is not None
    assert take_coarse(replace(breast, inside=inside)) is None
    known = TrainingSet(None)
    known.add(breast)
    found = Neighbours()
    known.look(replace(breast, inside=inside), found, patches=2, rng=np.random.default_rng(0))
    assert found.images == [] and len(found.patches) == 2
