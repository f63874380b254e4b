"""Folders of cases: what is blocked, what is left out, what is damaged."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generation.evaluation.cases import (
    StoredCase,
    draw_specs,
    find_fault,
    find_muscle,
    list_cases,
    sample_view,
)
from generation.evaluation.tissue import PATCH_PX
from generation.output import write_image, write_mask
from generation.spec import CaseSpec

SIZE = (2304, 1792)


def draw_spec() -> CaseSpec:
    return CaseSpec.draw(np.random.default_rng(3), findings="none", prior=False)


def write_case_folder(folder: Path, spec: CaseSpec, *, mask: np.ndarray | None = None) -> Path:
    """A case whose right CC view alone has a picture: a bright breast at the right edge."""
    folder.mkdir(parents=True)
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    noise = np.random.default_rng(0).integers(0, 300, SIZE)
    breast = ((x / 1000) ** 2 + ((y - 1152) / 900) ** 2 < 1)[:, ::-1]
    write_image(np.where(breast, 1200 + noise, 0).astype(np.uint16), folder / "right_cc.png")
    if mask is not None:
        write_mask(mask, folder / "mask-f1-right_cc.png")
    (folder / "truth.json").write_text(json.dumps({"findings": []}))
    (folder / "provenance.json").write_text(json.dumps({"spec": spec.to_json()}))
    return folder


def test_specs_are_the_populations_and_repeat() -> None:
    specs = list(draw_specs(3, 5))
    assert specs == list(draw_specs(3, 5))
    assert specs[:2] == list(draw_specs(2, 5))
    assert specs != list(draw_specs(3, 6))
    assert all(spec.prior is None for spec in specs)


def test_a_finding_is_in_no_patch(tmp_path: Path) -> None:
    mask = np.zeros(SIZE, bool)
    mask[1100:1200, -400:-300] = True
    write_case_folder(tmp_path / "case-0001", draw_spec(), mask=mask)
    (case,) = list_cases(tmp_path, 1)
    image = sample_view(
        case, "right_cc", group=7, table=None, count=8, rng=np.random.default_rng(0)
    )
    assert image is not None
    assert image.with_lesions
    assert (image.view, image.group, image.density) == ("cc", 7, case.spec.density)
    flipped = mask[:, ::-1]
    for y, x in image.corners:
        # The margin of a lesion is 10 mm.
        reach = np.s_[max(y - 99, 0) : y + PATCH_PX + 99, max(x - 99, 0) : x + PATCH_PX + 99]
        inner = np.s_[y : y + PATCH_PX, x : x + PATCH_PX]
        assert not flipped[inner].any()
        assert flipped[reach].sum() < 0.2 * mask.sum()


def test_muscle_is_where_the_outline_has_it() -> None:
    spec = draw_spec()
    muscle = find_muscle(spec, "mlo", "left")
    assert muscle[0, 0]
    assert not muscle[-1].any()
    assert 0.01 < muscle.mean() < 0.3
    assert not find_muscle(spec, "cc", "left").any()


def test_views_taken_badly_are_left_out() -> None:
    views = {"left_mlo": {}}
    truth = {"findings": [{"kind": "motion_blur", "views": views}, {"kind": "mass", "views": {}}]}
    case = StoredCase(Path(), draw_spec(), truth, {})
    assert find_fault(case, "left_mlo") == "motion_blur"
    assert find_fault(case, "left_cc") is None
    assert find_fault(replace(case, truth={"findings": []}), "left_mlo") is None


def test_too_few_cases(tmp_path: Path) -> None:
    write_case_folder(tmp_path / "case-0001", draw_spec())
    with pytest.raises(ValueError, match="holds 1 cases of the 3 asked for"):
        list_cases(tmp_path, 3)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("truth.json", "{", "case-0001 is damaged"),
        ("provenance.json", '{"spec": {"schema_version": 1}}', "case-0001 is of another version"),
        ("provenance.json", "[]", "case-0001 is damaged"),
    ],
)
def test_a_damaged_case_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    folder = write_case_folder(tmp_path / "case-0001", draw_spec())
    (folder / name).write_text(content)
    with pytest.raises(ValueError, match=said):
        list_cases(tmp_path)


def test_a_damaged_picture_is_named(tmp_path: Path) -> None:
    folder = write_case_folder(tmp_path / "case-0001", draw_spec())
    whole = (folder / "right_cc.png").read_bytes()
    (folder / "right_cc.png").write_bytes(whole[: len(whole) // 2])
    (case,) = list_cases(tmp_path)
    with pytest.raises(ValueError, match=r"case-0001/right_cc.png cannot be read"):
        sample_view(case, "right_cc", group=0, table=None, count=2, rng=np.random.default_rng(0))
