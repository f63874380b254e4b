"""A map against itself, and against what a network might make of it."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from generation.anatomy.condition import ConditionMap
from generation.anatomy.style import TextureStyle
from generation.quality.binding import compare_conditions, find_deep


def make_map() -> ConditionMap:
    y, x = np.mgrid[:300, :240].astype(np.float32)
    mask = (x / 210) ** 2 + ((y - 150) / 140) ** 2 < 1
    noise = np.random.default_rng(0).standard_normal(mask.shape)
    coarse = 0.3 + ndimage.gaussian_filter(noise, 14)
    lines = np.zeros(mask.shape, np.float32)
    lines[120, 20:140] = lines[180, 20:140] = 0.8
    return ConditionMap(mask, np.where(mask, coarse, 0).astype(np.float32), lines, (209.0, 150.0))


def test_a_map_obeys_itself() -> None:
    bound = compare_conditions(make_map(), make_map())
    assert bound.coarse == pytest.approx(1)
    assert bound.interior == pytest.approx(1)
    assert bound.lines == pytest.approx(1)
    assert (bound.lines_found, bound.mask) == (1, 1)
    assert (bound.coarse_rms, bound.nipple_mm, bound.skin_mm) == (0, 0, 0)


def test_tissue_moved_elsewhere_does_not_correlate() -> None:
    asked = make_map()
    other = np.roll(asked.coarse[:, ::-1], 70, axis=0)
    assert compare_conditions(asked, replace(asked, coarse=other)).interior < 0.5


def test_a_lost_line_is_missed() -> None:
    asked = make_map()
    lines = asked.lines.copy()
    lines[180] = 0
    bound = compare_conditions(asked, replace(asked, lines=lines))
    assert bound.lines_found == pytest.approx(0.5)
    assert bound.lines < 0.9


def test_a_line_beside_its_place_is_found() -> None:
    asked = make_map()
    assert (
        compare_conditions(asked, replace(asked, lines=np.roll(asked.lines, 2, 0))).lines_found == 1
    )
    assert (
        compare_conditions(asked, replace(asked, lines=np.roll(asked.lines, 9, 0))).lines_found == 0
    )


def test_skin_and_nipple_are_measured_in_mm() -> None:
    asked = make_map()
    drawn = replace(asked, mask=ndimage.binary_erosion(asked.mask, iterations=5, border_value=1))
    bound = compare_conditions(asked, replace(drawn, nipple_xy=(204.0, 150.0)))
    assert bound.nipple_mm == pytest.approx(1.0)
    assert bound.skin_mm == pytest.approx(0.9, abs=0.2)
    assert 0.9 < bound.mask < 1


def test_dark_tissue_at_the_chest_wall_is_no_skin() -> None:
    asked = make_map()
    mask = asked.mask.copy()
    mask[140:150, :20] = mask[100:110, 60:70] = False
    assert compare_conditions(asked, replace(asked, mask=mask)).skin_mm == 0


def test_style_is_compared_in_deviations() -> None:
    drawn = replace(make_map(), style=TextureStyle(fine=-0.5, middle=1.0))
    bound = compare_conditions(make_map(), drawn)
    assert (bound.style_fine, bound.style_middle) == (-0.5, 1.0)


def test_no_lines_asked_for_is_not_a_failure() -> None:
    asked = replace(make_map(), lines=np.zeros((300, 240), np.float32))
    assert np.isnan(compare_conditions(asked, make_map()).lines)


def test_chest_wall_is_no_skin() -> None:
    deep = find_deep(np.ones((120, 100), bool))
    assert deep[60, 0]
    assert not deep[60, 95]
    assert not deep[5, 20]


def test_maps_that_cannot_be_compared() -> None:
    asked = make_map()
    with pytest.raises(ValueError, match="cannot be compared"):
        compare_conditions(asked, replace(asked, mask=asked.mask[:-2]))
    with pytest.raises(ValueError, match="no breast"):
        compare_conditions(asked, replace(asked, mask=np.zeros_like(asked.mask)))
