import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import InstitutionFactory, MembershipFactory
from tests.factories.scored import store_reading
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Cohort, Institution, Role, User
from trainer.reading.models import Session
from trainer.reports.queries import list_cohort_rows, report_cohort

pytestmark = pytest.mark.django_db


def add_resident(cohort: Cohort, name: str, *, positive: int = 0, normal: int = 0) -> User:
    membership = MembershipFactory.create(
        institution=cohort.institution, cohort=cohort, user__name=name
    )
    for n in range(positive + normal):
        case = make_case(kind="mass" if n < positive else None)
        store_reading(reader=membership.user, institution=cohort.institution, case=case)
    return membership.user


def test_one_row_a_resident(cohort: Cohort) -> None:
    add_resident(cohort, "Zoe", positive=10, normal=11)
    add_resident(cohort, "Ada", positive=1)
    report = report_cohort(cohort)
    # Of Ada too little is known to say that she struggles with anything, so she comes last.
    assert [row.name for row in report.residents] == ["Zoe", "Ada"]
    assert (report.readings, report.positives) == (22, 11)
    zoe, ada = report.residents
    assert (zoe.readings, zoe.sensitivity.value, zoe.specificity.value) == (21, 1.0, 1.0)
    assert zoe.prevalence == pytest.approx(10 / 21)
    assert report.prevalence == pytest.approx(11 / 22)
    assert {row.competency: row.n for row in zoe.abilities}["mass"] == 10
    assert (ada.readings, ada.sensitivity.value, ada.sensitivity.n) == (1, None, 1)
    assert ada.last_read_at is not None
    # Of one reading not even the prevalence is told; it would say "100 %".
    assert ada.prevalence is None
    assert (zoe.density_kappa.n, zoe.density_kappa.value) == (21, None)
    # All were right, but of one density only: chance explains it all.
    assert zoe.assessment_kappa.value == 1.0


def test_who_struggles_with_most_comes_first(cohort: Cohort) -> None:
    add_resident(cohort, "Ada", positive=10, normal=10)
    wrong = MembershipFactory.create(
        institution=cohort.institution, cohort=cohort, user__name="Zoe"
    ).user
    for n in range(24):
        case = make_case(kind="mass" if n % 2 else None)
        store_reading(reader=wrong, institution=cohort.institution, case=case, right=False)
    report = report_cohort(cohort)
    assert [row.name for row in report.residents] == ["Zoe", "Ada"]
    zoe, ada = report.residents
    assert {"mass", "normal_rejection", "density"} <= set(zoe.struggles)
    assert ada.struggles == ()
    goals = {row.competency: row.target - (row.mean or 0) for row in zoe.abilities}
    assert list(zoe.struggles) == sorted(zoe.struggles, key=lambda name: -goals[name])


def test_means_over_residents_need_three_of_them(cohort: Cohort) -> None:
    for name in ("Ada", "Bob"):
        add_resident(cohort, name, positive=10, normal=10)
    few = report_cohort(cohort).averages.sensitivity
    assert (few.value, few.readers, few.n, few.enough) == (None, 2, 20, False)
    add_resident(cohort, "Cem", positive=10, normal=10)
    mean = report_cohort(cohort).averages.sensitivity
    assert (mean.value, mean.readers, mean.n) == (1.0, 3, 30)
    # Nobody missed anything; that is no certainty.
    assert mean.low == pytest.approx(1 - (1 - 0.025 ** (1 / 30)))


def test_modes_are_never_added_up(cohort: Cohort) -> None:
    ada = add_resident(cohort, "Ada", positive=10, normal=10)
    session = Session.objects.create(
        reader=ada, institution=cohort.institution, mode=Session.Mode.ASSESSMENT
    )
    case = make_case(kind=None)
    store_reading(reader=ada, institution=cohort.institution, case=case, session=session)
    counts = [report_cohort(cohort, mode=mode).readings for mode in ("practice", "assessment")]
    assert counts == [20, 1]


def test_only_residents_of_the_cohort_and_readings_at_its_institution(
    cohort: Cohort, institution: Institution
) -> None:
    ada = add_resident(cohort, "Ada", normal=2)
    MembershipFactory.create(institution=institution, cohort=cohort, role=Role.EDUCATOR)
    other = Cohort.objects.create(institution=institution, name="Other")
    add_resident(other, "Bob", normal=1)
    elsewhere = InstitutionFactory.create()
    store_reading(reader=ada, institution=elsewhere, case=make_case(kind=None))
    report = report_cohort(cohort)
    assert [(row.name, row.readings) for row in report.residents] == [("Ada", 2)]
    # Abilities are the person's, wherever they were shown: each reading asks for the density.
    (row,) = report.residents
    assert {ability.competency: ability.n for ability in row.abilities}["density"] == 3


def test_an_empty_cohort(cohort: Cohort) -> None:
    report = report_cohort(cohort)
    assert (report.residents, report.prevalence) == ((), None)
    assert len(list(list_cohort_rows(report))) == 1


def test_queries_do_not_grow_with_residents(cohort: Cohort) -> None:
    counts = []
    for names in (["Ada"], ["Bob", "Cem"]):
        for name in names:
            add_resident(cohort, name, positive=1, normal=1)
        with CaptureQueriesContext(connection) as queries:
            report_cohort(Cohort.objects.get(pk=cohort.pk))
        counts.append(len(queries) - 1)
    assert counts == [5, 5]


def test_rows_for_a_spreadsheet(cohort: Cohort) -> None:
    add_resident(cohort, "=HYPERLINK(1)", positive=10, normal=10)
    file = io.StringIO()
    csv.writer(file).writerows(list_cohort_rows(report_cohort(cohort)))
    row, mean = csv.DictReader(io.StringIO(file.getvalue()))
    assert mean["sensitivity"] == "not enough readings"
    assert row["name"] == "'=HYPERLINK(1)"
    assert (row["readings"], row["positive_cases"], row["prevalence"]) == ("20", "10", "0.5000")
    assert (row["sensitivity"], row["sensitivity_low"]) == ("1.0000", "0.7225")
    assert row["sensitivity_n"] == "10"
    assert row["ability_calcification"] == "not enough readings"
    assert (row["ability_calcification_low"], row["ability_calcification_n"]) == ("", "0")
    assert float(row["ability_mass_low"]) < float(row["ability_mass"])
    assert "not comparable with screening" in row["setting"]
