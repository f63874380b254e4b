import json
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Case, CaseRequest
from generation.spec import CaseSpec
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User
from trainer.learning.domain import choose_case, record_answers
from trainer.learning.domain.choice import Choice
from trainer.learning.domain.orders import RESERVE
from trainer.measure.scoring import Item

pytestmark = pytest.mark.django_db


def choose(reader: User, institution: Institution, *seen: Case, seed: int = 0) -> Choice | None:
    return choose_case(
        reader=reader,
        seen_case_ids=frozenset(case.pk for case in seen),
        institution=institution,
        rng=np.random.default_rng(seed),
    )


def test_an_empty_library_gives_nothing(resident: User, institution: Institution) -> None:
    assert choose(resident, institution) is None


def test_no_case_and_no_seed_comes_twice(resident: User, institution: Institution) -> None:
    seen = make_case(kind=None, seed=1)
    make_case(kind="mass", seed=1)
    fresh = make_case(kind=None, seed=2)
    for seed in range(10):
        choice = choose(resident, institution, seen, seed=seed)
        assert choice is not None
        assert choice.case == fresh
    assert choose(resident, institution, seen, fresh) is None


def test_cases_of_other_institutions_and_withdrawn_ones_stay_away(
    resident: User, institution: Institution
) -> None:
    make_case(kind=None, institution=Institution.objects.create(name="Elsewhere"))
    make_case(kind=None, withdrawn_at=timezone.now())
    assert choose(resident, institution) is None
    own = make_case(kind=None, institution=institution)
    choice = choose(resident, institution)
    assert choice is not None
    assert choice.case == own


def test_what_is_said_before_the_reading_does_not_tell_what_the_case_holds(
    resident: User, institution: Institution
) -> None:
    texts: dict[str, set[str]] = {}
    for kind in (None, "mass", "calcification_group"):
        seen = list(Case.objects.all())
        make_case(kind=kind)
        for seed in range(12):
            choice = choose(resident, institution, *seen, seed=seed)
            assert choice is not None
            assert json.loads(json.dumps(choice.why)) == choice.why
            texts.setdefault(choice.why["competency"], set()).add(choice.why["text"].lower())
    assert {"mass", "calcification", "characterisation", "normal_rejection"} <= set(texts)
    for text in set().union(*texts.values()):
        assert not any(word in text for word in ("mass", "calcif", "normal", "density", "lesion"))


def test_four_in_ten_are_normal_and_every_case_comes_once(
    resident: User, institution: Institution
) -> None:
    for _ in range(8):
        make_case(kind=None)
        make_case(kind="mass")
    seen: list[Case] = []
    for n in range(10):
        choice = choose(resident, institution, *seen, seed=n)
        assert choice is not None
        seen.append(choice.case)
        normals = sum(not case.positive for case in seen)
        assert normals >= int(0.4 * len(seen) + 1e-9)
    assert len({case.pk for case in seen}) == 10


def test_cases_that_colleagues_met_wait(
    resident: User, educator: User, director: User, institution: Institution
) -> None:
    read, unread = make_case(kind=None), make_case(kind=None)
    for reader in (educator, director):
        items = [Item("not_recalled", "normal_rejection", -1, True, "")]
        record_answers(reader=reader, case=read, session=uuid4(), items=items, source=uuid4())
    for seed in range(8):
        choice = choose(resident, institution, seed=seed)
        assert choice is not None
        assert choice.case == unread


def test_answers_change_what_a_case_is_predicted_to_be(
    resident: User, educator: User, institution: Institution
) -> None:
    case = make_case(kind=None)
    choice = choose(resident, institution)
    assert choice is not None
    missed = [
        Item("not_recalled", "normal_rejection", -1, False, ""),
        Item("no_false_mark", "normal_rejection", -1, False, ""),
        Item("density", "density", 0, False, ""),
    ]
    record_answers(reader=educator, case=case, session=uuid4(), items=missed, source=uuid4())
    after = choose(resident, institution)
    assert after is not None
    assert after.why["competency"] == choice.why["competency"]
    assert after.why["predicted"] < choice.why["predicted"]


def test_few_cases_left_order_more_up_to_a_limit(resident: User, institution: Institution) -> None:
    for _ in range(3):
        make_case(kind=None)
        make_case(kind="mass")
    for seed in range(RESERVE + 4):
        choose(resident, institution, seed=seed)
    requests = list(CaseRequest.objects.all())
    assert len(requests) == RESERVE
    specs = [CaseSpec.from_json(request.spec) for request in requests]
    assert {request.institution for request in requests} == {institution}
    assert len({spec.seed for spec in specs}) == RESERVE


def test_a_library_without_normals_gets_normals(resident: User, institution: Institution) -> None:
    for _ in range(3):
        make_case(kind="mass")
    for seed in range(4):
        choose(resident, institution, seed=seed)
    specs = [CaseSpec.from_json(request.spec) for request in CaseRequest.objects.all()]
    assert specs
    assert not any(lesion.actionable for spec in specs for lesion in spec.lesions)


def test_choosing_takes_the_same_queries_however_many_cases(
    resident: User, institution: Institution
) -> None:
    counts = []
    for more in (RESERVE + 2, 10):
        for _ in range(more // 2):
            make_case(kind=None)
            make_case(kind="mass")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            choose(resident, institution, seed=1)
        counts.append(len(queries))
    assert counts[0] == counts[1]
