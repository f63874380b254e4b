import csv
import io

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Case
from tests.factories.accounts import MembershipFactory
from tests.factories.scored import sit_form, store_reading
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Cohort, User
from trainer.measure.covariance import jackknife_covariance
from trainer.measure.differences import compare_unpaired
from trainer.measure.proportions import estimate_proportion
from trainer.reading.models import Assignment, Session
from trainer.reports.queries import list_test_rows, report_tests
from trainer.reports.queries.kernels import KERNELS, share_cases
from trainer.reports.queries.sittings import list_sittings

pytestmark = pytest.mark.django_db


@pytest.fixture
def forms() -> dict[str, list[Case]]:
    """Two forms of ten positive cases, then ten negative ones."""
    return {form: [make_case(kind="mass" if n < 10 else None) for n in range(20)] for form in "AB"}


def add_residents(cohort: Cohort, *names: str) -> list[User]:
    return [
        MembershipFactory.create(
            institution=cohort.institution, cohort=cohort, user__name=name
        ).user
        for name in names
    ]


def test_a_form_by_all_who_read_it(cohort: Cohort, forms: dict[str, list[Case]]) -> None:
    readers = add_residents(cohort, "Ada", "Bob", "Cem")
    for reader, wrong in zip(readers, ({0, 1}, {0, 12}, {3}), strict=True):
        sit_form(reader, cohort.institution, "A", forms["A"], wrong=wrong)
    (form,) = report_tests(cohort).forms
    assert (form.form, form.readers, form.cases, form.prevalence) == ("A", 3, 20, 0.5)
    sensitivity, specificity, area, wafroc = form.measures
    assert sensitivity.estimate is not None
    assert specificity.estimate is not None
    assert area.estimate is not None
    assert wafroc.estimate is not None
    assert sensitivity.estimate.value == pytest.approx((0.8 + 0.9 + 0.9) / 3)
    assert specificity.estimate.value == pytest.approx((1 + 0.9 + 1) / 3)
    assert (sensitivity.n_positive, sensitivity.n_negative) == (10, None)
    # Ada's two missed lesions tie with all unmarked normals: 1 - 2 / 10 / 2.
    assert wafroc.estimate.value == pytest.approx((0.9 + 0.95 + 0.95) / 3)
    assert area.estimate.low < area.estimate.value < area.estimate.high
    # Of twenty cases, half of them 4 and half 1, two, two and one were assessed wrongly.
    kappa = form.averages.assessment_kappa
    assert (kappa.value, kappa.readers, kappa.n) == (pytest.approx((0.8 + 0.8 + 0.9) / 3), 3, 60)


def test_too_few_readers_give_no_figure(cohort: Cohort, forms: dict[str, list[Case]]) -> None:
    for reader in add_residents(cohort, "Ada", "Bob"):
        sit_form(reader, cohort.institution, "A", forms["A"])
    (form,) = report_tests(cohort).forms
    assert [row.enough for row in form.measures] == [False] * 4
    ada, _ = report_tests(cohort).residents
    assert ada.before is not None
    assert (ada.before.sensitivity.value, ada.after) == (1.0, None)
    assert ada.sensitivity.enough is False


def test_before_and_after(cohort: Cohort, forms: dict[str, list[Case]]) -> None:
    readers = add_residents(cohort, "Ada", "Bob", "Cem", "Dan")
    rng = np.random.default_rng(3)
    for reader, missed in zip(readers, (5, 4, 6, 3), strict=True):
        for form, number in (("A", missed), ("B", missed - 3)):
            wrong = {int(n) for n in rng.permutation(10)[:number]}
            sit_form(reader, cohort.institution, form, forms[form], wrong=wrong)
    report = report_tests(cohort)
    change = report.change
    assert (change.readers, change.cases, change.prevalence) == (4, 40, 0.5)
    sensitivity, specificity, *_ = change.measures
    assert sensitivity.before is not None
    assert sensitivity.after is not None
    assert sensitivity.change is not None
    assert (sensitivity.before.value, sensitivity.after.value) == (
        pytest.approx(0.55),
        pytest.approx(0.85),
    )
    assert sensitivity.change.value == pytest.approx(0.3)
    assert sensitivity.change.low < 0.3 < sensitivity.change.high
    # All readers rose by as much, so that only the cases are error: cov2 of each form, averaged.
    sittings = list_sittings([each.pk for each in readers], institution=cohort.institution)
    square = 0.0
    for place in (0, 1):
        kernel = KERNELS["sensitivity"](share_cases([sittings[r.pk][place] for r in readers]))
        found = jackknife_covariance(kernel, cases=20)
        square += found[~np.eye(4, dtype=bool)].mean()
    assert sensitivity.change.error**2 == pytest.approx(max(square, 0))
    assert specificity.change is not None
    assert (specificity.change.value, specificity.change.p) == (0, 1)
    ada = report.residents[0]
    expected = compare_unpaired(estimate_proportion(5, 10), estimate_proportion(8, 10))
    assert ada.sensitivity == expected
    assert ada.area.enough


def test_forms_the_other_way_round(cohort: Cohort, forms: dict[str, list[Case]]) -> None:
    readers = add_residents(cohort, "Ada", "Bob", "Cem", "Dan")
    for n, reader in enumerate(readers):
        for time, form in enumerate("AB" if n % 2 else "BA"):
            sit_form(reader, cohort.institution, form, forms[form], wrong=set(range(3 - time)))
    change = report_tests(cohort).change
    (sensitivity, *_) = change.measures
    assert sensitivity.change is not None
    assert sensitivity.change.value == pytest.approx(0.1)
    assert change.readers == 4


def test_who_stopped_early_is_left_out_of_the_comparison(
    cohort: Cohort, forms: dict[str, list[Case]]
) -> None:
    *others, dan = add_residents(cohort, "Ada", "Bob", "Cem", "Dan")
    for reader in others:
        sit_form(reader, cohort.institution, "A", forms["A"])
    session = Session.objects.create(
        reader=dan, institution=cohort.institution, mode=Session.Mode.TEST, form="A"
    )
    for case in forms["A"][:12]:
        store_reading(
            reader=dan, institution=cohort.institution, case=case, session=session, learn=False
        )
    for position, case in enumerate(forms["A"][12:], start=13):
        Assignment.objects.create(session=session, case=case, position=position, why={})
    (form,) = report_tests(cohort).forms
    assert (form.readers, form.left_out) == (3, 0), "it is still open"
    session.ended_at = session.ends_at = timezone.now()
    session.save()
    report = report_tests(cohort)
    (form,) = report.forms
    assert (form.readers, form.left_out, form.cases) == (3, 1, 20)
    assert report.residents[3].before is None


def test_a_form_is_told_in_its_newest_edition(cohort: Cohort, forms: dict[str, list[Case]]) -> None:
    readers = add_residents(cohort, "Ada", "Bob", "Cem")
    for reader in readers:
        sit_form(reader, cohort.institution, "A", forms["A"], wrong={0})
    # Four cases were changed for others: of these forms nine tenths of all cases were read by none.
    changed = forms["A"][2:18] + [make_case(kind="mass" if n < 2 else None) for n in range(4)]
    for reader in readers[:2]:
        sit_form(reader, cohort.institution, "A", changed, wrong={0, 1})
    for reader in readers:
        sit_form(reader, cohort.institution, "B", forms["B"])
    report = report_tests(cohort)
    told = [(each.form, each.readers, each.left_out, each.cases) for each in report.forms]
    assert told == [("A", 2, 0, 20), ("B", 3, 0, 20)]
    assert report.residents[0].repeats == ()
    # The first form that each completed is that of before, in whichever edition.
    assert (report.change.readers, report.change.cases) == (3, 40)


def test_the_same_form_again_is_compared_case_by_case(
    cohort: Cohort, forms: dict[str, list[Case]]
) -> None:
    (ada,) = add_residents(cohort, "Ada")
    low = dict.fromkeys(range(10, 20), 75.0)
    sit_form(ada, cohort.institution, "A", forms["A"], rated={0: 90, 1: 80, 2: 72} | low)
    sit_form(ada, cohort.institution, "A", forms["A"], rated={10: 60})
    (row,) = report_tests(cohort).residents
    (repeat,) = row.repeats
    assert (repeat.form, repeat.cases) == ("A", 20)
    # At first two of ten lesions outrank the ten false marks; at last all outrank all.
    assert repeat.value == pytest.approx(1 - 0.2)
    assert repeat.p is not None
    assert repeat.p < 0.001
    assert row.after is None, "another form makes an after"


def test_queries_do_not_grow_with_residents(cohort: Cohort, forms: dict[str, list[Case]]) -> None:
    counts = []
    for names in (["Ada"], ["Bob", "Cem"]):
        for reader in add_residents(cohort, *names):
            for form in "AB":
                sit_form(reader, cohort.institution, form, forms[form][:2])
        with CaptureQueriesContext(connection) as queries:
            report_tests(Cohort.objects.get(pk=cohort.pk))
        counts.append(len(queries) - 1)
    assert counts == [6, 6]


def test_rows_for_a_spreadsheet(cohort: Cohort, forms: dict[str, list[Case]]) -> None:
    readers = add_residents(cohort, "=Ada", "Bob", "Cem")
    for reader in readers:
        for form in "AB":
            sit_form(reader, cohort.institution, form, forms[form], wrong={0})
    file = io.StringIO()
    csv.writer(file).writerows(list_test_rows(report_tests(cohort)))
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    found = {(row["of"], row["form"], row["time"], row["measure"]): row for row in rows}
    form = found[cohort.name, "A", "first reading", "sensitivity"]
    assert (form["value"], form["readers"], form["cases"]) == ("0.9000", "3", "20")
    assert form["prevalence"] == "0.5000"
    assert found[cohort.name, "", "change", "wafroc"]["p"] == "1.0000"
    assert found["'=Ada", "B", "after", "specificity"]["value"] == "1.0000"
    assert found["'=Ada", "A", "before", "density_kappa"]["value"] == "not enough readings"


def test_a_cohort_that_sat_nothing(cohort: Cohort) -> None:
    add_residents(cohort, "Ada")
    report = report_tests(cohort)
    assert (report.forms, report.change.readers) == ((), 0)
    assert [row.enough for row in report.change.measures] == [False] * 4
    assert report.residents[0].before is None
