"""A network that gives back an image's own texture on its map is found, and how small a leak is."""

from __future__ import annotations

import numpy as np
import pytest

from generation.auditing import comparison, leak_comparison
from generation.auditing.leak import BAND_EDGES_MM, Agreement, measure_agreement
from generation.auditing.leak_comparison import compare_leak
from generation.auditing.specimens import Specimen
from tests.generation.auditing.tissue import make_breast

SIZE = (620, 500)


@pytest.fixture(autouse=True)
def few_resamplings(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (comparison, leak_comparison):
        monkeypatch.setattr(module, "RESAMPLINGS", 200)


def agree(drawn: Specimen, real: Specimen) -> Agreement:
    agreement = measure_agreement(drawn.grey, real.grey, real.inside, image=real.name)
    assert agreement is not None
    return agreement


def mix(drawn: Specimen, real: Specimen, share: float) -> Specimen:
    grey = (1 - share) * drawn.grey + share * real.grey
    return Specimen(drawn.name, "cc", grey.astype(np.float32), real.inside)


def test_the_same_image_agrees_wholly_and_another_not() -> None:
    real, other = make_breast(1, size=SIZE), make_breast(2, size=SIZE)
    same, strange = agree(real, real), agree(other, real)
    assert same.correlation == pytest.approx(1)
    assert same.bands == pytest.approx([1] * (len(BAND_EDGES_MM) - 1))
    assert len(same.tiles) > 0 and same.tiles.min() == pytest.approx(1)
    assert abs(strange.correlation) < 0.15
    assert abs(strange.tiles).max() < 0.5


def test_a_share_of_the_own_texture_is_foretold_without_drawing() -> None:
    real, other = make_breast(1, size=SIZE), make_breast(2, size=SIZE)
    foretold = agree(other, real).with_share(0.3)
    assert foretold == pytest.approx(agree(mix(other, real, 0.3), real).correlation, abs=1e-3)


def test_one_remembered_place_shows_in_its_tile() -> None:
    real, other = make_breast(1, size=SIZE), make_breast(2, size=SIZE)
    grey = other.grey.copy()
    grey[150:460, 20:330] = real.grey[150:460, 20:330]
    agreement = agree(Specimen("x", "cc", grey, real.inside), real)
    assert agreement.tiles.max() > 0.75 > 0.5 > agreement.correlation


def test_an_image_of_lesions_alone_has_no_agreement() -> None:
    real = make_breast(1, size=SIZE)
    nowhere = np.zeros_like(real.inside)
    assert measure_agreement(real.grey, real.grey, nowhere, image="x") is None


def made_up(count: int, *, seed: int, level: float) -> list[Agreement]:
    rng = np.random.default_rng(seed)
    return [
        Agreement(
            f"{seed}/{number}",
            level + rng.normal(0, 0.03),
            (0.0,) * 4,
            level + rng.normal(0, 0.05, 12),
            0.9,
        )
        for number in range(count)
    ]


def test_agreement_that_unseen_maps_show_too_is_no_leak() -> None:
    honest = compare_leak(made_up(25, seed=1, level=0.3), made_up(25, seed=2, level=0.3))
    assert honest.difference <= honest.most
    assert honest.interval[0] < honest.difference < honest.interval[1]
    assert honest.tiles.chance > 0.01


def test_agreement_on_training_maps_alone_is_a_leak() -> None:
    remembered = compare_leak(made_up(25, seed=1, level=0.45), made_up(25, seed=2, level=0.3))
    assert remembered.difference > remembered.most
    assert remembered.tiles.chance < 0.01


def test_the_smallest_leak_that_would_be_found_is_told() -> None:
    tight = compare_leak(made_up(25, seed=1, level=0.3), made_up(25, seed=2, level=0.3))
    assert 0 < tight.share_found < 0.1
    hopeless = compare_leak(made_up(1, seed=1, level=0.3), made_up(2, seed=2, level=0.9))
    assert hopeless.share_found == 1


def test_no_maps_are_said() -> None:
    with pytest.raises(ValueError, match="no map"):
        compare_leak([], made_up(3, seed=1, level=0.3))
