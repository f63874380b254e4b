"""Distortion: strands converge, nothing is warped beyond the reach, strength follows contrast."""

from __future__ import annotations

import numpy as np
import pytest

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.effects import AnatomyChange
from generation.lesions.tissue.strands import draw_strands
from generation.lesions.tissue.warping import place_on_map
from generation.quality.detectability import measure_dprime
from generation.spec import LesionSpec
from tests.generation.lesions.redrawing import make_finding, place, render, scenes

KIND = "architectural_distortion"


def change_of(lesion: LesionSpec, view: str) -> AnatomyChange:
    (change,) = (part for part in render(lesion)[view] if isinstance(part, AnatomyChange))
    return change


def dprime(lesion: LesionSpec, view: str = "cc") -> float:
    placed = place(view, lesion)
    return measure_dprime(
        placed.pixels,
        placed.exposed_base,
        support=placed.findings[lesion.id].support,
        breast=placed.breast,
        rng=np.random.default_rng(0),
    )


def test_both_views_show_one_point_at_one_depth() -> None:
    lesion = make_finding(KIND)
    columns = []
    for view, scene in scenes().items():
        mask = change_of(lesion, view).mask
        x, y = scene.place(lesion)
        rows, across = np.nonzero(mask)
        assert np.hypot(rows.mean() - y, across.mean() - x) * PIXEL_MM < lesion.size_mm / 3
        columns.append(scene.outline.apex_x_mm - across.mean() * PIXEL_MM)
    assert columns[0] == pytest.approx(columns[1], abs=10.0)


def test_new_lines_point_to_the_centre() -> None:
    strands = draw_strands(np.random.default_rng(3), count=40, reach_mm=12.0)
    course = strands.end_mm - strands.start_mm
    course = course / np.linalg.norm(course, axis=1, keepdims=True)
    missed = np.linalg.norm(np.cross(strands.start_mm, course), axis=1)
    assert np.median(missed) < 0.15 * 12.0
    length = np.linalg.norm(strands.end_mm - strands.start_mm, axis=1)
    assert length.std() > 0.15 * length.mean()


def test_tissue_beyond_the_reach_stays_as_it_is() -> None:
    lesion = make_finding(KIND)
    scene = scenes()["cc"]
    before, after = scene.anatomy.condition, change_of(lesion, "cc").anatomy.condition
    x, y = place_on_map(scene, lesion)
    rows, columns = np.indices(before.mask.shape)
    far = np.hypot(rows - y, columns - x) * 0.2 > 0.75 * lesion.size_mm + 9.0
    assert np.array_equal(before.coarse[far], after.coarse[far])
    assert np.array_equal(before.lines[far], after.lines[far])


def test_no_mass_stands_in_the_middle() -> None:
    """The change of coarse grey is spread out: the middle is no brighter than what is around it."""
    lesion = make_finding(KIND, size_mm=30.0)
    scene = scenes()["cc"]
    change = change_of(lesion, "cc").anatomy.condition.coarse - scene.anatomy.condition.coarse
    assert np.abs(change).max() < 0.25


@pytest.mark.parametrize(("name", "ladder"), [("contrast", (0.4, 1.0, 2.5)), ("size_mm", (12, 40))])
def test_it_is_easier_seen_with_contrast_and_size(name: str, ladder: tuple[float, ...]) -> None:
    seen = [dprime(make_finding(KIND, **{name: value})) for value in ladder]
    assert seen == sorted(seen)
    assert seen[-1] > 1.2 * seen[0]
