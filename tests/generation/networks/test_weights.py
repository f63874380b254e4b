"""Weights as files: the same after the round trip, refused when anything is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from generation.anatomy.channels import CHANNELS
from generation.networks.generator import Generator, GeneratorConfig
from generation.networks.weights import (
    DEFAULT_WEIGHTS,
    FORMAT,
    WeightsError,
    load_generator,
    save_weights,
)


@pytest.fixture
def network() -> Generator:
    torch.manual_seed(0)
    return Generator(GeneratorConfig(widths=(8, 8, 8, 8, 8), hidden=4, tail=4))


def test_weights_survive_the_round_trip(network: Generator, tmp_path: Path) -> None:
    path = tmp_path / "g.safetensors"
    save_weights(network, path, record={"step": 3})
    loaded = load_generator(path, "cpu")
    assert loaded.network.config == network.config
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, loaded.network.state_dict()[name])
    assert not loaded.network.training
    assert not any(parameter.requires_grad for parameter in loaded.network.parameters())
    described = json.loads(path.with_suffix(".json").read_text())
    assert described["training"] == {"step": 3}
    assert described["format"] == FORMAT
    assert described["sha256"] == loaded.sha256


def test_shipped_weights_fit_this_version() -> None:
    shipped = load_generator(DEFAULT_WEIGHTS, "cpu").network
    assert shipped.config.channels == len(CHANNELS)
    assert DEFAULT_WEIGHTS.stat().st_size < 48 * 2**20
    assert all(torch.isfinite(tensor).all() for tensor in shipped.state_dict().values())


def test_truncated_weights_are_refused(network: Generator, tmp_path: Path) -> None:
    path = tmp_path / "g.safetensors"
    save_weights(network, path, record={})
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(WeightsError, match="damaged or incomplete"):
        load_generator(path, "cpu")


@pytest.mark.parametrize("change", [{"hidden": 5}, {"channels": 6}, {"gates": 3}, {"widths": []}])
def test_weights_of_another_shape_are_refused(
    network: Generator, tmp_path: Path, change: dict[str, object]
) -> None:
    path = tmp_path / "g.safetensors"
    save_weights(network, path, record={})
    described = json.loads(path.with_suffix(".json").read_text())
    described["config"].update(change)
    path.with_suffix(".json").write_text(json.dumps(described))
    with pytest.raises(WeightsError, match="do not fit"):
        load_generator(path, "cpu")


def test_weights_for_other_condition_maps_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.safetensors"
    older = GeneratorConfig(channels=6, widths=(8, 8, 8, 8, 8), hidden=4, tail=4)
    save_weights(Generator(older), path, record={})
    with pytest.raises(WeightsError, match="do not fit this version.*read 6 channels"):
        load_generator(path, "cpu")


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": 99, "sha256": "x"}', '{"format": 1, "sha256": "x"}']
)
def test_bad_description_is_refused(network: Generator, tmp_path: Path, text: str) -> None:
    path = tmp_path / "g.safetensors"
    save_weights(network, path, record={})
    path.with_suffix(".json").write_text(text)
    with pytest.raises(WeightsError, match=r"g\.json"):
        load_generator(path, "cpu")


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"nothing\.json"):
        load_generator(tmp_path / "nothing.safetensors", "cpu")
