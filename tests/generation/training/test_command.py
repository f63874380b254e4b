"""`python -m generation train` as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from generation.__main__ import main
from generation.commands.train import choose_device
from generation.networks.weights import load_generator

TINY = """
batch = 2
crop_px = 64
[generator]
widths = [4, 4, 4]
hidden = 2
tail = 2
"""


@pytest.fixture
def tiny(tmp_path: Path) -> str:
    path = tmp_path / "tiny.toml"
    path.write_text(TINY)
    return str(path)


def refuse(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command says that ends with 2."""
    with pytest.raises(SystemExit) as caught:
        main(["train", *arguments])
    assert caught.value.code == 2
    return capsys.readouterr().err.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "a run needs --data, --out, --minutes"),
        (["--data", "x", "--minutes", "1"], "a run needs --out"),
        (["--data", "x", "--out", "y"], "a run needs --minutes"),
        (["--data", "x", "--out", "y", "--minutes", "soon"], "invalid float value: 'soon'"),
        (["--data", "x", "--out", "y", "--minutes", "0"], "must be positive"),
        (["--data", "x", "--out", "y", "--minutes", "-1"], "must be positive"),
        (["--data", "x", "--out", "y", "--minutes", "nan"], "must be positive"),
        (["--data", "x", "--out", "y", "--minutes", "inf"], "must be positive"),
        (["--data", "x", "--out", "y", "--minutes", "1", "--steps", "0"], "must be positive"),
        (["--data", "x", "--out", "y", "--minutes", "1", "--steps", "1.5"], "invalid int value"),
        (["--device", "abacus"], "invalid choice: 'abacus'"),
        (["--config", "nowhere.toml", "--dry-run"], "nowhere.toml cannot be read"),
        (["--resume", "--data", "x", "--out", "nowhere", "--minutes", "1"], "nothing to resume"),
    ],
)
def test_misuse_ends_with_two(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refuse(arguments, capsys)


def test_settings_that_cannot_be_meant_end_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("sead = 3")
    assert "sead is not a setting" in refuse(["--config", str(path), "--dry-run"], capsys)


def test_dry_run_prints_what_the_network_costs(
    tiny: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    assert main(["train", "--dry-run", "--out", str(out)]) == 0
    shipped = capsys.readouterr().out.splitlines()
    assert main(["train", "--dry-run", "--config", tiny]) == 0
    small = capsys.readouterr().out.splitlines()
    assert not out.exists()
    assert [line[:20].strip() for line in shipped] == [
        "parameters",
        "one full view",
        "one training batch",
        "",
    ]
    numbers = [
        [float(line[20:].split()[0].replace(",", "")) for line in lines]
        for lines in (shipped, small)
    ]
    assert all(large > small for large, small in zip(*numbers, strict=True))
    assert "1792 x 2304 px" in shipped[1] and "GMAC" in shipped[1]
    assert "MiB kept for the way back" in shipped[3]


def test_a_run_is_trained_resumed_and_written(
    folder: Path, tiny: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    arguments = ["train", "--data", str(folder), "--out", str(out), "--minutes", "5"]
    arguments += ["--config", tiny, "--device", "cpu", "--steps"]
    assert main([*arguments, "1"]) == 0
    said = capsys.readouterr().out
    assert "training on cpu" in said and "step 1 " in said
    assert f"wrote {out / 'generator.safetensors'}" in said

    assert "holds a run; go on with --resume" in refuse([*arguments[1:], "2"], capsys)
    assert main([*arguments, "2", "--resume"]) == 0
    assert "step 2 " in capsys.readouterr().out

    trained = load_generator(out / "generator.safetensors", "cpu")
    assert trained.network.config.widths == (4, 4, 4)
    described = json.loads((out / "generator.json").read_text())
    record = described["training"]
    assert described["sha256"] == trained.sha256
    assert record["step"] == 2 and record["data"]["layout"] == "cdd-cesm"
    assert record["data"]["images"]["used"] == 2
    assert record["hardware"]["device"] == "cpu" and record["hardware"]["threads"] > 0
    assert [config["crop_px"] for config in record["configs"]] == [64]
    assert [point["step"] for point in record["curve"]] == [1, 2]
    assert {path.name for path in out.iterdir()} == {
        *("pairs", "checkpoint", "generator.safetensors", "generator.json"),
        *("sheet-000001.pgm", "sheet-000002.pgm"),
    }


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_without_images_ends_with_one_and_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], made: bool
) -> None:
    data = tmp_path / "data"
    if made:
        data.mkdir()
    arguments = ["train", "--data", str(data), "--out", str(tmp_path / "run"), "--minutes", "1"]
    assert main([*arguments, "--device", "cpu"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("generation train: ") and said.count("\n") == 1
    assert ("none of the known layouts" if made else "is not a folder") in said


def test_a_checkpoint_of_another_network_ends_with_one_and_a_reason(
    folder: Path, tiny: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["train", "--data", str(folder), "--out", str(tmp_path / "run"), "--minutes", "5"]
    arguments += ["--device", "cpu", "--config", tiny, "--steps"]
    assert main([*arguments, "1"]) == 0
    Path(tiny).write_text(TINY.replace("hidden = 2", "hidden = 3"))
    assert main([*arguments, "2", "--resume"]) == 1
    said = capsys.readouterr().err
    assert "checkpoint is damaged, or of a network of another shape" in said
    assert said.count("\n") == 1


def test_a_device_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device("auto") == choose_device("cpu") == "cpu"
    with pytest.raises(ValueError, match="no GPU is available: use --device cpu"):
        choose_device("cuda")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose_device("auto") == choose_device("cuda") == "cuda"
    assert choose_device("cpu") == "cpu"
