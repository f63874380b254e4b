"""Settings from a file: what is said is read, what cannot be meant is refused with the reason."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from generation.networks.generator import GeneratorConfig
from generation.training.config import (
    DEFAULT_CONFIG,
    LEAST_CROP_PX,
    ConfigError,
    TrainingConfig,
    read_config,
)


def read(tmp_path: Path, text: str) -> TrainingConfig:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    return read_config(path)


def test_shipped_settings_name_a_network_and_everything_that_is_learnt_by() -> None:
    config = read_config(DEFAULT_CONFIG)
    said = DEFAULT_CONFIG.read_text()
    clocks = {"save_every_s", "picture_every_s"}
    for each in fields(TrainingConfig):
        assert each.name in clocks or each.name in said
    assert config.generator.stride <= config.crop_px


def test_what_a_file_does_not_name_keeps_its_default(tmp_path: Path) -> None:
    assert read(tmp_path, "") == TrainingConfig()
    config = read(tmp_path, "seed = 7\nlines_weight = 3\n[generator]\nwidths = [16, 8]\n")
    assert config == TrainingConfig(
        seed=7, lines_weight=3.0, generator=GeneratorConfig(widths=(16, 8))
    )
    assert type(config.lines_weight) is float


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sead = 3", "sead is not a setting; known are seed, batch"),
        ("[generator]\ndepth = 3", "depth is not a setting; known are widths, hidden, tail"),
        ("[optimiser]\nrate = 3", "optimiser is not a setting"),
        ("[generator]\nchannels = 3", "channels is not a setting"),
        ("generator = 3", "generator must be a table"),
        ("batch = 2.5", "batch must be of type int, not 2.5"),
        ("batch = true", "batch must be of type int, not True"),
        ('seed = "one"', "seed must be of type int, not 'one'"),
        ("generator_rate = false", "generator_rate must be of type float"),
        ("[generator]\nwidths = 128", "widths must be a list of whole numbers, not 128"),
        ('[generator]\nwidths = "128"', "widths must be a list of whole numbers"),
        ("[generator]\nwidths = [64, 8.5]", "each of widths must be of type int, not 8.5"),
        ("[generator]\nwidths = [64, -8]", "each of widths must be finite and not negative: -8"),
        ("[generator]\nwidths = []", "the network needs two scales"),
        ("[generator]\nwidths = [8]", "the network needs two scales"),
        ("[generator]\nwidths = [8, 0]", "a feature at least everywhere"),
        ("[generator]\nhidden = 0", "a feature at least everywhere"),
        ("seed = -1", "seed must be finite and not negative: -1"),
        ("fine_weight = -0.5", "fine_weight must be finite and not negative: -0.5"),
        ("fine_weight = nan", "fine_weight must be finite and not negative: nan"),
        ("generator_rate = inf", "generator_rate must be finite and not negative: inf"),
        ("batch = 1", "batch must be at least 2"),
        ("crop_px = 48", "crop_px must be a multiple of 16 from 64 on, not 48"),
        ("crop_px = 100", "crop_px must be a multiple of 16 from 64 on, not 100"),
        (
            "crop_px = 80\n[generator]\nwidths = [8, 8, 8, 8, 8, 8]",
            "crop_px must be a multiple of 32",
        ),
        ("jpeg_quality = 101", "jpeg_quality must be 0 to 100, not 101"),
        ("average = 1", "average must be below 1, not 1.0"),
        ("batch = ", "is not TOML"),
        ("batch = 2\nbatch = 3", "is not TOML"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.toml cannot be read: No such file"):
        read_config(tmp_path / "nothing.toml")
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        read_config(tmp_path)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"bytes\.toml is not TOML"):
        read_config(tmp_path / "bytes.toml")


def test_the_smallest_crop_is_one_that_a_run_can_use() -> None:
    assert TrainingConfig(crop_px=LEAST_CROP_PX).crop_px % TrainingConfig().generator.stride == 0
