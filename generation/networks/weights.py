"""Trained weights as a pair of files: NAME.safetensors and NAME.json (config, hash, record)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from generation.anatomy.channels import CHANNELS
from generation.networks.generator import Generator, GeneratorConfig, settle

FORMAT = 3
DEFAULT_WEIGHTS = Path(__file__).parents[1] / "weights" / "generator.safetensors"


class WeightsError(Exception):
    """Weights that are missing, damaged or made for another version; the message is for people."""


@dataclass(frozen=True)
class TrainedGenerator:
    """A generator ready to draw, and the hash that names its weights."""

    network: Generator
    sha256: str


def save_weights(network: Generator, path: Path, *, record: dict[str, Any]) -> None:
    """Write the pair of files; `record` tells how the weights came about."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: t.contiguous() for name, t in network.state_dict().items()}, path)
    described = {
        "format": FORMAT,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "config": network.config.to_json(),
        "training": record,
    }
    path.with_suffix(".json").write_text(json.dumps(described, indent=1) + "\n")


@cache
def load_generator(path: Path, device: str) -> TrainedGenerator:
    """Load and check weights, once per process and device.

    Raises:
        WeightsError: if a file is missing, does not match its hash, or does not fit this code.
    """
    described = _read_description(path)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise WeightsError(f"The weights {path.name} cannot be read: {error.strerror}.") from error
    if digest != described["sha256"]:
        raise WeightsError(
            f"The weights {path.name} are damaged or incomplete: their SHA-256 is "
            f"{digest[:12]}…, {path.stem}.json says {str(described['sha256'])[:12]}…."
        )
    try:
        config = described["config"]
        network = Generator(GeneratorConfig(**{**config, "widths": tuple(config["widths"])}))
        if network.config.channels != len(CHANNELS):
            raise ValueError(f"they read {network.config.channels} channels, not {len(CHANNELS)}")
        network.load_state_dict(load_file(path))
    except (SafetensorError, RuntimeError, TypeError, LookupError, ValueError) as error:
        raise WeightsError(f"The weights {path.name} do not fit this version: {error}") from error
    network = network.eval().requires_grad_(False)
    return TrainedGenerator(settle(network, device), digest)


def _read_description(path: Path) -> dict[str, Any]:
    name = f"{path.stem}.json"
    try:
        described = json.loads(path.with_suffix(".json").read_text())
    except OSError as error:
        raise WeightsError(f"{name}, which describes the weights, cannot be read.") from error
    except ValueError as error:
        raise WeightsError(f"{name}, which describes the weights, is not JSON.") from error
    known = isinstance(described, dict) and described.get("format") == FORMAT
    if not known or "sha256" not in described:
        raise WeightsError(f"{name} is of another format than {FORMAT}.")
    return dict(described)
