"""The stock follows demand, keeps to its budget and says why it orders nothing."""

from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from cases.models import CaseRequest, CaseView
from cases.models.request import RequestState
from generation.spec import CaseSpec
from tests.factories.curricula import make_content
from tests.factories.stored_cases import make_case
from trainer.accounts.models import User
from trainer.learning.domain import record_answers
from trainer.learning.domain.orders import RESERVE
from trainer.learning.domain.stocking import FAILED_LATELY, restock
from trainer.learning.models import StockItem, StockState
from trainer.learning.queries.abilities import AbilityState
from trainer.learning.queries.curricula import Followed
from trainer.learning.queries.demand import Practising, list_needs, measure_disk
from trainer.learning.syllabus import Syllabus
from trainer.measure.ability import Ability, start_ability
from trainer.measure.scoring import Item
from trainer.measure.tiers import list_tier_difficulties

pytestmark = pytest.mark.django_db


def practise(reader: User) -> None:
    items = [Item("not_recalled", "normal_rejection", -1, True, "")]
    record_answers(
        reader=reader, case=make_case(kind=None), session=uuid4(), items=items, source=uuid4()
    )


def look_after(seed: int = 0) -> StockState:
    return restock(rng=np.random.default_rng(seed))


def test_nobody_practises_and_nothing_is_made() -> None:
    assert look_after().said == "Nobody practised in the last two weeks."
    assert not CaseRequest.objects.exists()


def test_what_is_lacking_is_ordered_for_all_a_few_at_a_time(resident: User) -> None:
    practise(resident)
    state = look_after()
    assert (state.ordered, state.waiting, state.readers) == (RESERVE, RESERVE, 1)
    requests = list(CaseRequest.objects.all())
    assert {request.institution_id for request in requests} == {None}
    specs = [CaseSpec.from_json(request.spec) for request in requests]
    kinds = {lesion.kind for spec in specs for lesion in spec.lesions if lesion.actionable}
    assert len(kinds) >= 2, "several competencies are lacking, not one"
    again = look_after(1)
    assert again.ordered == 0
    assert again.said == "Earlier orders are not done yet."
    assert StockState.objects.get() == again


def test_orders_that_fail_are_not_placed_again_at_every_turn(resident: User) -> None:
    practise(resident)
    assert look_after().ordered == RESERVE
    failed = CaseRequest.objects.all()
    failed.update(state=RequestState.FAILED, finished_at=timezone.now())
    state = look_after(1)
    assert (state.ordered, state.said) == (0, "The last orders failed; case requests say why.")
    failed.update(finished_at=timezone.now() - FAILED_LATELY)
    assert look_after(2).ordered == RESERVE


def test_a_full_disk_stops_it(resident: User, settings: Settings) -> None:
    practise(resident)
    CaseView.objects.create(
        case=make_case(kind=None),
        side="left",
        view="cc",
        width=1792,
        height=2304,
        pixel_mm=0.1,
        window_center=2048,
        window_width=4096,
        frame_bytes=1_000_000,
        frame_sha256="0" * 64,
    )
    assert measure_disk() == pytest.approx((2 * 1792 * 2304 + 1_000_000) / 2**30)
    settings.STOCK_DISK_GIB = 0.005
    state = look_after()
    assert state.ordered == 0
    assert "STOCK_DISK_GIB" in state.said


def test_enough_is_enough(resident: User, settings: Settings) -> None:
    settings.STOCK_PER_READER = 2
    practise(resident)
    for _ in range(4):
        make_case(kind=None)
    state = look_after()
    assert state.said == "There are cases enough, though not of every difficulty."
    StockItem.objects.update(readers=2)
    assert look_after().ordered > 0, "what enough people have met counts no more"


def able(theta: float) -> Practising:
    start = start_ability()
    mean = np.full(len(start.mean), theta)
    mean[-1] = 0
    ability = Ability(start.competencies, mean, start.covariance)
    return Practising(AbilityState(ability, {}, None))


def test_better_readers_want_harder_cases_half_of_them_normal() -> None:
    weak, strong = (list_needs([able(theta)], cases=40) for theta in (-1.0, 2.0))
    for needs in (weak, strong):
        normals = sum(n.wanted for n in needs if n.competency == "normal_rejection")
        assert normals == 20
        assert 40 <= sum(n.wanted for n in needs) <= 44
    hardest = {n.competency: n.middle for n in strong}
    assert all(hardest[n.competency] >= n.middle + 2 for n in weak)


def test_what_a_curriculum_trains_is_wanted_within_its_open_tiers() -> None:
    content = make_content("mass", "distortion")
    content["competencies"]["mass"] |= {"weight": 4.0, "first_tier": 5}
    content["competencies"]["distortion"] |= {"weight": 0.5, "last_tier": 1}
    beginner = replace(able(0.0), followed=Followed("Year", Syllabus.from_json(content)))
    needs = {need.competency: need for need in list_needs([beginner], cases=40)}
    assert needs.keys() == {"mass", "distortion", "normal_rejection"}
    assert needs["mass"].wanted > 2 * needs["distortion"].wanted
    for competency, tier in (("mass", 5), ("distortion", 1)):
        difficulty = list_tier_difficulties(competency, tier)[0].mean
        assert needs[competency].low <= difficulty < needs[competency].high
