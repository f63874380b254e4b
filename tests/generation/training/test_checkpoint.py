"""Checkpoints: small files, two slots, whole or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from generation.training import checkpoint
from generation.training.checkpoint import CheckpointError, load_checkpoint, save_checkpoint

HEADER_BYTES = 2000


def make_state(seed: int, width: int = 24) -> dict[str, Any]:
    """A run of one network that has learnt a little."""
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(16, width), nn.Linear(width, 16), nn.Linear(16, 1))
    adam = torch.optim.Adam(network.parameters(), 0.01)
    for _ in range(2):
        adam.zero_grad()
        network(torch.randn(4, 16)).square().mean().backward()
        adam.step()
    rng, noise = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    rng.random(seed + 3)
    torch.randn(5 + seed, generator=noise)
    return {
        "networks": {"net": network},
        "optimizers": {"net": adam},
        "rng": rng,
        "noise": noise,
    }


def save(folder: Path, seed: int) -> dict[str, Any]:
    state = make_state(seed)
    save_checkpoint(folder, record={"step": seed}, **state)
    return state


def assert_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    for name, tensor in one["networks"]["net"].state_dict().items():
        assert torch.equal(tensor, other["networks"]["net"].state_dict()[name]), name
    first, second = (each["optimizers"]["net"].state_dict()["state"] for each in (one, other))
    assert first.keys() == second.keys() and len(first) == 6
    for index, slots in first.items():
        for slot, value in slots.items():
            assert torch.equal(value, second[index][slot]), (index, slot)
    assert np.array_equal(one["rng"].random(4), other["rng"].random(4))
    drawn = [torch.randn(3, generator=each["noise"]) for each in (one, other)]
    assert torch.equal(*drawn)


def test_everything_comes_back(tmp_path: Path) -> None:
    saved, loaded = save(tmp_path, 1), make_state(2)
    assert load_checkpoint(tmp_path, **loaded) == {"step": 1}
    assert_same(saved, loaded)


def test_nothing_to_resume_is_none(tmp_path: Path) -> None:
    assert load_checkpoint(tmp_path / "nothing", **make_state(1)) is None


def test_files_are_bounded_and_all_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = 1800
    monkeypatch.setattr(checkpoint, "SHARD_BYTES", bound)
    saved = save(tmp_path, 1)
    files = list(tmp_path.rglob("*.safetensors"))
    assert len(list(tmp_path.rglob("net-*.safetensors"))) == 2
    assert len(list(tmp_path.rglob("net.optimizer-*.safetensors"))) >= 4
    # The generator's state, 5,056 bytes, is one tensor: it is a file of its own.
    sizes = {path.name: path.stat().st_size for path in files}
    assert sizes.pop("noise-0.safetensors") < 5056 + HEADER_BYTES
    assert max(sizes.values()) < bound + HEADER_BYTES
    loaded = make_state(2)
    load_checkpoint(tmp_path, **loaded)
    assert_same(saved, loaded)


def test_shards_of_an_earlier_checkpoint_do_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(checkpoint, "SHARD_BYTES", 1)
        save(tmp_path, 1)
        save(tmp_path, 2)
    saved = save(tmp_path, 3)
    assert [path.name for path in sorted((tmp_path / "a").glob("net-*"))] == ["net-0.safetensors"]
    loaded = make_state(4)
    assert load_checkpoint(tmp_path, **loaded) == {"step": 3}
    assert_same(saved, loaded)


def test_slots_take_turns(tmp_path: Path) -> None:
    slots = []
    for seed in (1, 2, 3):
        save(tmp_path, seed)
        slots.append(json.loads((tmp_path / "state.json").read_text())["slot"])
    assert slots == ["a", "b", "a"]
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "state.json"}


@pytest.mark.parametrize("at", ["_save", "_flatten"])
def test_what_is_killed_while_it_saves_leaves_the_checkpoint_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    save(tmp_path, 1)
    saved = save(tmp_path, 2)
    original, calls = getattr(checkpoint, at), []

    def be_killed(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == (3 if at == "_save" else 1):
            raise KeyboardInterrupt
        return original(*given)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(checkpoint, at, be_killed)
        save(tmp_path, 3)
    loaded = make_state(4)
    assert load_checkpoint(tmp_path, **loaded) == {"step": 2}
    assert_same(saved, loaded)
    save(tmp_path, 5)
    assert load_checkpoint(tmp_path, **make_state(6)) == {"step": 5}


def cut_state(folder: Path) -> None:
    state = folder / "state.json"
    state.write_text(state.read_text()[:-20])


def cut_shard(folder: Path) -> None:
    shard = folder / "a" / "net-0.safetensors"
    shard.write_bytes(shard.read_bytes()[:-7])


def lose_shard(folder: Path) -> None:
    (folder / "a" / "net-0.safetensors").unlink()


def lose_noise(folder: Path) -> None:
    (folder / "a" / "noise-0.safetensors").unlink()


@pytest.mark.parametrize("spoil", [cut_state, cut_shard, lose_shard, lose_noise])
def test_a_damaged_checkpoint_is_refused(tmp_path: Path, spoil: Any) -> None:
    save(tmp_path, 1)
    spoil(tmp_path)
    with pytest.raises(CheckpointError, match=f"{tmp_path} is damaged"):
        load_checkpoint(tmp_path, **make_state(2))


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    save(tmp_path, 1)
    with pytest.raises(CheckpointError, match="a network of another shape"):
        load_checkpoint(tmp_path, **make_state(2, width=25))
