"""Settings of a training run, read from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from generation.networks.generator import GeneratorConfig

DEFAULT_CONFIG = Path(__file__).with_name("default.toml")


class ConfigError(Exception):
    """A settings file that cannot be used; the message is for people."""


@dataclass(frozen=True)
class TrainingConfig:
    """Settings of a run.

    Attributes:
        seed: of weights, crops and noise.
        batch: crops a step.
        crop_px: edge of a crop in map pixels of 0.2 mm.
        generator_rate, discriminator_rate: learning rates of Adam (betas 0 and .99).
        fixed_weight: of the discriminator on fixed features, in the generator's loss.
        fine_weight: of the discriminator of the finest bands.
        mismatch_weight: of real images with another's condition, which count as false.
        lines_weight: of the lines that were asked for and not drawn.
        average: share of the averaged weights kept at each step.
        save_every_s: seconds between checkpoints.
        picture_every_s: seconds between sheets of samples.
        generator: shape of the network.
    """

    seed: int = 0
    batch: int = 4
    crop_px: int = 128
    generator_rate: float = 3e-4
    discriminator_rate: float = 3e-4
    fixed_weight: float = 1.0
    fine_weight: float = 1.0
    mismatch_weight: float = 0.5
    lines_weight: float = 2.0
    average: float = 0.999
    save_every_s: float = 240.0
    picture_every_s: float = 240.0
    generator: GeneratorConfig = field(default_factory=GeneratorConfig)


def read_config(path: Path) -> TrainingConfig:
    """Settings of a TOML file; what it does not name keeps its default.

    Raises:
        ConfigError: if the file cannot be read, names a setting that does not exist, or gives one
            a value of the wrong type or out of range.
    """
    try:
        given = tomllib.loads(path.read_text())
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    shape = given.pop("generator", {})
    if not isinstance(shape, dict):
        raise ConfigError("generator must be a table of the network's shape")
    if "widths" in shape:
        shape["widths"] = tuple(shape["widths"])
    settings = _check(TrainingConfig, given)
    return TrainingConfig(**settings, generator=GeneratorConfig(**_check(GeneratorConfig, shape)))


def _check(kind: type, given: dict[str, Any]) -> dict[str, Any]:
    """Values of known settings; integers stand for floats, nothing else is converted."""
    known = {each.name: each.default for each in fields(kind) if each.name != "generator"}
    checked = {}
    for name, value in given.items():
        if name not in known:
            raise ConfigError(f"{name} is not a setting; known are {', '.join(known)}")
        wanted = type(known[name])
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            raise ConfigError(f"{name} must be of type {wanted.__name__}, not {value!r}")
        numbers = value if isinstance(value, tuple) else (value,)
        if any(type(n) not in (int, float) or n < 0 for n in numbers) or numbers == ():
            raise ConfigError(f"{name} must not be negative: {value!r}")
        checked[name] = value
    return checked
