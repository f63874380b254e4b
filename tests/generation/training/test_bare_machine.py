"""A machine with torch, numpy and safetensors and nothing else trains from shards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file

from generation.training.layouts import recognise
from generation.training.pack import PackPlan, pack_images

ROOT = Path(__file__).parents[3]
# As if they were not installed.
REFUSING = """
import sys
for name in ("scipy", "PIL", "pydicom", "sklearn", "django", "matplotlib"):
    sys.modules[name] = None
"""


def run_bare(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", REFUSING + code, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=600,
    )


@pytest.mark.parametrize(
    "module",
    [
        "generation.training.loop",
        "generation.training.source",
        "generation.training.config",
        "generation.networks.weights",
        "generation.commands.train",
    ],
)
def test_training_needs_no_library_for_images(module: str) -> None:
    ended = run_bare(f"import {module}")
    assert ended.returncode == 0, ended.stderr


def test_what_is_refused_is_missed_elsewhere() -> None:
    ended = run_bare("import generation.training.pairs")
    assert ended.returncode == 1 and "scipy" in ended.stderr


def test_the_command_trains_from_shards(folder: Path, tmp_path: Path) -> None:
    plan = PackPlan(crops=4, tile_px=96)
    pack_images(recognise(folder), tmp_path / "pack", plan, report=lambda line: None)
    settings = tmp_path / "tiny.toml"
    settings.write_text(
        "batch = 2\ncrop_px = 64\n[generator]\nwidths = [4, 4]\nhidden = 2\ntail = 2\n"
    )
    ended = run_bare(
        "from generation.__main__ import main; sys.exit(main(sys.argv[1:]))",
        *("train", "--data", str(tmp_path / "pack"), "--out", str(tmp_path / "run")),
        *("--config", str(settings), "--minutes", "5", "--steps", "1", "--device", "cpu"),
    )
    assert ended.returncode == 0, ended.stderr
    assert "step 1 " in ended.stdout
    assert load_file(tmp_path / "run" / "generator.safetensors")
    assert (tmp_path / "run" / "sheet-000001.pgm").exists()
