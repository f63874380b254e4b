"""Patches lie in plain tissue, spread out, and in the same places for the same seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.evaluation.tissue import (
    CROP_PX,
    PATCH_PX,
    SKIN_STEPS,
    TissueSet,
    choose_corners,
    cut_crop,
    measure_skin,
    sample_tissue,
)
from tests.generation.evaluation.pictures import draw_breast, make_set


def choose(usable: np.ndarray, count: int = 6, seed: int = 0) -> tuple[tuple[int, int], ...]:
    return choose_corners(usable, count=count, rng=np.random.default_rng(seed))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_patches_lie_wholly_in_usable_tissue(seed: int, count: int) -> None:
    y, x = np.mgrid[:700, :600]
    usable = (x / 560) ** 2 + ((y - 350) / 330) ** 2 < 1
    corners = choose(usable, count, seed)
    assert len(corners) == count == len(set(corners))
    assert all(usable[y : y + PATCH_PX, x : x + PATCH_PX].all() for y, x in corners)
    assert corners == choose(usable, count, seed)


def test_patches_are_spread() -> None:
    corners = np.array(choose(np.ones((1100, 1100), bool), 9))
    away = np.abs(corners[:, None] - corners[None]).max(axis=2) + 9999 * np.eye(9, dtype=int)
    assert np.median(away.min(axis=1)) > 150


def test_no_room_and_too_small() -> None:
    assert choose(np.zeros((600, 600), bool)) == ()
    assert choose(np.ones((200, 600), bool)) == ()
    only = np.zeros((300, 300), bool)
    only[: PATCH_PX + 8, : PATCH_PX + 8] = True
    assert 1 <= len(choose(only, 50)) <= 4


def sample(grey: np.ndarray, blocked: np.ndarray, **changes: object) -> object:
    given_ = {
        "name": "a",
        "view": "cc",
        "group": 3,
        "density": None,
        "with_lesions": False,
        "count": 4,
        "rng": np.random.default_rng(1),
    }
    return sample_tissue(grey, blocked, **{**given_, **changes})  # type: ignore[arg-type]


def test_a_lesion_is_in_no_patch() -> None:
    grey = draw_breast()
    blocked = np.zeros(grey.shape, bool)
    blocked[430:470, 100:200] = True
    image = sample(grey, blocked)
    assert image is not None
    assert image.patches.shape == (4, PATCH_PX, PATCH_PX)
    for number, (y, x) in enumerate(image.corners):
        assert not blocked[y : y + PATCH_PX, x : x + PATCH_PX].any()
        expected = np.round(grey[y : y + PATCH_PX, x : x + PATCH_PX] * 255)
        assert np.array_equal(image.patches[number], expected.astype(np.uint8))
    assert image.overview.shape == (225, 175)
    assert image.density_read in "ABCD"


def test_all_blocked_is_no_image() -> None:
    grey = draw_breast()
    assert sample(grey, np.ones(grey.shape, bool)) is None


def test_given_corners_are_kept() -> None:
    grey = draw_breast()
    image = sample(grey, np.zeros(grey.shape, bool), corners=((300, 80),))
    assert image is not None
    assert image.corners == ((300, 80),)


def test_crops_stay_in_the_picture() -> None:
    picture = np.zeros((900, 700), np.uint8)
    for corner in ((0, 0), (640, 440), (300, 200)):
        assert cut_crop(picture, corner).shape == (CROP_PX, CROP_PX)
    assert cut_crop(picture[:, :300], (0, 0)).shape == (CROP_PX, 300)


def test_skin_is_measured_by_depth() -> None:
    mask = np.zeros((300, 200), bool)
    mask[:, :150] = True
    small = np.broadcast_to(150.0 - np.arange(200), (300, 200)).astype(np.float32) / 200
    skin = measure_skin(small, mask, np.ones_like(mask))
    assert len(skin) == SKIN_STEPS
    assert (np.diff(skin) > 0).all()
    assert skin[0] == pytest.approx(1 / 200)
    nothing = measure_skin(small, mask, np.zeros_like(mask))
    assert np.isnan(nothing).all()


def test_a_set_gives_patches_and_groups_in_step() -> None:
    tissue = make_set("real", 0, 3)
    assert tissue.patches.shape == (6, PATCH_PX, PATCH_PX)
    assert tissue.patches.max() <= 1
    assert tissue.groups.tolist() == [0, 0, 1, 1, 2, 2]
    assert TissueSet("none", ()).patches.shape == (0, PATCH_PX, PATCH_PX)
