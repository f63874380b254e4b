"""What is gathered, left out, and survived."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from generation.clock import StageClock
from generation.evaluation import collection
from generation.evaluation.cases import StoredCase
from generation.evaluation.collection import Plan, collect
from generation.evaluation.redrawing import DensityRead, DrawnAnatomy, Redrawn
from generation.spec import CaseSpec
from tests.generation.evaluation.pictures import BOUND, make_image, make_map

TRAINED: Any = SimpleNamespace(network=None, sha256="0")


def open_pictures(images: object, **given: object) -> Iterator[Any]:
    """Three real views, the second without room for a patch."""
    for number in range(3):
        yield SimpleNamespace(tissue=None if number == 1 else make_image(number), table=None)


def draw_or_fail(spec: CaseSpec, folder: Path, number: int, **given: object) -> None:
    """Writes an empty folder; the second case fails."""
    if number == 2:
        raise RuntimeError("no memory left")
    (folder / f"case-{number:04d}").mkdir()


def list_folders(folder: Path, count: int | None = None) -> list[StoredCase]:
    spec = CaseSpec.draw(np.random.default_rng(2), findings="none", prior=False)
    truth = {"findings": [{"kind": "motion_blur", "views": {"left_mlo": {}}}]}
    code = {"code_version": "1", "weights_sha256": "2"}
    return [StoredCase(each, spec, truth, code) for each in sorted(folder.glob("case-*"))]


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    replaced = {
        "find_held_out": lambda data: [None] * 3,
        "open_views": open_pictures,
        "redraw": lambda view, trained, **given: (
            None if view.tissue is None else Redrawn(view.tissue, make_map(), BOUND)
        ),
        "draw_case": draw_or_fail,
        "list_cases": list_folders,
        "sample_view": lambda case, key, group, **given: replace(
            make_image(group), view=key.split("_")[1]
        ),
        "draw_anatomy": lambda spec, side, view, *rest, **given: DrawnAnatomy(
            view, make_map(), BOUND, DensityRead("B", "B", "B")
        ),
    }
    for name, value in replaced.items():
        monkeypatch.setattr(collection, name, value)

    def gather(**changes: object) -> collection.Material:
        plan = replace(Plan(tmp_path, 3, 1, tmp_path / "w.safetensors"), **changes)
        return collect(plan, TRAINED, StageClock(lambda s, t: None), lambda doing: None)

    return gather


def test_every_set_is_gathered(gathered: Any) -> None:
    material = gathered()
    assert {name: len(each.images) for name, each in material.sets.items()} == {
        "real": 2,
        "network": 2,
        "cases_cc": 4,
        "cases_mlo": 2,
    }
    assert material.sets["real"].left_out == {"no patch fits": 1}
    assert material.sets["cases_mlo"].left_out == {"motion_blur": 2}
    assert len(material.densities) == 2
    assert {name: len(found) for name, found in material.bindings.items()} == {
        "network": 2,
        "cases_cc": 1,
        "cases_mlo": 1,
    }
    assert material.codes_of_cases == {"1"}


def test_a_case_that_cannot_be_drawn_costs_no_other(gathered: Any) -> None:
    material = gathered()
    assert material.failures == {"cases/case 2": "RuntimeError: no memory left"}


def test_both_breasts_are_one_woman(gathered: Any) -> None:
    assert [image.group for image in gathered().sets["cases_cc"].images] == [0, 0, 1, 1]


def test_only_what_is_asked_for(gathered: Any) -> None:
    material = gathered(sets=("network",))
    assert set(material.sets) == {"real", "network"}
    assert material.densities == []
    assert set(gathered(sets=("cases_mlo",)).sets) == {"real", "cases_mlo"}
