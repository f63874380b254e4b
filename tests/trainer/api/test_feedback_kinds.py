"""Feedback on what is no plain mass: look-alikes, one view, clips, faults of technique."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.models import Case
from generation.lesions import REGISTRY
from tests.factories.practice import (
    FAR_X,
    FAR_Y,
    add_finding,
    make_case,
    make_mark,
    read_case,
)
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(
    api: Callable[..., APIClient], resident: User
) -> Callable[..., tuple[dict[str, Any], dict[str, Any]]]:
    def read(case: Case, **answers: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The feedback's score and its first finding."""
        reading = read_case(resident, case, **answers)
        told = api(resident).get(f"/api/readings/{reading.pk}/feedback/").json()
        return told["score"], told["truth"]["findings"][0]

    return read


READ = Callable[..., tuple[dict[str, Any], dict[str, Any]]]
NORMAL = {
    "breasts": {"left": {"assessment": "2"}, "right": {"assessment": "1"}},
    "recall": False,
}


@pytest.mark.parametrize("kind", REGISTRY)
def test_every_generated_kind_is_told_by_its_own_name(read: READ, kind: str) -> None:
    case = make_case(lesion=False)
    made = REGISTRY[kind]
    fields = {"actionable": False, "assessment": "2", "pathology": "benign", "descriptors": {}}
    add_finding(case, kind=kind, reads_as=made.reads_as or "", malignancy=0.0, **fields)
    score, finding = read(case, marks=[], **NORMAL)
    assert (finding["kind"], finding["label"], finding["group"]) == (kind, made.label, made.group)
    assert finding["reads_as"] == made.reads_as
    assert finding["placed"] == (made.region != "breast" and made.group != "technique")
    assert score["lesions"] == []
    assert score["recall_correct"] is True


def test_a_kind_that_is_no_longer_made_is_still_told(read: READ) -> None:
    case = make_case(lesion=False)
    add_finding(case, kind="old_kind", reads_as="mass", descriptors={})
    _, finding = read(case, marks=[make_mark()])
    assert (finding["label"], finding["group"]) == ("Old kind", None)


def test_the_share_of_cancers_among_such_findings_is_told(read: READ) -> None:
    _, finding = read(make_case())
    assert finding["malignancy"] == 0.88


def test_a_finding_of_one_view_is_told_in_that_view(read: READ) -> None:
    case = make_case(lesion=False)
    add_finding(case, views=("left_mlo",), reads_as="asymmetry", descriptors={"type": "asymmetry"})
    mark = make_mark(view="left_mlo", kind="asymmetry", descriptors={"type": "asymmetry"})
    score, finding = read(case, marks=[mark])
    assert [view["key"] for view in finding["views"]] == ["left_mlo"]
    assert score["lesions"][0]["hit"] is True
    assert score["lesions"][0]["descriptors"] == {"type": True}


def test_a_word_that_readers_do_not_have_is_not_asked(read: READ) -> None:
    case = make_case(lesion=False)
    words = {"morphology": "amorphous", "distribution": "grouped", "origin": "suture"}
    add_finding(case, reads_as="calcification_group", descriptors=words)
    given = {"morphology": "amorphous", "distribution": "grouped"}
    score, _ = read(case, marks=[make_mark(kind="calcification_group", descriptors=given)])
    assert score["lesions"][0]["descriptors"] == {"morphology": True, "distribution": True}
    assert score["lesions"][0]["characterised"] is True


def test_marks_on_a_fault_of_technique_are_on_nothing(read: READ) -> None:
    case = make_case(lesion=False)
    fields = {"actionable": False, "assessment": "1", "pathology": "none", "descriptors": {}}
    add_finding(case, kind="motion_blur", reads_as="", malignancy=0.0, **fields)
    marks = [
        make_mark(x=FAR_X, y=FAR_Y, suspicious=False, descriptors={}),
        make_mark(x=FAR_X - 40, y=FAR_Y, kind="mass"),
    ]
    score, finding = read(case, marks=marks, **NORMAL)
    outcomes = [(mark["outcome"], mark["finding"]) for mark in score["marks"]]
    assert outcomes == [("neutral", None), ("false_positive", None)]
    assert finding["views"][0]["dprime"] is None
