"""The reference form is made once, and its cases are for nothing else."""

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from cases.domain import withdraw_case
from cases.models import Case, CaseRequest
from cases.models.request import RequestState
from tests.factories.forms import make_form, write_recipes
from tests.factories.stored_cases import make_case
from tests.trainer.learning.test_stocking import practise
from trainer.accounts.models import Institution, User
from trainer.learning.domain import choose_case
from trainer.learning.domain.forms import order_reference_form
from trainer.learning.domain.stock import index_all_cases
from trainer.learning.domain.stocking import restock
from trainer.learning.models import FormPlace, StockItem
from trainer.learning.queries.forms import for_form_q, list_form_cases, list_places, report_making
from trainer.learning.recipes import load_form
from trainer.stock import read_library_state

pytestmark = pytest.mark.django_db


def test_the_committed_form_is_two_parallel_forms_of_thirty() -> None:
    form = load_form()
    assert {name: len(recipes) for name, recipes in form.forms.items()} == {"A": 30, "B": 30}
    assert form.measure_prevalence("A") == form.measure_prevalence("B") == 0.5
    assert len({recipe.request_id for recipe in form.recipes}) == 60
    assert len({recipe.spec.seed for recipe in form.recipes}) == 60, "no woman is met twice"
    for first, second in zip(form.forms["A"], form.forms["B"], strict=True):
        assert [lesion.kind for lesion in first.spec.lesions] == [
            lesion.kind for lesion in second.spec.lesions
        ]


def test_every_recipe_is_asked_for_once(settings: Settings, tmp_path: Path) -> None:
    write_recipes(settings, tmp_path)
    assert order_reference_form() == 4
    assert order_reference_form() == 0
    assert CaseRequest.objects.count() == FormPlace.objects.count() == 4
    assert {request.institution for request in CaseRequest.objects.all()} == {None}


def test_failed_cases_are_tried_again_on_request_alone(settings: Settings, tmp_path: Path) -> None:
    write_recipes(settings, tmp_path)
    order_reference_form()
    failed = CaseRequest.objects.filter(form_places__form="A", form_places__number=1)
    failed.update(state=RequestState.FAILED, reason="No space left.")
    assert order_reference_form() == 0
    making = report_making()["A"]
    assert (making.failed, making.waiting, making.reasons) == (1, 1, ("No space left.",))
    assert order_reference_form(retry=True) == 1
    assert report_making()["A"].waiting == 2


def test_a_deleted_case_is_made_again(settings: Settings, tmp_path: Path) -> None:
    first = make_form(settings, tmp_path)["A"][0]
    first.delete()
    assert not report_making()["A"].is_ready
    assert order_reference_form() == 1
    assert report_making()["A"].waiting == 1


def test_two_presses_at_once_ask_for_one_case_that_is_of_the_form(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_form(settings, tmp_path)["A"][0].delete()
    before = list_places()
    assert order_reference_form() == 1
    # The second press had looked before the first one asked.
    monkeypatch.setattr("trainer.learning.domain.forms.list_places", lambda: before)
    assert order_reference_form() == 0
    assert not CaseRequest.objects.exclude(for_form_q()).filter(case=None, state="queued").exists()


def test_changed_recipes_are_another_edition_and_keep_what_they_share(
    settings: Settings, tmp_path: Path
) -> None:
    make_form(settings, tmp_path, cases=2)
    write_recipes(settings, tmp_path, cases=3)
    assert report_making()["A"].absent == 3
    assert order_reference_form() == 2, "the first two of each form are those of before"
    assert (report_making()["A"].ready, report_making()["A"].waiting) == (2, 1)


def test_a_withdrawn_case_keeps_its_form_from_being_read(
    settings: Settings, tmp_path: Path, educator: User
) -> None:
    case = make_form(settings, tmp_path)["A"][0]
    assert report_making()["A"].is_ready
    withdraw_case(case=case, withdrawn_by=educator)
    assert (report_making()["A"].withdrawn, report_making()["A"].is_ready) == (1, False)
    assert report_making()["B"].is_ready
    assert case not in list_form_cases("A")


def test_the_command_says_how_far_it_is(settings: Settings, tmp_path: Path) -> None:
    write_recipes(settings, tmp_path)
    out = StringIO()
    call_command("make_reference_form", stdout=out)
    CaseRequest.objects.update(state=RequestState.FAILED, reason="No space left.")
    call_command("make_reference_form", stdout=out)
    assert out.getvalue().splitlines() == [
        "asked for 4 cases",
        "form A: 0 of 2 ready, 2 waiting",
        "form B: 0 of 2 ready, 2 waiting",
        "asked for 0 cases",
        "form A: 0 of 2 ready, 2 failed",
        "  failed: No space left.",
        "form B: 0 of 2 ready, 2 failed",
        "  failed: No space left.",
    ]


def test_its_cases_are_never_practised(
    settings: Settings, tmp_path: Path, resident: User, institution: Institution
) -> None:
    make_form(settings, tmp_path)
    index_all_cases()
    assert not StockItem.objects.exists()
    chosen = choose_case(reader=resident, seen_case_ids=frozenset(), institution=institution)
    assert chosen is None
    own = make_case(kind="mass")
    chosen = choose_case(reader=resident, seen_case_ids=frozenset(), institution=institution)
    assert chosen is not None
    assert chosen.case == own
    assert read_library_state().ready == 1


def test_a_case_that_was_in_the_stock_leaves_it_for_a_form(
    settings: Settings, tmp_path: Path
) -> None:
    write_recipes(settings, tmp_path)
    recipe = load_form().recipes[0]
    case = make_case(kind="mass")
    CaseRequest.objects.create(pk=recipe.request_id, spec={}, state=RequestState.DONE, case=case)
    index_all_cases()
    assert StockItem.objects.filter(case=case).exists()
    order_reference_form()
    assert not StockItem.objects.exists()
    assert Case.objects.filter(pk=case.pk).exists()


def test_a_form_that_waits_does_not_keep_the_stock_from_being_ordered(
    settings: Settings, tmp_path: Path, resident: User
) -> None:
    practise(resident)
    write_recipes(settings, tmp_path, cases=8)
    order_reference_form()
    state = restock(rng=np.random.default_rng(0))
    assert state.ordered > 0
    assert read_library_state().waiting == state.ordered
