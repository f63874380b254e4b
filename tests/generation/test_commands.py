"""The command line as a person meets it."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from generation import synthesis
from generation.__main__ import COMMANDS, main
from generation.commands import sample
from generation.commands.atlas import Store
from generation.commands.sample import draw_spec
from generation.lesions import REGISTRY
from generation.networks.generator import Generator, GeneratorConfig
from generation.networks.weights import save_weights
from generation.spec import CaseSpec, SpecError

ROOT = Path(__file__).parents[2]


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generation", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=6000,
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
    for arguments in (["--help"], *([name, "--help"] for name in COMMANDS)):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
        said = capsys.readouterr().out
        assert re.search("examples?:", said)
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
        ["sample", "--count", "1", "--seed", "1", "--out", "x", "--finding", "wart"],
        ["sample", "--count", "1", "--seed", "1", "--out", "x", "--tier", "6"],
        ["sample", "--count", "1", "--seed", "1", "--out", "x", "--dose", "0"],
        ["sample", "--count", "1", "--seed", "1", "--out", "x", "--dose", "nan"],
        ["sample", "--count", "1", "--seed", "1", "--out", "x", "--ladder", "size"],
        [
            *("sample", "--count", "1", "--seed", "1", "--out", "x"),
            *("--ladder", "density", "--density", "B"),
        ],
        [
            *("sample", "--count", "1", "--seed", "1", "--out", "x"),
            *("--ladder", "density", "--tier", "3"),
        ],
        ["findings", "--kind", "mass"],
        ["atlas"],
        ["atlas", "--out", "x", "--kinds", "wart"],
        ["atlas", "--out", "x", "--densities", "E"],
        ["atlas", "--out", "x", "--count-per", "0"],
        ["atlas", "--out", "x", "--seed", "-1"],
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
    # This seed draws no prior, which would add files and double the work.
    arguments = ["sample", "--count", "1", "--seed", "2", "--density", "A", "--json"]
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


def test_wishes_that_no_case_meets_exit_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(rng: np.random.Generator, **wishes: object) -> CaseSpec:
        raise SpecError({"tier": ["No case meets these wishes together."]})

    monkeypatch.setattr(CaseSpec, "draw", refuse)
    arguments = ["sample", "--count", "1", "--seed", "1", "--tier", "1"]
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--out", str(tmp_path / "out")])
    assert caught.value.code == 2
    assert "tier: No case meets" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@dataclass
class Made:
    """What a synthesis of no pixels gives."""

    truth: dict[str, Any]
    provenance: dict[str, Any]
    seconds: dict[str, float] = field(default_factory=dict)


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[CaseSpec]:
    """Specs that a command makes, without the making."""
    specs: list[CaseSpec] = []

    def note(spec: CaseSpec, **options: object) -> Made:
        specs.append(spec)
        said = spec.to_json()
        truth = {"tier": 3, "findings": said["lesions"]}
        return Made(truth, {"spec": said, "seed": spec.seed})

    monkeypatch.setattr(synthesis, "synthesise", note)
    monkeypatch.setattr(sample, "write_case", lambda case, folder: folder.mkdir(parents=True))
    return specs


def test_a_sample_with_the_exam_before_at_half_the_dose(
    asked_for: list[CaseSpec], tmp_path: Path
) -> None:
    arguments = ["sample", "--count", "3", "--seed", "5", "--out", str(tmp_path)]
    assert main([*arguments, "--finding", "mass", "--prior", "--dose", "0.5"]) == 0
    assert len(asked_for) == 3
    for spec in asked_for:
        assert spec.dose == 0.5
        assert spec.prior is not None
        assert [lesion.kind for lesion in spec.lesions] == ["mass"]


def test_a_tier_is_asked_for_in_the_spec(asked_for: list[CaseSpec], tmp_path: Path) -> None:
    arguments = ["sample", "--count", "2", "--seed", "5", "--out", str(tmp_path)]
    assert main([*arguments, "--finding", "mass", "--tier", "4"]) == 0
    assert [spec.tier for spec in asked_for] == [4, 4]


def test_a_ladder_holds_one_case_in_every_density(
    asked_for: list[CaseSpec], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["sample", "--count", "2", "--seed", "3", "--ladder", "density", "--json"]
    assert main([*arguments, "--finding", "mass", "--out", str(tmp_path)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = [f"case-000{n}/density-{density}" for n in (1, 2) for density in "ABCD"]
    assert [line["case"] for line in lines] == expected
    assert all((tmp_path / name).is_dir() for name in expected)
    assert [spec.density for spec in asked_for] == list("ABCDABCD")
    first, second = asked_for[0].lesions, asked_for[4].lesions
    assert first != second
    assert [spec.lesions for spec in asked_for] == [first] * 4 + [second] * 4


def test_an_atlas_is_written_and_goes_on_where_it_stopped(
    tiny_weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["atlas", "--out", str(tmp_path), "--densities", "B"]
    arguments += ["--weights", str(tiny_weights), "--kinds"]
    assert main([*arguments, "mass"]) == 0
    entry = tmp_path / "entries" / "mass-1-B.json"
    first = entry.stat().st_mtime_ns
    views = json.loads(entry.read_text())["views"]
    assert set(views) == {"cc", "mlo"}
    assert main([*arguments, "mass", "under_exposure"]) == 0
    assert entry.stat().st_mtime_ns == first
    page = (tmp_path / "index.html").read_text()
    pictures = {path.name for path in (tmp_path / "images").iterdir()}
    assert pictures == set(re.findall(r'src="images/([^"]+)"', page))
    assert "Density B" in page and "Under-exposure" in page
    assert "index.html" in capsys.readouterr().out
    stored = json.loads(entry.read_text())
    assert Store(tmp_path, stored["made_by"]).read("mass-1-B", stored["spec"]) == stored
    assert Store(tmp_path, "other code").read("mass-1-B", stored["spec"]) is None
    assert Store(tmp_path, stored["made_by"]).read("mass-1-B", {"seed": 4}) is None


def test_findings_lists_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings"]) == 0
    said = capsys.readouterr().out
    assert main(["findings", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["findings"]
    assert [kind["key"] for kind in listed] == list(REGISTRY)
    for kind in listed:
        low, high = kind["size_mm"]
        assert 0 < low < high
        assert kind["size_means"] and kind["label"] and kind["group"]
        assert f"  {kind['key']}: {kind['label']}" in said
        for descriptor in kind["descriptors"]:
            assert descriptor["values"]
            assert all(value["key"] in said for value in descriptor["values"])


def test_a_reader_that_leaves_early_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "generation", "findings", "--json"],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=6000,
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.returncode == 141, "as if the signal had ended it"
    assert ended.stderr == ""


def test_a_case_of_a_sample_does_not_depend_on_the_others() -> None:
    assert draw_spec(4, 3, {}) == draw_spec(4, 3, {})
    specs = [draw_spec(4, number, {}) for number in range(1, 6)]
    assert len({spec.seed for spec in specs}) == 5


def test_spec_lesions_and_physics_come_without_torch_and_django() -> None:
    modules = "generation.spec, generation.lesions, generation.physics, generation.teaching"
    code = (
        f"import sys, {modules}, generation.quality.detectability, generation.population.cases\n"
        "print(sorted({'torch', 'django'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=600,
        check=True,
    )
    assert ended.stdout.strip() == "[]"
