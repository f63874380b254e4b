"""All answers together: what difficulties start from, and cases whose truth looks wrong."""

import numpy as np
import pytest
from django.core.management import call_command

from cases.models import CaseReport
from tests.factories.accounts import MembershipFactory
from tests.factories.scored import store_reading
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution
from trainer.append_only import AppendOnlyModel
from trainer.learning.domain import calibrating
from trainer.learning.domain.stock import index_all_cases
from trainer.learning.models import AbilityEstimate, DifficultyFit, StockItem

pytestmark = pytest.mark.django_db


def read_by_many(institution: Institution, *, readers: int = 12) -> tuple[object, object]:
    """Everybody is right about nine masses in ten, and wrong about one that is plain to see."""
    plain = make_case(kind="mass", dprime=9.0)
    others = [make_case(kind="mass", dprime=4.0) for _ in range(6)]
    rng = np.random.default_rng(3)
    for _ in range(readers):
        reader = MembershipFactory.create(institution=institution).user
        for case in others:
            right = bool(rng.random() < 0.9)
            store_reading(reader=reader, institution=institution, case=case, right=right)
        store_reading(reader=reader, institution=institution, case=plain, right=False)
    return plain, others[0]


def test_a_case_that_contradicts_its_truth_is_told_to_the_educators_once(
    institution: Institution,
) -> None:
    plain, _ = read_by_many(institution)
    call_command("calibrate_difficulties")
    (report,) = CaseReport.objects.all()
    assert (report.case, report.reporter) == (plain, None)
    assert "0 of 12 readers were right" in report.text
    assert DifficultyFit.objects.get().flagged == 1
    call_command("calibrate_difficulties")
    assert CaseReport.objects.count() == 1
    assert DifficultyFit.objects.count() == 2, "every version stays on record"
    assert issubclass(DifficultyFit, AppendOnlyModel)


def test_few_answers_are_on_record_and_many_move_what_is_chosen_by(
    institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, _ = read_by_many(institution)
    unread = make_case(kind="mass", dprime=4.0)
    index_all_cases()
    before = StockItem.objects.get(case=unread, competency="mass").mean
    abilities = list(AbilityEstimate.objects.values_list("mean", flat=True))
    call_command("calibrate_difficulties")
    assert not DifficultyFit.objects.latest("pk").applied
    assert StockItem.objects.get(case=unread, competency="mass").mean == before
    monkeypatch.setattr(calibrating, "LEAST_ANSWERS", 50)
    call_command("calibrate_difficulties")
    fit = DifficultyFit.objects.latest("pk")
    assert fit.applied
    after = StockItem.objects.get(case=unread, competency="mass")
    assert after.mean != before
    assert after.variance == pytest.approx(fit.residual_sd**2)
    missed = StockItem.objects.get(case=plain, competency="mass")
    assert missed.mean > after.mean, "what everybody misses is hard, whatever its d'"
    assert list(AbilityEstimate.objects.values_list("mean", flat=True)) == abilities


def test_a_site_without_answers_is_calibrated_too() -> None:
    call_command("calibrate_difficulties")
    fit = DifficultyFit.objects.get()
    assert (fit.answers, fit.applied, fit.flagged) == (0, False, 0)
