"""Why a lesion was missed, what its words mean and how others did, as feedback tells it."""

import uuid
from typing import Any

import pytest

from tests.factories.accounts import MembershipFactory
from tests.factories.practice import (
    FAR_X,
    FAR_Y,
    LESION_X,
    LESION_Y,
    assign_case,
    make_answers,
    make_case,
    make_log,
    make_mark,
    read_case,
)
from tests.trainer.api.conftest import SignIn
from trainer.accounts.models import Institution, User
from trainer.measure.proportions import MINIMUM_N

pytestmark = pytest.mark.django_db

MISSED = {
    "marks": [],
    "recall": False,
    "breasts": {s: {"assessment": "1"} for s in ("left", "right")},
}


def submit(api: SignIn, reader: User, log: dict[str, Any], **answers: Any) -> dict[str, Any]:
    assignment = assign_case(reader, make_case())
    body = {
        "assignment": str(assignment.pk),
        "key": str(uuid.uuid4()),
        "answers": make_answers(**answers),
        "log": log,
    }
    response = api(reader).post("/api/readings/", body)
    assert response.status_code == 201, response.content
    return dict(response.json())


def make_closer_log(ms: int) -> dict[str, Any]:
    """The lesion's own square of 64 pixels on screen at full resolution, and its neighbour."""
    log = make_log()
    cell = [LESION_X // 64, LESION_Y // 64]
    view = {**log["views"]["left_cc"], "cells": [[*cell, ms], [cell[0] + 1, cell[1], 9000]]}
    return {**log, "views": {**log["views"], "left_cc": view}}


def test_a_hit_is_no_miss(api: SignIn, resident: User) -> None:
    (lesion,) = submit(api, resident, make_log())["lesions"]
    assert lesion["miss"] is None


def test_a_miss_is_told_by_what_was_on_screen(api: SignIn, resident: User) -> None:
    (lesion,) = submit(api, resident, make_closer_log(2500), **MISSED)["lesions"]
    assert lesion["miss"]["kind"] == "not_marked"
    assert "full resolution for 2.5 s" in lesion["miss"]["text"]
    assert "L CC and L MLO" in lesion["miss"]["text"]


def test_views_never_entered_make_it_a_miss_of_search(api: SignIn, resident: User) -> None:
    log = make_log()
    log["views"] = {key: {"dwell_ms": 0, "seen_1to1": 0, "cells": []} for key in log["views"]}
    (lesion,) = submit(api, resident, log, **MISSED)["lesions"]
    assert lesion["miss"]["kind"] == "not_looked_at"


def test_a_false_mark_in_the_same_view_is_named_with_its_distance(
    api: SignIn, resident: User
) -> None:
    marks = [make_mark(x=float(FAR_X), y=float(FAR_Y))]
    (lesion,) = submit(api, resident, make_log(), marks=marks)["lesions"]
    assert lesion["miss"]["kind"] == "marked_elsewhere"
    assert "29 mm" in lesion["miss"]["text"]


def test_a_dismissing_mark_gives_its_reason_back(api: SignIn, resident: User) -> None:
    mark = make_mark(suspicious=False, descriptors={"dismissal_reason": "vessel"})
    (lesion,) = submit(api, resident, make_log(), **{**MISSED, "marks": [mark]})["lesions"]
    assert lesion["miss"] == {
        "kind": "dismissed",
        "text": "Looked at and dismissed: you marked it and judged it harmless: vessel.",
    }


@pytest.mark.parametrize("cells", [[[1, 2]], [[1, 2, -3]], [[1, 2, "x"]], [[0, 0, 1]] * 2000])
def test_wrong_squares_are_refused_by_name(api: SignIn, resident: User, cells: Any) -> None:
    log = make_log()
    log["views"]["left_cc"] = {**log["views"]["left_cc"], "cells": cells}
    assignment = assign_case(resident, make_case())
    body = {"assignment": str(assignment.pk), "key": str(uuid.uuid4())}
    response = api(resident).post("/api/readings/", {**body, "answers": make_answers(), "log": log})
    assert response.status_code == 400
    assert "log" in response.json()


def test_words_of_truth_and_answer_are_explained(api: SignIn, resident: User) -> None:
    marks = [make_mark(descriptors={"margin": "circumscribed"})]
    words = submit(api, resident, make_log(), marks=marks)["words"]
    assert set(words["margin"]) == {"spiculated", "circumscribed"}
    assert "run out" in words["margin"]["spiculated"]


def test_others_are_counted_and_shown_from_the_minimum_on(
    api: SignIn, resident: User, institution: Institution
) -> None:
    case = make_case()
    mine = read_case(resident, case)
    for number in range(MINIMUM_N):
        other = MembershipFactory.create(institution=institution).user
        read_case(other, case, **(MISSED if number < 3 else {}))
        told = api(resident).get(f"/api/readings/{mine.pk}/feedback/").json()
        assert told["others"]["readers"] == number + 1
        share = told["lesions"][0]["others"]
        assert share["n"] == number + 1
        assert share["enough"] == (number + 1 >= MINIMUM_N)
        assert (share["value"] is None) != share["enough"]
    assert share["value"] == 0.7
    assert told["others"]["recall_right"]["value"] == 0.7
