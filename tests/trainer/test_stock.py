"""The first stock: it can be drawn, it is a sensible mix, and asking again asks for nothing."""

from collections import Counter

import pytest

from cases.models import CaseRequest
from generation.lesions import REGISTRY
from generation.spec import CaseSpec
from trainer.measure.competencies import competency_of
from trainer.stock import STOCK_SIZE, draw_stock_spec, request_stock

SPECS = [draw_stock_spec(number) for number in range(STOCK_SIZE)]


def is_positive(spec: CaseSpec) -> bool:
    return any(lesion.actionable for lesion in spec.lesions)


def test_every_case_can_be_made_and_is_another_womans() -> None:
    assert STOCK_SIZE == 24
    for spec in SPECS:
        spec.validate()
    assert len({spec.seed for spec in SPECS}) == STOCK_SIZE
    assert draw_stock_spec(5) == SPECS[5]


def test_four_in_ten_are_to_be_left_alone() -> None:
    normals = sum(not is_positive(spec) for spec in SPECS)
    assert 0.4 <= normals / STOCK_SIZE <= 0.5
    # From the first case on, so that whoever starts early is not told by the mix.
    assert 1 <= sum(not is_positive(spec) for spec in SPECS[:4]) <= 2


def test_every_lesion_competency_is_exercised() -> None:
    lesions = [lesion for spec in SPECS for lesion in spec.lesions if lesion.actionable]
    counts = Counter(competency_of(str(REGISTRY[lesion.kind].reads_as)) for lesion in lesions)
    assert set(counts) == {"mass", "calcification", "distortion", "asymmetry"}
    assert min(counts.values()) >= 2


def test_look_alikes_and_one_operation_are_among_the_normals() -> None:
    harmless = [lesion for spec in SPECS if not is_positive(spec) for lesion in spec.lesions]
    groups = Counter(REGISTRY[lesion.kind].group for lesion in harmless)
    assert groups["look_alike"] >= 3
    assert groups["post_surgical"] == 1


def test_it_starts_easy_and_covers_all_densities() -> None:
    assert {spec.density for spec in SPECS[:4]} <= {"A", "B"}
    assert {spec.density for spec in SPECS} == {"A", "B", "C", "D"}
    assert not any(spec.prior for spec in SPECS[:4])


def test_an_exam_before_tells_nothing() -> None:
    with_prior = [spec for spec in SPECS if spec.prior]
    assert len(with_prior) == 8
    assert any(not spec.lesions for spec in with_prior)
    share = sum(is_positive(spec) for spec in with_prior) / len(with_prior)
    assert share == pytest.approx(sum(map(is_positive, SPECS)) / STOCK_SIZE, abs=0.1)


@pytest.mark.django_db
def test_asking_again_asks_for_nothing_new() -> None:
    assert request_stock(size=3) == 3
    assert request_stock(size=4) == 1
    assert request_stock(size=4) == 0
    assert CaseRequest.objects.count() == 4
