"""The command line as a person meets it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from generation.__main__ import COMMANDS, main
from generation.commands.sample import draw_spec
from generation.networks.generator import Generator, GeneratorConfig
from generation.networks.weights import save_weights

ROOT = Path(__file__).parents[2]


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generation", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def tiny_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real weights of a network too small to draw well, so that a case takes seconds."""
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "tiny.safetensors"
    network = Generator(GeneratorConfig(widths=(8, 8, 8, 8, 8), hidden=4, tail=4))
    save_weights(network, path, record={"step": 0})
    return path


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    names = [command.__name__.rsplit(".", 1)[1] for command in COMMANDS]
    for arguments in (["--help"], *([name, "--help"] for name in names)):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
        said = capsys.readouterr().out
        assert "example:" in said
        assert "python -m generation" in said


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["sample"],
        ["sample", "--count", "0", "--seed", "1", "--out", "x"],
        ["sample", "--count", "1", "--seed", "-1", "--out", "x"],
        ["sample", "--count", "one", "--seed", "1", "--out", "x"],
        ["sample", "--count", "1", "--seed", "1", "--out", "x", "--density", "E"],
        ["sample", "--count", "1", "--seed", "1", "--out", "x", "--device", "abacus"],
    ],
)
def test_bad_arguments_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.strip()


def test_truncated_weights_exit_1_with_one_line(tiny_weights: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(tiny_weights.read_bytes()[:500])
    broken.with_suffix(".json").write_text(tiny_weights.with_suffix(".json").read_text())
    ended = run_command(
        *("sample", "--count", "1", "--seed", "1", "--out", str(tmp_path / "out")),
        *("--weights", str(broken)),
    )
    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "broken.safetensors" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list((tmp_path / "out").iterdir())


def test_a_sample_is_written_and_is_the_same_again(
    tiny_weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["sample", "--count", "1", "--seed", "5", "--density", "A", "--json"]
    arguments += ["--findings", "calcification_group", "--weights", str(tiny_weights)]
    for name in ("one", "two"):
        assert main([*arguments, "--out", str(tmp_path / name)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["case"] == "case-0001"
    assert lines[0]["findings"] == ["calcification_group"]
    assert {"total", "write", "network", "lesions"} <= set(lines[0]["seconds"])
    folder = tmp_path / "one" / "case-0001"
    truth = json.loads((folder / "truth.json").read_text())
    (finding,) = truth["findings"]
    assert truth["density"] == {"left": "A", "right": "A"}
    views = {f"{side}_{view}.png" for side in ("left", "right") for view in ("cc", "mlo")}
    masks = {f"mask-{finding['id']}-{key}.png" for key in finding["views"]}
    names = {path.name for path in folder.iterdir()}
    assert names == views | masks | {"truth.json", "provenance.json"}
    for name in views | masks:
        image = np.asarray(Image.open(folder / name))
        assert image.shape == (2304, 1792)
        assert image.any()
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "two" / "case-0001" / path.name).read_bytes()


def test_a_case_of_a_sample_does_not_depend_on_the_others() -> None:
    assert draw_spec(4, 3, {}) == draw_spec(4, 3, {})
    specs = [draw_spec(4, number, {}) for number in range(1, 6)]
    assert len({spec.seed for spec in specs}) == 5


def test_spec_lesions_and_physics_come_without_torch_and_django() -> None:
    modules = "generation.spec, generation.lesions, generation.physics, generation.teaching"
    code = (
        f"import sys, {modules}, generation.quality.detectability, generation.population\n"
        "print(sorted({'torch', 'django'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=True,
    )
    assert ended.stdout.strip() == "[]"
