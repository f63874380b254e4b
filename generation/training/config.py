"""Settings of a training run, read from a TOML file."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

from generation.networks.generator import GeneratorConfig

DEFAULT_CONFIG = Path(__file__).with_name("default.toml")
# Smaller ones do not hold the blur in which coarse tissue is compared.
LEAST_CROP_PX = 64
# The data's own, not a setting.
FIXED = ("generator", "channels")


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
        grain_rate: learning rate of kernels and strengths of the grain.
        fixed_weight: of the discriminator on fixed features, in the generator's loss.
        fine_weight: of the discriminator of the finest bands.
        mismatch_weight: of real images with another's condition, which count as false.
        lines_weight: of the lines that were asked for and not drawn.
        jpeg_quality: of the files that real images come from; drawn ones are stored alike before
            they are judged. 0 for images that were never compressed.
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
    grain_rate: float = 3e-5
    fixed_weight: float = 1.0
    fine_weight: float = 1.0
    mismatch_weight: float = 0.5
    lines_weight: float = 0.1
    jpeg_quality: int = 90
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
    settings = _check(TrainingConfig, given)
    config = TrainingConfig(**settings, generator=GeneratorConfig(**_check(GeneratorConfig, shape)))
    _check_ranges(config)
    return config


def _check(kind: type, given: dict[str, Any]) -> dict[str, Any]:
    """Values of known settings; integers stand for floats, nothing else is converted."""
    known = {each.name: each.default for each in fields(kind) if each.name not in FIXED}
    checked = {}
    for name, value in given.items():
        if name not in known:
            raise ConfigError(f"{name} is not a setting; known are {', '.join(known)}")
        checked[name] = _read(name, value, type(known[name]))
    return checked


def _read(name: str, value: Any, wanted: type) -> Any:
    if wanted is tuple:
        if type(value) is not list:
            raise ConfigError(f"{name} must be a list of whole numbers, not {value!r}")
        return tuple(_read(f"each of {name}", each, int) for each in value)
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted:
        raise ConfigError(f"{name} must be of type {wanted.__name__}, not {value!r}")
    number = cast(float, value)
    if not (math.isfinite(number) and number >= 0):
        raise ConfigError(f"{name} must be finite and not negative: {value!r}")
    return value


def _check_ranges(config: TrainingConfig) -> None:
    """Refuse what no run can be made of.

    Raises:
        ConfigError: with the first reason.
    """
    shape = config.generator
    if len(shape.widths) < 2 or min(*shape.widths, shape.hidden, shape.tail) < 1:
        raise ConfigError("the network needs two scales, and a feature at least everywhere")
    if config.crop_px < LEAST_CROP_PX or config.crop_px % max(shape.stride, 16):
        raise ConfigError(
            f"crop_px must be a multiple of {max(shape.stride, 16)} from {LEAST_CROP_PX} on, "
            f"not {config.crop_px}"
        )
    if config.batch < 2:
        raise ConfigError(
            "batch must be at least 2: an image is also judged by another's condition"
        )
    if config.jpeg_quality > 100:
        raise ConfigError(f"jpeg_quality must be 0 to 100, not {config.jpeg_quality}")
    if config.average >= 1:
        raise ConfigError(f"average must be below 1, not {config.average}")
