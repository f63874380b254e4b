"""Curricula over the API: who may, what is refused and by which field, what it costs."""

import uuid
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Model, Q
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cases.domain.requests import request_case
from generation.spec import CaseSpec
from tests.factories.accounts import CohortFactory, InstitutionFactory, MembershipFactory
from tests.factories.curricula import make_content, make_curriculum
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Cohort, Institution, Role, User
from trainer.learning import rules as learning_rules
from trainer.learning.domain.stock import index_all_cases
from trainer.learning.models import CohortCurriculum, Curriculum

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


@pytest.mark.parametrize(
    ("predicate", "condition", "model"),
    [
        (learning_rules.sees_curriculum, learning_rules.seen_curricula_q, Curriculum),
        (learning_rules.edits_curriculum, learning_rules.edited_curricula_q, Curriculum),
        (learning_rules.writes_curricula, learning_rules.writing_institutions_q, Institution),
    ],
)
def test_predicate_and_filter_agree(
    institution: Institution,
    cohort: Cohort,
    educator: User,
    predicate: Callable[..., bool],
    condition: Callable[[Any], Q],
    model: type[Model],
) -> None:
    elsewhere = InstitutionFactory.create()
    people: list[Any] = [AnonymousUser(), educator]
    for place in (institution, elsewhere):
        people += [
            MembershipFactory.create(institution=place, role=role).user for role in Role.values
        ]
        make_curriculum(place, educator)
    people.append(
        MembershipFactory.create(institution=institution, cohort=cohort, role=Role.EDUCATOR).user
    )
    closed = MembershipFactory.create(institution=institution, role=Role.DIRECTOR).user
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    people.append(closed)
    rows = list(model._default_manager.all())
    allowed = 0
    for person in people:
        filtered = set(model._default_manager.filter(condition(person)))
        assert filtered == {row for row in rows if predicate(person, row)}, person
        allowed += len(filtered)
    assert 0 < allowed < len(rows) * len(people)


def test_an_educators_way_from_making_to_archiving(
    api: SignIn, educator: User, cohort: Cohort
) -> None:
    browser = api(educator)
    made = browser.post("/api/curricula/", {"name": "First year", **make_content("mass")})
    assert made.status_code == 201, made.json()
    one = made.json()
    assert (one["name"], one["version"], one["cohorts"]) == ("First year", 1, [])
    assert (one["may_edit"], one["updated_by"], one["warnings"]) == (True, str(educator), [])
    path = f"/api/curricula/{one['id']}/"
    followed = browser.put(f"{path}cohorts/", {"cohorts": [cohort.pk]}).json()
    assert followed["cohorts"] == [{"id": cohort.pk, "name": cohort.name}]
    changed = {"name": "Year 1", "version": 1, **make_content("density", "mass", items=12)}
    answer = browser.put(path, changed).json()
    assert (answer["name"], answer["version"], answer["rule"]["items"]) == ("Year 1", 2, 12)
    assert set(answer["competencies"]) == {"density", "mass", "normal_rejection"}
    assert len(answer["warnings"]) == 1
    late = browser.put(path, changed)
    assert (late.status_code, late.json()["code"]) == (409, "stale_curriculum")
    assert browser.post(f"{path}copy/").json()["name"] == "Year 1 (2)"
    assert browser.post(f"{path}archive/").json()["archived_at"] is not None
    listed = browser.get("/api/curricula/").json()["results"]
    assert [(row["name"], row["cohorts"]) for row in listed] == [("Year 1 (2)", []), ("Year 1", [])]
    assert not CohortCurriculum.objects.exists()


def test_a_file_goes_round(api: SignIn, educator: User, institution: Institution) -> None:
    original = make_curriculum(institution, educator, content=make_content("mass", items=40))
    browser = api(educator)
    file = browser.get(f"/api/curricula/{original.pk}/file/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="first-year.json"'
    answer = browser.post("/api/curricula/import/", {"content": file.json()})
    assert answer.status_code == 201
    assert answer.json()["name"] == "First year (2)"
    assert answer.json()["rule"] == original.content["rule"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": ""}, ("name",)),
        ({"competencies": {"density": {}}}, ("competencies", "normal_rejection")),
        ({"competencies": {"mass": {"weight": "NaN"}}}, ("competencies", "mass", "weight")),
        ({"competencies": {"mass": {"first_tier": 7}}}, ("competencies", "mass", "first_tier")),
        ({"rule": {"neutral_probability": 0}}, ("rule", "neutral_probability")),
        ({"rule": {"neutral": 3}}, ("rule", "neutral")),
    ],
)
def test_what_is_wrong_is_said_by_field(
    api: SignIn, educator: User, change: dict[str, Any], path: tuple[str, ...]
) -> None:
    body = {"name": "First year", **make_content("mass"), **change}
    sent = (
        ("/api/curricula/", body),
        ("/api/curricula/import/", {"content": {"format": "parenchyma-curriculum", **body}}),
    )
    for place, data in sent:
        if place.endswith("import/"):
            data["content"]["schema"] = 1  # type: ignore[index]
        answer = api(educator).post(place, data)
        assert answer.status_code == 400
        found: Any = answer.json()
        for step in path:
            found = found[step]
        assert isinstance(found, list)
    assert not Curriculum.objects.exists()


def test_all_that_is_wrong_is_said_at_once(api: SignIn, educator: User) -> None:
    body = {"name": " ", **make_content("mass", items=None, neutral=2)}
    body["competencies"]["mass"] |= {"weight": 9, "last_tier": None}
    errors = api(educator).post("/api/curricula/", body).json()
    assert set(errors) == {"name", "competencies", "rule"}
    assert set(errors["competencies"]["mass"]) == {"weight", "last_tier"}
    assert set(errors["rule"]) == {"items", "neutral"}


def test_others_see_nothing(
    api: SignIn, institution: Institution, educator: User, resident: User, cohort: Cohort
) -> None:
    curriculum = make_curriculum(institution, educator)
    stranger = MembershipFactory.create(role=Role.EDUCATOR).user
    tutor = MembershipFactory.create(
        institution=institution, cohort=cohort, role=Role.EDUCATOR
    ).user
    path = f"/api/curricula/{curriculum.pk}/"
    assert api(stranger).get("/api/curricula/").json()["results"] == []
    for place in (path, f"{path}file/", f"{path}stock/"):
        assert api(stranger).get(place).status_code == 404
        assert api(resident).get(place).status_code == 403
        assert api(tutor).get(place).status_code == 200
    change = {"name": "Mine", "version": 1, **make_content()}
    for person, code in ((stranger, 404), (resident, 403), (tutor, 403)):
        assert api(person).put(path, change).status_code == code
        assert api(person).post(f"{path}archive/").status_code == code
        assert api(person).post(f"{path}copy/").status_code == code
        assert api(person).put(f"{path}cohorts/", {"cohorts": []}).status_code == code
    assert api(tutor).post("/api/curricula/", {"name": "X", **make_content()}).status_code == 403
    named = {"name": "X", "institution": institution.pk, **make_content()}
    assert api(stranger).post("/api/curricula/", named).status_code == 403
    other = CohortFactory.create()
    refused = api(educator).put(f"{path}cohorts/", {"cohorts": [other.pk]})
    assert (refused.status_code, list(refused.json())) == (400, ["cohorts"])


def test_a_tier_without_cases_shows(api: SignIn, institution: Institution, educator: User) -> None:
    curriculum = make_curriculum(institution, educator, content=make_content("calcification"))
    make_case(kind="calcification_group", tier=3)
    make_case(kind="calcification_group", tier=3, institution=InstitutionFactory.create())
    make_case(kind=None, tier=1)
    index_all_cases()
    spec = CaseSpec.draw(
        np.random.default_rng(0), findings="calcification_group", actionable=True, tier=5
    )
    request_case(request_id=uuid.uuid4(), spec=spec, institution=institution)
    rows = api(educator).get(f"/api/curricula/{curriculum.pk}/stock/").json()
    cells = {(row["competency"], row["tier"]): row for row in rows}
    assert len(cells) == 10
    assert cells["calcification", 3]["ready"] == 1
    assert (cells["calcification", 5]["ready"], cells["calcification", 5]["ordered"]) == (0, 1)
    assert cells["calcification", 5]["makeable"] is True
    assert not cells["calcification", 5]["empty"]
    assert cells["normal_rejection", 1]["ready"] == 1
    assert cells["normal_rejection", 1]["makeable"] is None


def test_defaults_hold_within_their_own_limits(api: SignIn, educator: User) -> None:
    found = api(educator).get("/api/curricula/defaults/").json()
    for limit in (*found["rule"].values(), *found["training"].values()):
        assert limit["lowest"] <= limit["default"] <= limit["highest"]
    rule = {name: limit["default"] for name, limit in found["rule"].items()}
    training = {name: limit["default"] for name, limit in found["training"].items()}
    competencies = {each["competency"]: training for each in found["competencies"]}
    body = {"name": "Default", "competencies": competencies, "rule": rule}
    made = api(educator).post("/api/curricula/", body)
    assert made.status_code == 201
    assert made.json()["warnings"] == []


def test_the_list_costs_the_same_for_three(
    api: SignIn, institution: Institution, educator: User
) -> None:
    counts = []
    for more in (1, 2):
        for n in range(more):
            cohort = CohortFactory.create(institution=institution)
            make_curriculum(institution, educator, name=f"{more} {n}", cohorts=[cohort])
        browser = api(educator)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/api/curricula/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_suggested_milestones_are_for_the_cohorts_teachers(
    api: SignIn, institution: Institution, educator: User, cohort: Cohort, resident: User
) -> None:
    make_curriculum(institution, educator, content=make_content("mass"), cohorts=[cohort])
    path = f"/api/cohorts/{cohort.pk}/milestones/"
    rows = api(educator).get(path).json()
    assert [(row["name"], row["curriculum"]) for row in rows] == [(str(resident), "First year")]
    finding = rows[0]["milestones"][0]
    assert (finding["low"], finding["high"], finding["lacking"]) == (None, None, ["Masses"])
    stranger = MembershipFactory.create(role=Role.DIRECTOR).user
    assert api(stranger).get(path).status_code == 404
    assert api(resident).get(path).status_code == 404
