"""The command on a folder laid out as the published set, with a network too small to draw well."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from generation.__main__ import main
from generation.anatomy.geometry import VIEW_KEYS
from generation.auditing import audit as audit_module
from generation.auditing import comparison, leak_comparison
from generation.auditing.specimens import load_case
from generation.evaluation.cases import list_cases
from generation.networks.generator import Generator, GeneratorConfig
from generation.networks.weights import load_generator, save_weights
from generation.quality.patch_features import FeatureWeightsError
from generation.spec import CaseSpec
from generation.training import images as images_module
from tests.generation.auditing.tissue import make_breast

TRAINING = [f"IM000{number}.jpg" for number in range(3)]
HELD_OUT = [f"IM001{number}.jpg" for number in range(6)]


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three training and six held-out images, and a split that says so."""
    data = tmp_path / "real"
    (data / "images").mkdir(parents=True)
    with (data / "labels.csv").open("w") as handle:
        rows = csv.writer(handle)
        rows.writerow(["file", "category", "side"])
        for seed, name in enumerate(TRAINING + HELD_OUT):
            grey = np.round(make_breast(seed).grey * 255).astype(np.uint8)
            Image.fromarray(grey).save(data / "images" / name, quality=95)
            rows.writerow([f"images/{name}", "normal", "left"])
    (data / "lesion_outlines.csv").write_text("file,original,shape\n")
    split = tmp_path / "split.json"
    split.write_text(json.dumps({"train": TRAINING, "held_out": HELD_OUT}))
    monkeypatch.setattr(images_module, "SPLIT_FILE", split)
    for module in (comparison, leak_comparison):
        monkeypatch.setattr(module, "RESAMPLINGS", 50)
    return data


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "tiny.safetensors"
    network = Generator(GeneratorConfig(widths=(4, 4), hidden=2, tail=2))
    save_weights(network, path, record={"step": 1})
    return path


@pytest.fixture
def samples(tmp_path: Path, weights: Path) -> Path:
    """One case whose views are made-up breasts."""
    case = tmp_path / "samples" / "case-0001"
    case.mkdir(parents=True)
    for seed, key in enumerate(VIEW_KEYS, start=50):
        grey = np.round(make_breast(seed).grey * 65520).astype(np.uint16)
        oriented = grey if key.startswith("left") else grey[:, ::-1]
        Image.fromarray(np.ascontiguousarray(oriented)).save(case / f"{key}.png")
    spec = CaseSpec.draw(np.random.default_rng(0)).to_json()
    drawn_by = load_generator(weights, "cpu").sha256
    (case / "provenance.json").write_text(json.dumps({"spec": spec, "weights_sha256": drawn_by}))
    (case / "truth.json").write_text("{}")
    return tmp_path / "samples"


def run_audit(*arguments: object) -> int:
    return main(["audit", *map(str, arguments)])


def test_it_audits_a_folder_of_cases_and_says_what_it_could_not_measure(
    real: Path,
    weights: Path,
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def no_features() -> None:
        raise FeatureWeightsError("features.json cannot be read.")

    monkeypatch.setattr(audit_module, "load_feature_network", no_features)
    out, page = tmp_path / "new" / "audit.json", tmp_path / "new" / "audit.html"
    wanted = ("--real", real, "--weights", weights, "--samples", samples, "--patches", 2)
    code = run_audit(*wanted, "--out", out, "--page", page, "--with-real-pictures")
    said = capsys.readouterr()
    assert code == 1
    # Three training images are too few to pass; the audit's own copies it must find.
    assert said.err.strip().splitlines()[-1].startswith("generation audit: ")
    assert "Traceback" not in said.err
    report = json.loads(out.read_text())
    assert report["kind"] == "parenchyma-audit"
    assert report["failures"] == {"features": "features.json cannot be read."}
    assert report["summary"]["control_found"] == report["summary"]["control_planted"] == 6
    assert report["images"] == {
        "training": 3,
        "unseen": 6,
        "drawn": 4,
        "cases": 1,
        "training_maps": 3,
        "held_out_maps": 6,
    }
    assert {each["source"] for each in report["control"]} <= set(TRAINING)
    nearest = report["measures"]["images"]["nearest"][0]
    assert nearest["image"].startswith("case-0001/") and nearest["training_image"] in TRAINING
    assert report["summary"]["own_texture_training"] is not None
    assert page.read_text().count("<img") == 16
    assert f"wrote {out} and {page}" in said.out


def test_right_views_are_turned_to_the_left(samples: Path) -> None:
    views = {view.name.split("/")[1]: view for view in load_case(list_cases(samples)[0], None)}
    for key in VIEW_KEYS:
        grey = views[key].grey
        assert grey[:, :60].mean() > grey[:, -60:].mean()
        assert views[key].view == key.split("_")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--real", "."],
        ["--out", "x.json"],
        ["--real", "nowhere", "--out", "x.json"],
        ["--real", ".", "--out", "x.json", "--count", "0"],
        ["--real", ".", "--out", "x.json", "--samples", "nowhere"],
        ["--real", ".", "--out", "x.json", "--with-real-pictures"],
        ["--real", ".", "--out", "x.json", "--device", "abacus"],
    ],
)
def test_bad_arguments_end_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run_audit(*arguments)
    assert caught.value.code == 2


def test_what_cannot_be_audited_is_said_in_one_line(
    real: Path,
    weights: Path,
    samples: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refused(*arguments: object) -> str:
        assert run_audit("--out", tmp_path / "x.json", "--weights", weights, *arguments) == 1
        lines = capsys.readouterr().err.strip().splitlines()
        assert len(lines) == 1
        return lines[0]

    assert "not the CDD-CESM folder" in refused("--real", tmp_path)
    assert "holds no case" in refused("--real", real, "--samples", tmp_path)
    provenance = samples / "case-0001" / "provenance.json"
    described = json.loads(provenance.read_text())
    provenance.write_text(json.dumps({**described, "weights_sha256": "b" * 64}))
    assert "drawn by other weights (bbbbbbbbbbbb…)" in refused("--real", real, "--samples", samples)
    (real / "images" / TRAINING[1]).unlink()
    missing = refused("--real", real, "--samples", samples)
    assert f"lacks 1 of the images trained on, such as {TRAINING[1]}" in missing
