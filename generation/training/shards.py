"""Shards: training pairs in files of bounded size, for a machine with torch, numpy and safetensors.

A folder holds `index.json` and `shard-*.safetensors`. Everything is checked before it is used: a
pack that is incomplete, damaged or of another version is refused with the reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from generation.training.codec import (
    CodecError,
    count_nodes,
    draw_plane,
    spread,
    unsqueeze,
    unsqueeze_bits,
)
from generation.training.pair import Pair

KIND = "parenchyma training shards"
FORMAT = 1
INDEX = "index.json"
# Tensors of an item are named "<item>.<part>"; parts of a channel "channel.<name>".
GREY, EXCLUDED, CHANNEL = "grey", "excluded", "channel."
LEVELS = 255

Tensors = Mapping[str, NDArray[Any]]


class ShardError(ValueError):
    """Shards that are missing, damaged, or made by another version; the message is for people."""


@dataclass(frozen=True)
class ChannelForm:
    """How one channel is kept.

    Attributes:
        name: as in the condition map's CHANNELS.
        kind: "bits", "bytes" (0-1 in 255 steps), "smooth" (0-1 through nodes every `step` pixels)
            or "plane".
        step: of the nodes; 0 for the other kinds.
    """

    name: str
    kind: str
    step: int = 0


def read_index(folder: Path) -> dict[str, Any]:
    """What the shards of a folder hold, without reading them.

    Raises:
        ShardError: if there is no index, or one of another format.
    """
    path = folder / INDEX
    try:
        index = json.loads(path.read_text())
    except OSError as error:
        raise ShardError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ShardError(f"{path} is not JSON: the pack is damaged") from error
    if not isinstance(index, dict) or index.get("kind") != KIND:
        raise ShardError(f"{path} is not the index of a pack")
    if index.get("format") != FORMAT:
        raise ShardError(
            f"the pack is of format {index.get('format')}, this version reads {FORMAT}: "
            "pack the images again"
        )
    return index


def read_pairs(folder: Path, *, channels: Sequence[str]) -> list[Pair]:
    """All pairs of a pack, in its order.

    Args:
        folder: of `python -m generation pack`.
        channels: names of the channels that the network reads, which must be those of the pack.

    Raises:
        ShardError: if the pack is incomplete, damaged, or made for other channels or by another
            version.
    """
    index = read_index(folder)
    try:
        forms = [ChannelForm(**form) for form in index["channels"]]
        packed = tuple(form.name for form in forms)
        if packed != tuple(channels):
            raise ShardError(
                f"the pack holds the channels {', '.join(packed)}, the network reads "
                f"{', '.join(channels)}: pack the images again"
            )
        return list(_read_items(folder, index, forms))
    except (KeyError, TypeError) as error:
        raise ShardError(f"the pack's index does not fit this version: {error!r}") from error


def _read_items(
    folder: Path, index: dict[str, Any], forms: Sequence[ChannelForm]
) -> Iterator[Pair]:
    for shard in index["shards"]:
        tensors = _read_shard(folder / shard["file"], shard)
        for item in shard["items"]:
            name, (height, width) = item["name"], item["shape"]
            try:
                yield decode_pair(_pick(tensors, name), (height, width), forms)
            except (CodecError, KeyError, ValueError) as error:
                reason = f"item {name} of {shard['file']} cannot be unpacked: {error}"
                raise ShardError(reason) from error


def _read_shard(path: Path, shard: dict[str, Any]) -> Tensors:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ShardError(f"{path.name} cannot be read: {error.strerror}") from error
    if len(content) != shard["bytes"]:
        raise ShardError(f"{path.name} is incomplete: {len(content)} of {shard['bytes']} bytes")
    digest = hashlib.sha256(content).hexdigest()
    if digest != shard["sha256"]:
        raise ShardError(
            f"{path.name} is damaged: its SHA-256 is {digest[:12]}…, "
            f"the index says {shard['sha256'][:12]}…"
        )
    try:
        tensors: Tensors = load(content)
    except SafetensorError as error:
        raise ShardError(f"{path.name} is no safetensors file: {error}") from error
    return tensors


def _pick(tensors: Tensors, item: str) -> Tensors:
    start = f"{item}."
    return {key[len(start) :]: value for key, value in tensors.items() if key.startswith(start)}


def decode_pair(tensors: Tensors, shape: tuple[int, int], forms: Sequence[ChannelForm]) -> Pair:
    """One pair from its tensors.

    Args:
        tensors: as `packing.encode_pair` gives them.
        shape: (h, w) of the condition.
        forms: of the channels; a form of kind "bits" called "mask" is among them.

    Raises:
        CodecError, KeyError: if a part is damaged or missing.
    """
    height, width = shape
    mask = unsqueeze_bits(tensors[f"{CHANNEL}mask"], shape)
    channels = [decode_channel(tensors[CHANNEL + form.name], shape, form) for form in forms]
    return Pair(
        grey=unsqueeze(tensors[GREY], (2 * height, 2 * width)),
        channels=np.where(mask, np.stack(channels), 0).astype(np.float16),
        excluded=unsqueeze_bits(tensors[EXCLUDED], shape),
    )


def decode_channel(
    tensor: NDArray[Any], shape: tuple[int, int], form: ChannelForm
) -> NDArray[np.float32]:
    """(h, w) one channel; outside the breast it is whatever its form goes on as.

    Raises:
        CodecError: if the tensor is not of this form.
    """
    if form.kind == "bits":
        return unsqueeze_bits(tensor, shape).astype(np.float32)
    if form.kind == "bytes":
        return unsqueeze(tensor, shape).astype(np.float32) / np.float32(LEVELS)
    if form.kind == "plane" and tensor.shape == (3,):
        return draw_plane(tensor, shape)
    nodes = tuple(count_nodes(length, form.step) for length in shape) if form.step else ()
    if form.kind == "smooth" and tensor.shape == nodes:
        return np.asarray(np.clip(spread(tensor, form.step, shape), 0, 1), np.float32)
    raise CodecError(f"{form.name} is not {form.kind}")
