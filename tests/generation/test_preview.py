"""A finding seen at once is, pixel for pixel, what the worker makes of it later."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch

from generation.clock import StageClock
from generation.exams import Exam
from generation.lesions import REGISTRY, render_finding
from generation.lesions.effects import AnatomyChange
from generation.networks.generator import Generator, GeneratorConfig
from generation.networks.weights import DEFAULT_WEIGHTS, load_generator
from generation.placement import PlacedView
from generation.preview import (
    DrawnBreast,
    NotAtOnceError,
    find_places,
    is_at_once,
    move_to,
    open_breast,
    preview_finding,
)
from generation.spec import CaseSpec, LesionSpec
from tests.generation.specs import make_group, make_lesion, make_spec


@cache
def open_exam(side: str) -> tuple[Exam, DrawnBreast]:
    """A normal case of a small untrained network, and one of its breasts as it was stored."""
    torch.manual_seed(0)
    network = Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)).eval()
    spec = make_spec()
    exam = Exam(spec, network, device="cpu", clock=StageClock(lambda stage, share: None))
    stored = {
        key.split("_")[1]: view.render().pixels
        for key, view in exam.place_breast(spec, side).items()
    }
    return exam, open_breast(spec, side, stored)


def make(side: str, lesion: LesionSpec) -> dict[str, PlacedView]:
    """The views of the breast as the worker makes them with the finding."""
    exam, _ = open_exam(side)
    placed = exam.place_breast(replace(exam.spec, lesions=(lesion,)), side)
    return {key.split("_")[1]: view for key, view in placed.items()}


def check_equal(breast: DrawnBreast, lesion: LesionSpec, made: dict[str, PlacedView]) -> None:
    patches = preview_finding(breast, lesion)
    assert set(patches) == {view for view, placed in made.items() if placed.findings}
    for view, patch in patches.items():
        placed = made[view]
        final, base = placed.oriented(placed.pixels), placed.oriented(placed.base_pixels)
        rows = slice(patch.y, patch.y + patch.pixels.shape[0])
        columns = slice(patch.x, patch.x + patch.pixels.shape[1])
        assert (final != base).any()
        mask = placed.oriented(placed.findings[lesion.id].mask)
        assert (patch.mask == mask[rows, columns]).all()
        assert patch.mask.sum() == mask.sum()
        shown = base.copy()
        shown[rows, columns] = patch.pixels
        assert (shown == final).all(), f"{np.abs(shown.astype(int) - final).max()} grey steps"


@pytest.mark.parametrize(
    "lesion",
    [
        make_lesion(),
        make_lesion(
            side="right",
            descriptors={"shape": "irregular", "margin": "spiculated", "density": "high"},
            assessment="5",
            pathology="malignant",
        ),
        make_lesion(
            superior_mm=-30.0,
            descriptors={"shape": "round", "margin": "circumscribed", "density": "fat_containing"},
            assessment="2",
        ),
        make_group(),
        make_group(
            side="right",
            descriptors={"morphology": "milk_of_calcium", "distribution": "regional"},
            assessment="2",
            pathology="benign",
            size_mm=30.0,
        ),
    ],
    ids=lambda lesion: "-".join([lesion.side, *lesion.descriptors.values()]),
)
def test_it_equals_what_the_worker_makes(lesion: LesionSpec) -> None:
    _, breast = open_exam(lesion.side)
    check_equal(breast, lesion, make(lesion.side, lesion))


def test_at_the_edge_of_the_image_too() -> None:
    _, breast = open_exam("left")
    node = LesionSpec(
        id="f1", kind="axillary_node", side="left", depth_mm=80.0, lateral_mm=40.0,
        superior_mm=75.0, size_mm=22.0, descriptors={"feature": "axillary_adenopathy"},
        assessment="4B", pathology="benign",
    )  # fmt: skip
    replace(breast.spec, lesions=(node,)).validate()
    patches = preview_finding(breast, node)
    assert set(patches) == {"mlo"}
    check_equal(breast, node, make("left", node))


def test_with_the_shipped_weights_there_is_no_grey_step_between_them() -> None:
    lesion = make_lesion()
    network = load_generator(DEFAULT_WEIGHTS, "cpu").network
    exam = Exam(make_spec(), network, device="cpu", clock=StageClock(lambda stage, share: None))
    stored = exam.place_breast(exam.spec, "left")
    breast = open_breast(
        exam.spec, "left", {key.split("_")[1]: view.pixels for key, view in stored.items()}
    )
    made = exam.place_breast(replace(exam.spec, lesions=(lesion,)), "left")
    check_equal(breast, lesion, {key.split("_")[1]: view for key, view in made.items()})


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_every_kind_says_truly_whether_the_network_draws_it(kind: str) -> None:
    _, left = open_exam("left")
    drawn = CaseSpec.draw(np.random.default_rng(3), findings=kind, prior=False)
    lesion = replace(drawn.lesions[0], side="left")
    effects = render_finding(lesion, scenes=left.scenes, seed=left.spec.seed)
    changes = [one for own in effects.values() for one in own if isinstance(one, AnatomyChange)]
    assert is_at_once(kind) == (not changes)
    if changes:
        with pytest.raises(NotAtOnceError, match="network"):
            preview_finding(left, lesion)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_click_in_one_view_sets_two_coordinates_and_the_other_the_third(side: str) -> None:
    _, breast = open_exam(side)
    lesion = make_lesion(side=side)
    there = find_places(breast, replace(lesion, depth_mm=30.0, lateral_mm=-8.0, superior_mm=20.0))
    in_cc = move_to(breast, lesion, "cc", there["cc"])
    assert in_cc.position_mm == pytest.approx((30.0, -8.0, lesion.superior_mm), abs=0.02)
    in_both = move_to(breast, in_cc, "mlo", there["mlo"])
    assert in_both.position_mm == pytest.approx((30.0, -8.0, 20.0), abs=0.1)
    for view, place in find_places(breast, in_both).items():
        assert place == pytest.approx(there[view], abs=1.0)


@pytest.mark.parametrize("changes", [{"dose": 0.5}, {"lesions": (make_lesion(),)}])
def test_only_a_normal_case_of_the_usual_dose_is_a_base(changes: dict[str, Any]) -> None:
    _, breast = open_exam("left")
    with pytest.raises(NotAtOnceError):
        open_breast(replace(make_spec(), **changes), "left", breast.pixels)
