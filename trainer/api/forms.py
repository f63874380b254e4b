"""Test sets as values for their serializers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from trainer.accounts.models import Institution, User
from trainer.api.rules import ordering_institutions_q
from trainer.learning.queries.forms import FormMaking, report_making
from trainer.learning.recipes import load_form
from trainer.measure.proportions import MINIMUM_N
from trainer.measure.reliability import MINIMUM_READERS
from trainer.measure.roc import MINIMUM_PER_CLASS
from trainer.reading.domain.forms import MINUTES_PER_CASE, allow_time
from trainer.reading.models import Session
from trainer.reading.queries.forms import completed_tests, find_next_form
from trainer.reports.queries.forms import FormReport
from trainer.reports.queries.reliability import ReliabilityReport


def describe_tests(person: User, tests: Iterable[Session]) -> dict[str, Any]:
    """The forms, and how they stand for a person.

    Args:
        person: whose page it is.
        tests: the person's test sets, newest first, open or ended.
    """
    form = load_form()
    may_make = Institution.objects.filter(ordering_institutions_q(person)).exists()
    told = describe_sessions(tests)
    return {
        "minutes_per_case": float(MINUTES_PER_CASE),
        "next_form": find_next_form(person),
        "may_make": may_make,
        "forms": [
            {
                "form": name,
                "cases": making.cases,
                "minutes": allow_time(making.cases).total_seconds() / 60,
                "prevalence": form.measure_prevalence(name),
                "ready": making.is_ready,
                "making": _describe_making(making, reasons=may_make),
            }
            for name, making in report_making().items()
        ],
        "open": next((test for test in told if test["ended_at"] is None), None),
        "taken": [test for test in told if test["ended_at"] is not None],
    }


def describe_sessions(tests: Iterable[Session]) -> list[dict[str, Any]]:
    """Test sets with how much of each was read, in the same order, in two queries."""
    rows = list(tests)
    counted = Session.objects.filter(pk__in=[row.pk for row in rows]).annotate(
        cases=Count("assignments"), readings=Count("assignments__reading")
    )
    counts = {row.pk: (row.cases, row.readings) for row in counted}
    completed = set(
        completed_tests().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    return [
        {
            "id": row.pk,
            "form": row.form,
            "started_at": row.started_at,
            "ends_at": row.ends_at,
            "ended_at": row.ended_at,
            "seconds_left": row.seconds_left,
            "cases": counts[row.pk][0],
            "readings": counts[row.pk][1],
            "completed": row.pk in completed,
        }
        for row in rows
    ]


def describe_result(report: FormReport) -> dict[str, Any]:
    change = report.change
    sessions = [report.session, *((change.before, change.after) if change else ())]
    told = {each["id"]: each for each in describe_sessions(sessions)}
    return {
        "test": told[report.session.pk],
        "minimum_n": MINIMUM_N,
        "minimum_per_class": MINIMUM_PER_CLASS,
        "minutes": report.minutes,
        "figures": report.figures,
        "abilities": report.abilities,
        "cases": report.rows,
        "change": change
        and {
            "before": told[change.before.pk],
            "after": told[change.after.pk],
            "figures": change.figures,
            "abilities": change.abilities,
        },
    }


def describe_reliability(report: ReliabilityReport) -> dict[str, Any]:
    return {
        "minimum_readers": MINIMUM_READERS,
        "forms": [
            {
                "form": each.form,
                "model": [{"aspect": aspect, **vars(told)} for aspect, told in each.model.items()],
                "alpha": each.alpha,
            }
            for each in report.forms
        ],
        "parallel": report.parallel,
    }


def _describe_making(making: FormMaking, *, reasons: bool) -> dict[str, Any]:
    return {
        **vars(making),
        "absent": making.absent,
        "reasons": making.reasons if reasons else (),
    }


def own_tests(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """The test sets among a person's sessions, newest first."""
    return sessions.filter(mode=Session.Mode.TEST).order_by("-started_at", "pk")
