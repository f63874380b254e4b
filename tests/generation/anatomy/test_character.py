"""A woman's latents: hers whatever the density, and a style of texture among them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from generation.anatomy.character import STYLE_CORRELATION, STYLE_LIMIT, draw_character
from generation.spec import CaseSpec


@pytest.fixture(scope="module")
def styles() -> np.ndarray:
    """(600, 2) fine and middle strength of as many women."""
    spec = CaseSpec.draw(np.random.default_rng(0), findings="none")
    women = [draw_character(replace(spec, seed=seed)).style for seed in range(600)]
    return np.array([[style.fine, style.middle] for style in women])


def test_styles_are_spread_as_those_of_the_training_images(styles: np.ndarray) -> None:
    assert np.abs(styles.mean(axis=0)).max() < 0.15
    assert np.abs(styles.std(axis=0) - 0.95).max() < 0.1
    assert np.corrcoef(styles.T)[0, 1] == pytest.approx(STYLE_CORRELATION, abs=0.04)
    assert np.abs(styles[:, 0]).max() <= STYLE_LIMIT
    assert np.abs(styles[:, 1]).max() <= 1.4 * STYLE_LIMIT


def test_a_woman_keeps_her_style_whatever_her_density_or_exam() -> None:
    spec = CaseSpec.draw(np.random.default_rng(1), findings="none")
    style = draw_character(spec).style
    for density in "ABCD":
        assert draw_character(replace(spec, density=density)).style == style
    assert draw_character(replace(spec, exam="prior")).style == style
    assert draw_character(replace(spec, seed=spec.seed + 1)).style != style
