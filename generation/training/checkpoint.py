"""Checkpoints: everything that a run needs to go on to the same step, as safetensors and JSON.

No file is larger than 16 MiB (a single larger tensor aside): a machine lent for training may hand
back no larger ones.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim import Optimizer

SHARD_BYTES = 16 * 2**20 - 65536  # room for the header


class CheckpointError(ValueError):
    """A checkpoint that no run can go on from; the message is for people."""


def save_checkpoint(
    folder: Path,
    *,
    networks: dict[str, nn.Module],
    optimizers: dict[str, Optimizer],
    record: dict[str, Any],
    rng: np.random.Generator,
    noise: torch.Generator,
) -> None:
    """Write a run's state beside the one before, then point the JSON at it.

    Two slots take turns: a run killed in the middle goes on from the checkpoint before, whole.
    """
    slot = "b" if _slot_in_use(folder) == "a" else "a"
    files = folder / slot
    files.mkdir(parents=True, exist_ok=True)
    for name, network in networks.items():
        _save(files, name, network.state_dict())
    for name, optimizer in optimizers.items():
        _save(files, f"{name}.optimizer", _flatten(optimizer))
    _save(files, "noise", {"state": noise.get_state()})
    state = {"slot": slot, "record": record, "rng": rng.bit_generator.state}
    partial = folder / "state.json.part"
    partial.write_text(json.dumps(state))
    partial.rename(folder / "state.json")


def load_checkpoint(
    folder: Path,
    *,
    networks: dict[str, nn.Module],
    optimizers: dict[str, Optimizer],
    rng: np.random.Generator,
    noise: torch.Generator,
) -> dict[str, Any] | None:
    """Restore a run in place and return its record; None when there is nothing to resume.

    Raises:
        CheckpointError: if it is damaged, or of networks of another shape.
    """
    if not (folder / "state.json").exists():
        return None
    try:
        state = json.loads((folder / "state.json").read_text())
        files = folder / _slot_in_use(folder)
        for name, network in networks.items():
            network.load_state_dict(_load(files, name))
        for name, optimizer in optimizers.items():
            _restore(optimizer, _load(files, f"{name}.optimizer"))
        noise.set_state(_load(files, "noise")["state"])
        rng.bit_generator.state = state["rng"]
        record: dict[str, Any] = state["record"]
    except (ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise CheckpointError(
            f"{folder} is damaged, or of a network of another shape: {error}"
        ) from error
    return record


def _slot_in_use(folder: Path) -> str:
    """The slot of the newest whole checkpoint; "" where there is none, or one without slots."""
    state = folder / "state.json"
    return str(json.loads(state.read_text()).get("slot", "")) if state.exists() else ""


def _save(folder: Path, name: str, tensors: dict[str, Tensor]) -> None:
    """Write `name-0.safetensors`, `name-1.safetensors`, ... and no others of that name."""
    for old in folder.glob(f"{name}-*.safetensors"):
        old.unlink()
    for index, shard in enumerate(_split(tensors)):
        partial = folder / f"{name}-{index}.part"
        save_file(shard, partial)
        partial.rename(partial.with_suffix(".safetensors"))


def _load(folder: Path, name: str) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    for path in folder.glob(f"{name}-*.safetensors"):
        tensors |= load_file(path)
    return tensors


def _split(tensors: dict[str, Tensor]) -> list[dict[str, Tensor]]:
    """Tensors in shards of at most `SHARD_BYTES`, in order."""
    shards: list[dict[str, Tensor]] = [{}]
    filled = 0
    for name, tensor in tensors.items():
        if shards[-1] and filled + tensor.nbytes > SHARD_BYTES:
            shards.append({})
            filled = 0
        shards[-1][name] = tensor.contiguous()
        filled += tensor.nbytes
    return shards


def _flatten(optimizer: Optimizer) -> dict[str, Tensor]:
    """Adam's moments and step of each parameter, keyed "<parameter>.<slot>"."""
    state = optimizer.state_dict()["state"]
    return {f"{i}.{slot}": value for i, slots in state.items() for slot, value in slots.items()}


def _restore(optimizer: Optimizer, tensors: dict[str, Tensor]) -> None:
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        index, slot = name.split(".")
        state.setdefault(int(index), {})[slot] = tensor
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": state, "param_groups": groups})
