"""The network alone: same places as the real image, and what it made of the map."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import ndimage

from generation.anatomy.condition import ConditionMap
from generation.evaluation import redrawing
from generation.evaluation.real import RealView
from generation.evaluation.redrawing import draw_anatomy, read_condition, redraw
from generation.evaluation.tissue import sample_tissue
from generation.spec import CaseSpec
from generation.training.images import RealImage
from tests.generation.evaluation.pictures import draw_breast

TRAINED = SimpleNamespace(network=None, sha256="0")
Draw = Callable[..., np.ndarray]


def draw_map(brighter: float = 0.0) -> Draw:
    """A network that draws the coarse map with some noise, off by so much grey."""

    def draw(network: object, condition: ConditionMap, *, seed: int, device: str) -> np.ndarray:
        coarse = ndimage.zoom(condition.coarse, 2, order=1)
        noise = 0.01 * np.random.default_rng(seed).standard_normal(coarse.shape)
        breast = np.kron(condition.mask, np.ones((2, 2)))
        return (breast * np.clip(coarse + brighter + noise, 0.06, 1)).astype(np.float32)

    return draw


@pytest.fixture
def real() -> RealView:
    grey = draw_breast(900, 700)
    blocked = np.zeros(grey.shape, bool)
    tissue = sample_tissue(
        grey,
        blocked,
        name="a",
        view="cc",
        group=4,
        density="B",
        with_lesions=False,
        count=3,
        rng=np.random.default_rng(0),
    )
    return RealView(RealImage(Path("a.jpg"), "left", "normal", ()), grey, blocked, None, tissue)


def test_redrawn_in_the_same_places(real: RealView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redrawing, "draw_background", draw_map())
    drawn = redraw(real, TRAINED, seed=1, device="cpu")  # type: ignore[arg-type]
    assert drawn is not None
    assert real.tissue is not None
    assert drawn.tissue.corners == real.tissue.corners
    assert (drawn.tissue.group, drawn.tissue.density) == (4, "B")
    assert not np.array_equal(drawn.tissue.patches, real.tissue.patches)
    assert drawn.binding.mask > 0.97
    assert drawn.binding.coarse_rms < 0.02
    again = redraw(real, TRAINED, seed=1, device="cpu")  # type: ignore[arg-type]
    assert again is not None
    assert np.array_equal(again.tissue.patches, drawn.tissue.patches)


def test_nothing_to_redraw(real: RealView) -> None:
    assert redraw(replace(real, tissue=None), TRAINED, seed=1, device="cpu") is None  # type: ignore[arg-type]


def test_lesions_do_not_enter_the_style(real: RealView) -> None:
    grey = real.grey.copy()
    spot = np.zeros(grey.shape, bool)
    spot[400:500, 150:250] = True
    grey[spot] += 0.2 * np.random.default_rng(1).standard_normal(spot.sum()).astype(np.float32)
    plain = read_condition(real.grey, spot).style
    assert read_condition(grey, spot).style.fine == pytest.approx(plain.fine, abs=0.05)
    assert read_condition(grey).style.fine > plain.fine + 0.1


def test_density_comes_back_unless_grey_is_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = CaseSpec.draw(np.random.default_rng(8), findings="none", prior=False, density="D")
    monkeypatch.setattr(redrawing, "draw_background", draw_map())
    obeyed = draw_anatomy(spec, "left", "mlo", TRAINED, seed=0, device="cpu")  # type: ignore[arg-type]
    assert obeyed.density.asked == obeyed.density.recovered == "D"
    assert obeyed.binding.coarse > 0.97
    monkeypatch.setattr(redrawing, "draw_background", draw_map(-0.2))
    moved = draw_anatomy(spec, "left", "mlo", TRAINED, seed=0, device="cpu")  # type: ignore[arg-type]
    assert moved.density.recovered != "D"
