"""A kind of finding that was missed comes back, as another case, when FSRS says so."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.utils import timezone

from cases.models import Case, CaseRequest
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User
from trainer.append_only import AppendOnlyModel
from trainer.learning.domain import choose_case, record_answers
from trainer.learning.models import KindReview
from trainer.learning.plans import Plan
from trainer.learning.queries.reviews import list_due_kinds
from trainer.learning.reasons import tell_reason
from trainer.learning.spacing import review_kind
from trainer.measure.scoring import Item

AT = datetime(2026, 11, 25, 8, tzinfo=UTC)


def test_what_was_missed_comes_back_the_next_day_and_then_ever_later() -> None:
    card, due = review_kind(None, missed=True, at=AT)
    assert due == AT + timedelta(days=1)
    waits = []
    for _ in range(4):
        at = due
        card, due = review_kind(card, missed=False, at=at)
        waits.append((due - at).days)
    assert waits == sorted(waits) and waits[-1] > 3 * waits[0]
    _, after_lapse = review_kind(card, missed=True, at=due)
    assert after_lapse - due < timedelta(days=waits[-1])


def answer(reader: User, case: Case, *, found: bool) -> None:
    items = [Item("lesion_found:f1", "mass", 1, found, "")]
    record_answers(reader=reader, case=case, session=uuid4(), items=items, source=uuid4())


@pytest.mark.django_db
def test_only_what_was_missed_is_waited_for_and_every_step_stays_on_record(resident: User) -> None:
    answer(resident, make_case(kind="mass"), found=True)
    assert not KindReview.objects.exists()
    answer(resident, make_case(kind="mass"), found=False)
    answer(resident, make_case(kind="mass"), found=True)
    assert [row.missed for row in KindReview.objects.all()] == [True, False]
    assert issubclass(KindReview, AppendOnlyModel)
    now = timezone.now()
    assert list_due_kinds(resident, at=now) == []
    (due,) = list_due_kinds(resident, at=now + timedelta(days=60))
    assert (due.kind, due.competency) == ("mass", "mass")


def come_back(
    reader: User, institution: Institution, *seen: Case, plan: Plan | None = None
) -> list[dict[str, object]]:
    """Why each of some choices was made, two days later."""
    whys = []
    with pytest.MonkeyPatch.context() as patch:
        later = timezone.now() + timedelta(days=2, hours=1)
        patch.setattr(timezone, "now", lambda: later)
        for seed in range(12):
            choice = choose_case(
                reader=reader,
                seen_case_ids=frozenset(case.pk for case in seen),
                institution=institution,
                plan=plan or Plan(),
                rng=np.random.default_rng(seed),
            )
            assert choice is not None and choice.case not in seen
            kinds = {f.kind for f in choice.case.findings.all()}
            whys.append({**tell_reason(choice.why), "kinds": kinds})
    return whys


@pytest.mark.django_db
def test_a_missed_kind_returns_as_another_case_among_normals(
    resident: User, institution: Institution
) -> None:
    missed = make_case(kind="architectural_distortion")
    items = [Item("lesion_found:f1", "distortion", 1, False, "")]
    record_answers(reader=resident, case=missed, session=uuid4(), items=items, source=uuid4())
    for _ in range(4):
        make_case(kind=None)
        make_case(kind="mass", dprime=6.0)
    make_case(kind="architectural_distortion")
    whys = come_back(resident, institution, missed)
    lesions = [why for why in whys if why["kinds"]]
    assert 2 <= len(lesions) < len(whys), "normals come as before, so nothing is given away"
    for why in lesions:
        assert why["kinds"] == {"architectural_distortion"}
        assert why["returning"] == "Back again: you missed one of these 2 days ago."
    told = "Chosen to fit you: we aim at 80 right answers in 100."
    assert {why["text"] for why in lesions} == {told}, "nothing of what is said before differs"
    assessed = come_back(resident, institution, missed, plan=Plan(focus="assessment"))
    assert not any(why["returning"] for why in assessed)


@pytest.mark.django_db
def test_a_due_kind_that_the_stock_lacks_is_ordered(
    resident: User, institution: Institution
) -> None:
    missed = make_case(kind="mass")
    answer(resident, missed, found=False)
    for _ in range(8):
        make_case(kind=None)
        make_case(kind="calcification_group")
    come_back(resident, institution, missed)
    ordered = [request.findings for request in CaseRequest.objects.all()]
    assert ["mass"] in ordered
