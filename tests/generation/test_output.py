import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from generation import __version__
from generation.output import case_directory, write_case, write_image
from generation.truth import FindingTruth, FindingViewTruth


@dataclass(frozen=True)
class View:
    pixels: NDArray[np.uint16]


@dataclass(frozen=True)
class Case:
    views: dict[str, View]
    findings: tuple[FindingTruth, ...]
    prior: dict[str, View] | None = None
    prior_findings: tuple[FindingTruth, ...] = ()
    truth: dict[str, Any] = field(default_factory=lambda: {"tier": 2})
    provenance: dict[str, Any] = field(default_factory=lambda: {"seed": 1, "synthetic": True})


def make_case() -> Case:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 4096, (30, 20), dtype=np.uint16)
    mask = np.zeros((30, 20), bool)
    mask[4:9, 3:7] = True
    shown = FindingViewTruth(
        mask=mask,
        support=mask,
        centre_px=(5.0, 6.0),
        long_axis_mm=0.5,
        visible=True,
        dprime=2.0,
    )
    finding = FindingTruth(
        id="f1",
        kind="mass",
        reads_as="mass",
        actionable=False,
        side="left",
        descriptors={},
        assessment="3",
        pathology="benign",
        malignancy=0.02,
        centre_mm=(1.0, 1.0, 1.0),
        extent_mm=(1.0, 1.0, 1.0),
        clock=1,
        distance_from_nipple_mm=1.7,
        teaching="Text.",
        views={"left_cc": shown},
    )
    return Case({"left_cc": View(pixels), "right_cc": View(pixels[:, ::-1])}, (finding,))


def test_files_of_a_case(tmp_path: Path) -> None:
    case = make_case()
    directory = case_directory(tmp_path, 1)
    write_case(case, directory)
    assert directory.name == "case-0001"
    assert sorted(path.name for path in directory.iterdir()) == [
        "left_cc.png",
        "mask-f1-left_cc.png",
        "provenance.json",
        "right_cc.png",
        "truth.json",
    ]
    image = np.asarray(Image.open(directory / "left_cc.png"))
    assert image.dtype == np.uint16
    assert np.array_equal(image, case.views["left_cc"].pixels * 16)
    mask = np.asarray(Image.open(directory / "mask-f1-left_cc.png"))
    assert mask.dtype == np.uint8
    assert set(np.unique(mask)) == {0, 255}
    assert np.array_equal(mask > 0, case.findings[0].views["left_cc"].mask)
    assert json.loads((directory / "truth.json").read_text()) == {"tier": 2}
    assert json.loads((directory / "provenance.json").read_text())["synthetic"] is True


def test_every_picture_says_that_it_is_synthetic(tmp_path: Path) -> None:
    case = make_case()
    write_case(replace(case, prior=case.views, prior_findings=case.findings), tmp_path)
    pictures = sorted(tmp_path.glob("*.png"))
    assert len(pictures) == 6
    for picture in pictures:
        with Image.open(picture) as image:
            assert image.info == {
                "Synthetic": "YES",
                "Comment": "Synthetic image, not for diagnosis",
                "Software": f"Parenchyma {__version__}",
            }, picture.name


def test_files_of_the_exam_before_carry_its_name(tmp_path: Path) -> None:
    case = make_case()
    before = Case(
        case.views,
        case.findings,
        prior={"left_cc": case.views["right_cc"]},
        prior_findings=case.findings,
    )
    write_case(before, tmp_path / "case")
    names = {path.name for path in (tmp_path / "case").iterdir()}
    assert {name for name in names if name.startswith("prior-")} == {
        "prior-left_cc.png",
        "prior-mask-f1-left_cc.png",
    }
    image = np.asarray(Image.open(tmp_path / "case" / "prior-left_cc.png"))
    assert np.array_equal(image, case.views["right_cc"].pixels * 16)


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_case(make_case(), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_what_is_no_12_bit_image_or_no_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="12-bit"):
        write_image(np.full((2, 2), 4096, np.uint16), tmp_path / "x.png")
    broken = Case(make_case().views, (), truth={"tier": float("nan")})
    with pytest.raises(ValueError, match="JSON"):
        write_case(broken, tmp_path / "case")
    assert not (tmp_path / "case" / "truth.json").exists()


def test_a_prior_exam_lies_beside_the_current_one(tmp_path: Path) -> None:
    case = make_case()
    with_prior = replace(case, prior=case.views, prior_findings=case.findings)
    write_case(with_prior, tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert {"left_cc.png", "prior-left_cc.png", "prior-mask-f1-left_cc.png"} <= names
