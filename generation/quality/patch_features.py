"""Features of 256 px patches from a small network trained here, on real training images alone.

Kernel distance, precision, recall, density and coverage are taken on these features: the means
over the patch of three stages' channels, each scaled by its mean and deviation on the training
images. `scripts/train_quality_features.py` makes the weights.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from generation.quality.texture_network import TextureNetwork

FloatArray = NDArray[np.float32]
Features = NDArray[np.float64]

FORMAT = 1
FEATURE_WEIGHTS = Path(__file__).with_name("features.safetensors")
# The first stage sees little more than single edges and noise.
FIRST_STAGE = 1
BATCH = 32


class FeatureWeightsError(Exception):
    """Weights that are missing, damaged or made for another version; the message is for people."""


@dataclass(frozen=True)
class FeatureNetwork:
    """The network ready to use, and the hash that names its weights."""

    network: TextureNetwork
    mean: Features
    deviation: Features
    sha256: str

    def extract(self, patches: FloatArray) -> Features:
        """(N, D) features of (N, 256, 256) grey 0-1 patches at 0.1 mm."""
        return (pool_features(self.network, patches) - self.mean) / self.deviation


def pool_features(network: TextureNetwork, patches: FloatArray) -> Features:
    """(N, D) features before they are scaled."""
    rows = []
    with torch.inference_mode():
        for at in range(0, len(patches), BATCH):
            batch = torch.from_numpy(np.ascontiguousarray(patches[at : at + BATCH]))
            rows.append(torch.cat(network.pool_stages(batch)[FIRST_STAGE:], dim=1).numpy())
    width = sum(network.widths[FIRST_STAGE:])
    return np.concatenate([*rows, np.zeros((0, width), np.float32)]).astype(np.float64)


def save_feature_network(
    network: TextureNetwork, patches: FloatArray, path: Path, *, record: dict[str, Any]
) -> None:
    """Write weights and description; `patches` are the training ones, whose features set scale."""
    features = pool_features(network.eval(), patches)
    tensors = {f"stages.{name}": part for name, part in network.stages.state_dict().items()}
    tensors["mean"] = torch.from_numpy(features.mean(axis=0))
    # A channel that never answers on real tissue would otherwise shout at the first that does.
    deviation = features.std(axis=0)
    tensors["deviation"] = torch.from_numpy(np.maximum(deviation, 0.05 * np.median(deviation)))
    save_file({name: part.contiguous() for name, part in tensors.items()}, path)
    described = {
        "format": FORMAT,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "widths": list(network.widths),
        "training": record,
    }
    path.with_suffix(".json").write_text(json.dumps(described, indent=1) + "\n")


@cache
def load_feature_network(path: Path = FEATURE_WEIGHTS) -> FeatureNetwork:
    """The committed network, checked against its hash, once per process.

    Raises:
        FeatureWeightsError: if a file is missing, damaged, or does not fit this code.
    """
    try:
        described = json.loads(path.with_suffix(".json").read_text())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError) as error:
        raise FeatureWeightsError(f"The feature network {path.name} cannot be read.") from error
    if described.get("format") != FORMAT or digest != described.get("sha256"):
        raise FeatureWeightsError(
            f"The feature network {path.name} is damaged, or of another format than {FORMAT}."
        )
    try:
        return _build(load_file(path), tuple(described["widths"]), digest)
    except (SafetensorError, RuntimeError, TypeError, KeyError) as error:
        raise FeatureWeightsError(
            f"The feature network {path.name} does not fit this version: {error}"
        ) from error


def _build(tensors: dict[str, Tensor], widths: tuple[int, ...], digest: str) -> FeatureNetwork:
    network = TextureNetwork(1, widths=widths)
    stages = {name: part for name, part in tensors.items() if name.startswith("stages.")}
    network.stages.load_state_dict({name.removeprefix("stages."): stages[name] for name in stages})
    network = network.eval().requires_grad_(False)
    return FeatureNetwork(network, tensors["mean"].numpy(), tensors["deviation"].numpy(), digest)
