"""Milliseconds to choose the next case at 100,000 ready cases and 10,000 readers, on PostgreSQL.

Rows alone, no images: cases and their items, abilities of each reader, kinds that are to come back,
and the cases each was given. Measured in every way of practising, with cases made over a year and
with cases made all at one moment. Run in a process of its own, over a server of its own.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.measurement import Measurement
from tests.servers import temporary_postgres

ROOT = Path(__file__).resolve().parent.parent
CASES = 100_000
READERS = 10_000
GIVEN = 300  # cases that a measured reader was given before
DUE = 500  # readers to whom kinds are due to come back
FOLLOWING = 500  # readers who follow a curriculum
CHOICES = 60
MOST_MS = 50.0
KINDS: Final[Mapping[str, str]] = {
    "mass": "mass",
    "calcification": "calcification_group",
    "distortion": "architectural_distortion",
    "asymmetry": "asymmetry",
}
# How one may practise, and who does.
OTHERS, OF_DUE, OF_COURSE = "others", "due", "course"
WAYS: Final[Mapping[str, tuple[dict[str, Any], str]]] = {
    "adaptive": ({}, OTHERS),
    "with kinds that return": ({}, OF_DUE),
    "by a curriculum": ({}, OF_COURSE),
    "weak points": ({"focus": "weakness"}, OTHERS),
    "one finding": ({"focus": "finding", "finding": "distortion"}, OTHERS),
    "tier 1": ({"focus": "tier", "tier": 1}, OTHERS),
    "tier 5, with kinds that return": ({"focus": "tier", "tier": 5}, OF_DUE),
    "assessment": ({"focus": "assessment"}, OTHERS),
}


def measure() -> list[Measurement]:
    with temporary_postgres() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], env=environment, cwd=ROOT, check=True
        )
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.selection"],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    name = f"next case at {CASES:,} cases, {READERS:,} readers"
    queries = max(one["queries"] for one in found.values())
    return [
        *(
            Measurement(f"{name}, {way}: {label}", one[key], "ms", MOST_MS)
            for way, one in found.items()
            for label, key in (("median", "median"), ("95 of 100", "p95"))
        ),
        *(
            Measurement(f"{name}, {way}: processor, 95 of 100", one["work"], "ms")
            for way, one in found.items()
        ),
        Measurement("queries of a choice, most", queries, ""),
    ]


def fill_library() -> None:
    """One case every five minutes for a year; four in ten with a lesion."""
    import numpy as np
    from django.utils import timezone

    from cases.models import Case
    from trainer.learning.models import StockItem

    rng = np.random.default_rng(1)
    now = timezone.now()
    kinds = tuple(KINDS)
    for start in range(0, CASES, 5000):
        cases = [
            Case(
                spec={"seed": number, "schema": 2, "age_years": 55, "lesions": []},
                truth={"density": {"left": "B", "right": "B"}, "recall": number % 5 < 2},
                density="B",
                tier=1 + (number // 5) % 5,
                positive=number % 5 < 2,
                age_band="50-59",
                indication="screening",
                created_at=now - timedelta(minutes=5 * (CASES - number)),
            )
            for number in range(start, start + 5000)
        ]
        Case.objects.bulk_create(cases)
        rows = []
        for number, case in enumerate(cases, start):
            kind = kinds[number % 4]
            items = [("density", "density", 0, "")]
            if case.positive:
                items += [("lesion_found:f1", kind, 1, kind)]
                items += [("characterised:f1", "characterisation", 0, kind)]
            else:
                items += [("not_recalled", "normal_rejection", -1, "")]
                items += [("no_false_mark", "normal_rejection", -1, "")]
            rows += [
                StockItem(
                    case=case,
                    key=key,
                    competency=competency,
                    sign=sign,
                    mean=float(rng.normal(0, 1.2)),
                    variance=0.49,
                    positive=case.positive,
                    tier=case.tier,
                    kind=KINDS.get(of, ""),
                    seed=number,
                    # A tenth of the library has been given out as often as it may be.
                    readers=2000 if rng.random() < 0.1 else 3,
                )
                for key, competency, sign, of in items
            ]
        StockItem.objects.bulk_create(rows, batch_size=5000)


def fill_readers() -> list[Any]:
    """Each with an ability of a few readings' worth; some far on, with what they were given."""
    from uuid import uuid4

    from django.utils import timezone

    from cases.models import Case
    from trainer.accounts.models import Institution, User
    from trainer.learning.models import AbilityEstimate, KindReview
    from trainer.measure.ability import MODEL_VERSION, start_ability

    institution = Institution.objects.create(name="Bench")
    users = User.objects.bulk_create(
        [User(email=f"r{n}@example.org", name=f"R {n}", password="!") for n in range(READERS)],
        batch_size=2000,
    )
    ability = start_ability()
    case_ids = list(Case.objects.values_list("pk", flat=True)[: 3 * READERS])
    for start in range(0, 3 * READERS, 5000):
        AbilityEstimate.objects.bulk_create(
            [
                AbilityEstimate(
                    reader=users[n % READERS],
                    case_id=case_ids[n],
                    source=uuid4(),
                    session=uuid4(),
                    model_version=MODEL_VERSION,
                    competencies=list(ability.competencies),
                    mean=[0.05 * (n % 17)] * len(ability.competencies) + [0.0],
                    covariance=ability.covariance.tolist(),
                    counts=dict.fromkeys(ability.competencies, 40),
                    answered_at=timezone.now(),
                )
                for n in range(start, start + 5000)
            ]
        )
    now = timezone.now()
    KindReview.objects.bulk_create(
        [
            KindReview(
                reader=user,
                kind=kind,
                source=uuid4(),
                missed=True,
                card={},
                due=now - timedelta(days=1),
                reviewed_at=now - timedelta(days=3),
            )
            for user in users[:DUE]
            for kind in (*KINDS.values(), "nipple_retraction")
        ],
        batch_size=2000,
    )
    return [institution, users]


def follow_a_curriculum(institution: Any, users: list[Any]) -> None:
    from tests.factories.curricula import make_curriculum
    from trainer.accounts.models import Cohort, Membership, Role

    cohort = Cohort.objects.create(institution=institution, name="Bench")
    Membership.objects.bulk_create(
        [
            Membership(user=user, institution=institution, cohort=cohort, role=Role.RESIDENT)
            for user in users
        ]
    )
    make_curriculum(institution, users[0], cohorts=[cohort])


def make_all_at_one_moment() -> None:
    from django.utils import timezone

    from cases.models import Case

    Case.objects.update(created_at=timezone.now())


def settle() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def time_choices(
    institution: Any, readers: list[Any], everything: list[Any], wishes: Mapping[str, Any]
) -> dict[str, float]:
    import numpy as np
    from django.db import connection, reset_queries

    from trainer.learning.domain import choose_case
    from trainer.learning.plans import Plan

    rng = np.random.default_rng(2)
    took: list[float] = []
    worked: list[float] = []
    queries = 0
    for number in range(CHOICES + 4):
        seen = frozenset(
            everything[int(i)] for i in rng.choice(len(everything), GIVEN, replace=False)
        )
        reader = readers[int(rng.integers(len(readers)))]
        # The last choice counts queries, which takes time; it is not timed.
        connection.force_debug_cursor = number == CHOICES + 3
        reset_queries()
        began, worked_before = time.perf_counter(), read_processor_ms()
        choice = choose_case(
            reader=reader,
            seen_case_ids=seen,
            institution=institution,
            plan=Plan(**wishes),
            rng=rng,
        )
        elapsed, work = 1000 * (time.perf_counter() - began), read_processor_ms() - worked_before
        if choice is None or choice.case.pk in seen:
            raise RuntimeError("the choice is none, or of a case that was seen")
        if connection.force_debug_cursor:
            queries = len(connection.queries)
        elif number >= 3:  # the first ones fill caches
            took.append(elapsed)
            worked.append(work)
    connection.force_debug_cursor = False
    return {
        "median": float(np.median(took)),
        "p95": float(np.percentile(took, 95)),
        "work": float(np.percentile(worked, 95)),
        "queries": queries,
    }


def read_processor_ms() -> float:
    """Milliseconds of processor that this process and its server have used.

    What others do on a busy machine is not in it. Linux alone tells it of the server.
    """
    from django.db import connection

    connection.ensure_connection()
    times = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    of_server = int(times.read_text().split()[0]) / 1e6 if times.exists() else 0.0
    return 1000 * time.process_time() + of_server


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trainer.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from cases.models import Case

    call_command("createcachetable", verbosity=0)
    fill_library()
    institution, users = fill_readers()
    follow_a_curriculum(institution, users[DUE : DUE + FOLLOWING])
    everything = list(Case.objects.values_list("pk", flat=True)[:20_000])
    readers = {
        OF_DUE: users[:DUE],
        OF_COURSE: users[DUE : DUE + FOLLOWING],
        OTHERS: users[DUE + FOLLOWING :],
    }
    found = {}
    for made in ("made over a year", "made at one moment"):
        if made == "made at one moment":
            make_all_at_one_moment()
        settle()
        for way, (wishes, who) in WAYS.items():
            timed = time_choices(institution, readers[who], everything, wishes)
            found[f"{made}, {way}"] = timed
    print(json.dumps(found))


if __name__ == "__main__":
    main()
