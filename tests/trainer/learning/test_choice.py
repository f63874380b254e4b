import json
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cases.models import Case, CaseRequest
from generation.spec import CaseSpec
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User
from trainer.learning.domain import (
    choose_case,
    note_given,
    record_answers,
    replay_answers,
    stock,
)
from trainer.learning.domain.choice import Choice
from trainer.learning.domain.orders import RESERVE
from trainer.learning.domain.stock import index_all_cases, index_new_cases
from trainer.learning.models import ItemDifficulty, StockItem
from trainer.learning.plans import Plan
from trainer.learning.queries.stock import count_readers
from trainer.learning.reasons import tell_reason
from trainer.learning.recorded import RecordedAnswers
from trainer.measure.ability import start_ability
from trainer.measure.difficulty import find_wanted_difficulty, find_wanted_dprime
from trainer.measure.scoring import Item

pytestmark = pytest.mark.django_db


def choose(
    reader: User, institution: Institution, *seen: Case, seed: int = 0, plan: Plan | None = None
) -> Choice | None:
    return choose_case(
        reader=reader,
        seen_case_ids=frozenset(case.pk for case in seen),
        institution=institution,
        plan=plan or Plan(),
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
            text = tell_reason(choice.why)["text"]
            texts.setdefault(choice.why["competency"], set()).add(text.lower())
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
    index_new_cases()
    for _ in (educator, director):
        note_given(case=read)
    for seed in range(8):
        choice = choose(resident, institution, seed=seed)
        assert choice is not None
        assert choice.case == unread


def test_what_enough_have_met_waits_for_all_else_but_a_normal_that_is_owed(
    resident: User, educator: User, director: User, institution: Institution
) -> None:
    seen = [make_case(kind="mass") for _ in range(4)]
    met, unmet = make_case(kind=None), make_case(kind="mass")
    index_new_cases()
    for _ in (educator, director):
        note_given(case=met)
    for seed in range(8):
        choice = choose(resident, institution, seed=seed)
        assert choice is not None and choice.case != met
    for seed in range(8):
        choice = choose(resident, institution, *seen, seed=seed)
        assert choice is not None and choice.case == met, unmet


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


def test_a_finding_that_the_stock_lacks_is_ordered(
    resident: User, institution: Institution
) -> None:
    for _ in range(RESERVE):
        make_case(kind=None)
        make_case(kind="mass")
    plan = Plan(focus="finding", finding="calcification")
    for seed in range(8):
        choose(resident, institution, seed=seed, plan=plan)
    specs = [CaseSpec.from_json(request.spec) for request in CaseRequest.objects.all()]
    kinds = {lesion.kind for spec in specs for lesion in spec.lesions if lesion.actionable}
    assert kinds == {"calcification_group"}


def test_choosing_takes_the_same_queries_however_many_cases(
    resident: User, institution: Institution
) -> None:
    counts = []
    for more in (RESERVE + 1, 6):
        for _ in range(more):
            make_case(kind=None)
            make_case(kind="mass")
        index_new_cases()
        count_readers()
        with CaptureQueriesContext(connection) as queries:
            choose(resident, institution, seed=1)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 19


def test_a_case_is_chosen_for_what_its_answers_made_of_it(
    resident: User, educator: User, institution: Institution
) -> None:
    """The index that choosing looks up follows the answers, and a re-estimation."""
    case = make_case(kind=None)
    index_new_cases()
    missed = [Item("not_recalled", "normal_rejection", -1, False, "")]
    before = StockItem.objects.get(case=case, key="not_recalled").mean
    record_answers(reader=educator, case=case, session=uuid4(), items=missed, source=uuid4())
    learnt = StockItem.objects.get(case=case, key="not_recalled")
    assert learnt.mean > before
    assert learnt.difficulty == ItemDifficulty.objects.get(case=case).difficulty
    right = [Item("not_recalled", "normal_rejection", -1, True, "")]
    replay_answers(
        answers=[RecordedAnswers(educator, case, uuid4(), right, uuid4(), timezone.now())]
    )
    assert StockItem.objects.get(case=case, key="not_recalled").mean < before


def test_an_old_case_that_comes_in_late_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case brought from elsewhere is not among the newest: beat finds it."""
    monkeypatch.setattr(stock, "_NEWEST", 2)
    make_case(kind=None)
    make_case(kind=None)
    index_new_cases()
    old = make_case(kind="mass", created_at=timezone.now() - timedelta(days=400))
    assert index_new_cases() == 0
    assert index_all_cases() == 1
    assert StockItem.objects.filter(case=old, competency="mass", kind="mass").exists()


def test_practice_of_a_finding_still_holds_normals_in_its_share(
    resident: User, institution: Institution
) -> None:
    for _ in range(12):
        make_case(kind=None)
        make_case(kind="mass")
        make_case(kind="calcification_group")
    plan = Plan(focus="finding", finding="calcification")
    seen: list[Case] = []
    for n in range(15):
        choice = choose(resident, institution, *seen, seed=n, plan=plan)
        assert choice is not None
        seen.append(choice.case)
    normals = [case for case in seen if not case.positive]
    assert 6 <= len(normals) <= 12
    kinds = {f.kind for case in seen for f in case.findings.all()}
    assert kinds == {"calcification_group"}


def test_practice_of_a_tier_takes_it_while_there_is_one_and_then_says_so(
    resident: User, institution: Institution
) -> None:
    hard = make_case(kind=None)
    Case.objects.filter(pk=hard.pk).update(tier=5)
    other = make_case(kind=None)
    plan = Plan(focus="tier", tier=5)
    first = choose(resident, institution, plan=plan)
    assert first is not None and first.case == hard
    assert tell_reason(first.why)["mode"] == "Practice of tier 5"
    second = choose(resident, institution, hard, plan=plan)
    assert second is not None and second.case == other
    assert tell_reason(second.why)["text"].startswith("No case of tier 5 is ready yet")
    assert CaseRequest.objects.filter(spec__tier=5).exists()


def test_an_assessment_asks_for_harder_cases_than_practice(
    resident: User, institution: Institution
) -> None:
    for dprime in (1.5, 3.0, 4.5, 6.0, 9.0):
        make_case(kind="mass", dprime=dprime)
    predicted = [
        np.mean(
            [
                choice.why["predicted"]
                for seed in range(8)
                if (choice := choose(resident, institution, seed=seed, plan=plan))
            ]
        )
        for plan in (Plan(), Plan(focus="assessment"))
    ]
    assert predicted[1] < predicted[0] - 0.05


def test_a_plan_that_makes_no_sense_is_refused() -> None:
    for wrong in ({"focus": "finding"}, {"focus": "tier", "tier": 6}, {"tier": 3}):
        with pytest.raises(ValueError):
            Plan(**wrong)


def test_a_case_shown_otherwise_is_never_chosen(resident: User, institution: Institution) -> None:
    case = make_case(kind="mass")
    make_case(kind="mass", variant_of=case, variant="density-D")
    assert choose(resident, institution, case) is None


def test_cases_made_at_one_moment_are_taken_up_as_they_come() -> None:
    """A choice looks at a number of the newest, however many were made together."""
    moment = timezone.now()
    for _ in range(3):
        make_case(kind=None, created_at=moment)
    assert index_new_cases() == 3
    newer = make_case(kind="mass", created_at=moment + timedelta(seconds=1))
    assert index_new_cases() == 1
    assert StockItem.objects.filter(case=newer).exists()


def test_cases_shared_by_all_and_the_institutions_own_are_looked_at_together(
    resident: User, institution: Institution
) -> None:
    wanted = find_wanted_difficulty(start_ability(), competency="mass", sign=1, p=0.8)
    fitting = find_wanted_dprime(wanted, "mass")
    make_case(kind="mass", dprime=20 * fitting)
    own = make_case(kind="mass", dprime=fitting, institution=institution)
    plan = Plan(focus="finding", finding="mass")
    for seed in range(6):
        choice = choose(resident, institution, seed=seed, plan=plan)
        assert choice is not None and choice.case == own


def test_what_was_seen_is_passed_over_however_much_lies_near(
    resident: User, institution: Institution
) -> None:
    near = [make_case(kind="mass", dprime=4.0) for _ in range(40)]
    far = make_case(kind="mass", dprime=40.0)
    choice = choose(resident, institution, *near)
    assert choice is not None and choice.case == far


def test_reasons_are_told_in_the_language_of_who_reads_them(
    resident: User, institution: Institution
) -> None:
    make_case(kind="mass", dprime=400.0)
    choice = choose(resident, institution)
    assert choice is not None and choice.why["fit"] == "nearest"
    english = tell_reason(choice.why)
    assert english["text"] == "The nearest to your level among the cases that are ready."
    with translation.override("de"):
        german = tell_reason(choice.why)
    assert german["mode"] == "Adaptives Üben"
    assert german["text"].startswith("Von den bereiten Fällen")
    old = {"mode": "Assessment", "text": "Fits you.", "label": "Masses", "returning": None}
    assert tell_reason(old) == old, "words of before are shown as they were kept"
