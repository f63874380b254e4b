"""Whether weights are what they say, fit this code's network, and are numbers at all.

Loads torch. What is checked here may come from anywhere: nothing of it is run, and no memory is
taken for a network before its description agrees with the weights.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from generation.packages.archive import looks_pickled
from generation.packages.members import PackageError

MOST_WIDTH = 4096
MOST_LIST = 64
MOST_SAID = 240


def check_fitness(weights: Path) -> None:
    """Refuse a weights file, its JSON beside it, that this version could not draw with.

    Raises:
        PackageError: if it is no safetensors file, damaged, of another network, or not finite.
    """
    with weights.open("rb") as file:
        start = file.read(4)
    if looks_pickled(start) or start == b"PK\x03\x04":
        raise PackageError("Its weights are a pickle, which could run code when read.")
    _check_config(weights.with_suffix(".json"))
    _check_shapes(weights)
    _check_numbers(weights)


def _check_config(path: Path) -> None:
    """A network is built from these numbers: none may be beyond what any network has."""
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackageError(f"{path.name} cannot be read.") from error
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{path.name} is not JSON.") from error
    config = described.get("config") if isinstance(described, dict) else None
    if not isinstance(config, dict) or len(config) > MOST_LIST:
        raise PackageError(f"{path.name} holds no config of a network.")
    for key, value in config.items():
        values = value if isinstance(value, list) else [value]
        if len(values) > MOST_LIST or not all(map(_is_plausible, values)):
            raise PackageError(f"{path.name}: config {key[:40]!r} is out of range.")


def _is_plausible(value: Any) -> bool:
    if isinstance(value, bool | str):
        return True
    return isinstance(value, int | float) and -MOST_WIDTH <= value <= MOST_WIDTH


def _check_shapes(weights: Path) -> None:
    """Load into a network that has shapes and no memory: a lie in the config costs nothing."""
    import torch

    from generation.networks.weights import WeightsError, load_generator

    try:
        with torch.device("meta"), warnings.catch_warnings():
            # That nothing is copied into such a network is the point.
            warnings.simplefilter("ignore")
            load_generator(weights, "meta")
    except WeightsError as error:
        raise PackageError(_shorten(error)) from error
    except Exception as error:
        # Whatever torch says to a config that makes no network.
        raise PackageError(
            f"Its config makes no network of this version: {_shorten(error)}"
        ) from error


def _shorten(error: Exception) -> str:
    """The beginning of what may be a line for every layer."""
    said = " ".join(str(error).split())
    return said if len(said) <= MOST_SAID else f"{said[:MOST_SAID]}…"


def _check_numbers(weights: Path) -> None:
    import torch
    from safetensors.torch import load_file

    for name, tensor in load_file(weights).items():
        if not bool(torch.isfinite(tensor).all()):
            raise PackageError(f"Its weights are not all finite numbers ({name[:60]!a}).")
