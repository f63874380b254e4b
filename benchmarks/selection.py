"""Milliseconds to choose the next case at 100,000 ready cases and 10,000 readers, on PostgreSQL.

Rows alone, no images: cases with findings and views as the generator stores them, an ability for
each reader, and the cases each was given. Run in a process of its own, over a server of its own.
"""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.measurement import Measurement
from tests.servers import temporary_postgres

ROOT = Path(__file__).resolve().parent.parent
CASES = 100_000
READERS = 10_000
GIVEN = 300  # cases that a measured reader was given before
CHOICES = 60
MOST_MS = 50.0


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
    return [
        Measurement(f"{name}: median", found["median"], "ms", MOST_MS),
        Measurement(f"{name}: 95 of 100", found["p95"], "ms", MOST_MS),
        Measurement("queries of a choice, most", found["queries"], ""),
    ]


def fill_library() -> None:
    """One case every five minutes for a year; four in ten with a lesion."""
    import numpy as np
    from django.utils import timezone

    from cases.models import Case
    from trainer.learning.models import StockItem

    rng = np.random.default_rng(1)
    now = timezone.now()
    kinds = ("mass", "calcification", "distortion", "asymmetry")
    for start in range(0, CASES, 5000):
        cases = [
            Case(
                spec={"seed": number, "schema": 2, "age_years": 55, "lesions": []},
                truth={"density": {"left": "B", "right": "B"}, "recall": number % 5 < 2},
                density="B",
                tier=1 + number % 5,
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
                    kind=of,
                    seed=number,
                    made_at=case.created_at,
                    # A tenth of the library has been given out as often as it may be.
                    readers=2000 if number % 10 == 0 else 3,
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
    from trainer.learning.models import AbilityEstimate
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
                    counts={},
                    answered_at=timezone.now(),
                )
                for n in range(start, start + 5000)
            ]
        )
    return [institution, users]


def time_choices(institution: Any, users: list[Any]) -> dict[str, float]:
    import numpy as np
    from django.db import connection, reset_queries

    from cases.models import Case
    from trainer.learning.domain import choose_case

    connection.force_debug_cursor = True
    rng = np.random.default_rng(2)
    everything = list(Case.objects.values_list("pk", flat=True)[:20_000])
    took, queries = [], 0
    for number in range(CHOICES + 3):
        seen = frozenset(
            everything[int(i)] for i in rng.choice(len(everything), GIVEN, replace=False)
        )
        reader = users[int(rng.integers(len(users)))]
        reset_queries()
        began = time.perf_counter()
        choice = choose_case(reader=reader, seen_case_ids=seen, institution=institution, rng=rng)
        elapsed = 1000 * (time.perf_counter() - began)
        if choice is None or choice.case.pk in seen:
            raise RuntimeError("the choice is none, or of a case that was seen")
        if number >= 3:  # the first ones fill caches
            took.append(elapsed)
            queries = max(queries, len(connection.queries))
    return {
        "median": float(np.median(took)),
        "p95": float(np.percentile(took, 95)),
        "queries": queries,
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trainer.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("createcachetable", verbosity=0)
    fill_library()
    institution, users = fill_readers()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps(time_choices(institution, users)))


if __name__ == "__main__":
    main()
