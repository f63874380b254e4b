"""Figures of test sets, from readings that are stored as a submit leaves them."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from cases.domain import withdraw_case
from cases.models import Case
from cases.models.request import RequestState
from tests.conftest import make_member
from tests.factories.forms import write_recipes
from tests.factories.scored import store_reading
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, Role, User
from trainer.learning.domain.forms import order_reference_form
from trainer.learning.queries.forms import list_places
from trainer.measure.reliability import MINIMUM_READERS
from trainer.reading.models import Assignment, Reading, Score, Session
from trainer.reading.queries.forms import completed_tests, find_before_after
from trainer.reports.queries.forms import report_change, report_form
from trainer.reports.queries.reliability import report_reliability

pytestmark = pytest.mark.django_db
CASES = 20
Forms = dict[str, list[Case]]


@pytest.fixture
def forms(settings: Settings, tmp_path: Path) -> Forms:
    """Two forms of twenty cases without images, a mass and a normal by turns."""
    write_recipes(settings, tmp_path, cases=CASES)
    order_reference_form()
    made: Forms = {}
    for place in list_places():
        case = make_case(kind="mass" if place.number % 2 else None)
        place.request.case, place.request.state = case, RequestState.DONE
        place.request.save(update_fields=["case", "state"])
        made.setdefault(place.form, []).append(case)
    return made


def take(
    reader: User, institution: Institution, form: str, cases: list[Case], *, right: int
) -> Session:
    """A form read to its end, its first cases rightly."""
    now = timezone.now()
    session = Session.objects.create(
        reader=reader,
        institution=institution,
        mode=Session.Mode.TEST,
        form=form,
        ends_at=now + timedelta(hours=1),
    )
    for number, case in enumerate(cases):
        store_reading(
            reader=reader, institution=institution, case=case, right=number < right, session=session
        )
    session.ended_at = timezone.now()
    session.save(update_fields=["ended_at"])
    return session


def test_what_rose_is_told_with_its_interval(
    resident: User, institution: Institution, forms: Forms
) -> None:
    before = take(resident, institution, "A", forms["A"], right=8)
    assert report_form(before).change is None
    after = take(resident, institution, "B", forms["B"], right=CASES)
    report = report_form(after)
    assert report.figures.sensitivity.value == report.figures.specificity.value == 1
    assert report.figures.prevalence == 0.5
    assert report_form(before).figures.sensitivity.value == pytest.approx(0.4)
    change = report.change
    assert change is not None
    assert (change.before, change.after) == (before, after)
    assert change.figures["sensitivity"].value == pytest.approx(0.6)
    assert (change.figures["sensitivity"].low or 0) > 0
    risen = {row.aspect: row for row in change.abilities}
    assert (risen["lesions"].low or 0) > 0
    assert (risen["lesions"].n, risen["characterisation"].enough) == (10, False)


def test_the_first_form_is_before_and_the_latest_other_after(
    resident: User, institution: Institution, forms: Forms
) -> None:
    tests = [
        take(resident, institution, form, forms[form][:2], right=2) for form in ("B", "A", "B", "A")
    ]
    broken_off = take(resident, institution, "A", forms["A"][:2], right=2)
    broken_off.assignments.create(case=forms["A"][5], position=99)
    assert broken_off not in completed_tests()
    assert find_before_after(resident) == (tests[0], tests[3])
    assert report_change(make_member(institution, None, Role.RESIDENT)) is None


def take_lightly(
    reader: User, institution: Institution, form: str, cases: list[Case], *, right: int
) -> None:
    """A form read to its end, with no more of each score than whether the recall was right."""
    now = timezone.now()
    session = Session.objects.create(
        reader=reader,
        institution=institution,
        mode=Session.Mode.TEST,
        form=form,
        ends_at=now + timedelta(hours=1),
        ended_at=now,
    )
    assignments = Assignment.objects.bulk_create(
        Assignment(session=session, case=case, position=number)
        for number, case in enumerate(cases, start=1)
    )
    readings = Reading.objects.bulk_create(
        Reading(assignment=each, key=uuid4(), answers={}, submitted_at=now) for each in assignments
    )
    Score.objects.bulk_create(
        Score(reading=each, method_version=1, result={"recall_correct": number < right})
        for number, each in enumerate(readings)
    )


def test_reliability_is_told_from_enough_readers_on(institution: Institution, forms: Forms) -> None:
    readers = [make_member(institution, None, Role.RESIDENT) for _ in range(MINIMUM_READERS)]
    for number, reader in enumerate(readers):
        take_lightly(reader, institution, "A", forms["A"], right=number)
        if number:
            take_lightly(reader, institution, "B", forms["B"], right=number)
    told = report_reliability()
    first, second = told.forms
    assert (first.alpha.n, second.alpha.n, told.parallel.n) == (20, 19, 19)
    assert first.alpha.enough and not second.alpha.enough and not told.parallel.enough
    # Who is better is right on more of the same cases: a scale without an exception.
    assert first.alpha.value is not None and first.alpha.value > 0.9
    take_lightly(readers[0], institution, "B", forms["B"], right=0)
    # A second time does not count.
    take_lightly(readers[0], institution, "A", forms["A"], right=CASES)
    told = report_reliability()
    assert told.parallel.value == pytest.approx(1)
    assert told.forms[0].alpha.value == first.alpha.value
    withdraw_case(case=forms["A"][0], withdrawn_by=readers[0])
    told = report_reliability()
    assert told.forms[0].alpha.n == MINIMUM_READERS, "what they read of the others stays"
    assert told.forms[0].alpha.enough


def test_a_result_takes_as_many_queries_for_three_cases_as_for_one(
    resident: User, institution: Institution, forms: Forms
) -> None:
    counts = []
    for form, n in (("A", 1), ("B", 3)):
        session = take(resident, institution, form, forms[form][:n], right=n)
        session = Session.objects.select_related("reader").get(pk=session.pk)
        Session.objects.exclude(pk=session.pk).update(mode=Session.Mode.PRACTICE)
        with CaptureQueriesContext(connection) as queries:
            report_form(session)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_form_left_lying_until_its_time_is_up_counts_for_nothing(
    resident: User, institution: Institution, forms: Forms
) -> None:
    def leave(form: str, read: int) -> Session:
        left = take(resident, institution, form, forms[form][:read], right=read)
        for position, case in enumerate(forms[form][read:], start=read + 1):
            left.assignments.create(case=case, position=position)
        left.ended_at = left.ends_at
        left.save(update_fields=["ended_at"])
        return left

    untouched, barely, nearly = leave("A", 0), leave("A", CASES - 3), leave("B", CASES - 2)
    last = leave("A", CASES - 2)
    assert set(completed_tests()) == {nearly, last}
    assert find_before_after(resident) == (nearly, last)
    assert report_form(untouched).figures.readings == 0
    assert report_form(barely).change is not None
