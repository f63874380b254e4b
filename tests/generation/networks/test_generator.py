"""The generator and its weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from generation.anatomy.condition import CHANNELS, ConditionMap
from generation.networks.discriminator import Discriminator, is_finite
from generation.networks.drawing import draw_background
from generation.networks.generator import Generator, GeneratorConfig, NoiseSource
from generation.networks.weights import WeightsError, load_generator, save_weights

TINY = GeneratorConfig(widths=(8, 8, 8, 8, 8), hidden=4, tail=4)


@pytest.fixture
def network() -> Generator:
    torch.manual_seed(0)
    return Generator(TINY).eval().requires_grad_(False)


def make_noise(seed: int = 0) -> NoiseSource:
    return NoiseSource(torch.Generator().manual_seed(seed))


def test_output_is_twice_the_map_and_depends_on_the_noise_seed_alone(network: Generator) -> None:
    condition = torch.rand(1, len(CHANNELS), 48, 64)
    first, again = network(condition, make_noise()), network(condition, make_noise())
    assert first.shape == (1, 1, 96, 128)
    assert torch.equal(first, again)
    assert not torch.equal(first, network(condition, make_noise(1)))


def test_arithmetic_is_local(network: Generator) -> None:
    """A far change does not reach a pixel: crops and whole breasts see the same network."""
    condition = torch.rand(1, len(CHANNELS), 32, 640)
    changed = condition.clone()
    changed[..., -16:] += 1
    difference = network(condition, make_noise()) - network(changed, make_noise())
    assert difference[..., :640].abs().max() == 0
    assert difference[..., -16:].abs().max() > 0


def test_discriminator_scores_patches() -> None:
    scores = Discriminator()(torch.rand(2, 1, 128, 128), torch.rand(2, len(CHANNELS), 64, 64))
    assert scores.shape == (2, 1, 4, 4)


def test_weights_that_are_not_numbers_are_noticed(network: Generator) -> None:
    assert is_finite(network)
    network.start.bias[0] = float("nan")
    assert not is_finite(network)


def test_background_covers_a_breast_of_any_size(network: Generator) -> None:
    mask = np.zeros((100, 75), bool)
    mask[13:90, :51] = True
    flat = np.where(mask, 0.3, 0).astype(np.float32)
    condition = ConditionMap(mask, flat, np.zeros_like(flat), (50.0, 50.0))
    grey = draw_background(network, condition, seed=3, device="cpu")
    assert grey.shape == (200, 150)
    assert grey.dtype == np.float32
    assert 0 <= grey.min() and grey.max() <= 1
    assert np.array_equal(grey, draw_background(network, condition, seed=3, device="cpu"))


def test_weights_survive_the_round_trip(network: Generator, tmp_path: Path) -> None:
    path = tmp_path / "g.safetensors"
    save_weights(network, path, record={"step": 3})
    loaded = load_generator(path, "cpu")
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, loaded.network.state_dict()[name])
    assert json.loads(path.with_suffix(".json").read_text())["training"] == {"step": 3}


def test_truncated_weights_are_refused(network: Generator, tmp_path: Path) -> None:
    path = tmp_path / "g.safetensors"
    save_weights(network, path, record={})
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(WeightsError, match="damaged or incomplete"):
        load_generator(path, "cpu")


def test_weights_of_another_shape_are_refused(network: Generator, tmp_path: Path) -> None:
    path = tmp_path / "g.safetensors"
    save_weights(network, path, record={})
    described = json.loads(path.with_suffix(".json").read_text())
    described["config"]["hidden"] = 5
    path.with_suffix(".json").write_text(json.dumps(described))
    with pytest.raises(WeightsError, match="do not fit"):
        load_generator(path, "cpu")


@pytest.mark.parametrize("text", ["", "{}", '{"format": 99, "sha256": "x"}'])
def test_bad_description_is_refused(network: Generator, tmp_path: Path, text: str) -> None:
    path = tmp_path / "g.safetensors"
    save_weights(network, path, record={})
    path.with_suffix(".json").write_text(text)
    with pytest.raises(WeightsError, match=r"g\.json"):
        load_generator(path, "cpu")


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"nothing\.json"):
        load_generator(tmp_path / "nothing.safetensors", "cpu")
