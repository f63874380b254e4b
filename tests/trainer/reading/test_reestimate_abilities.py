import pytest
from django.core.management import call_command

from tests.factories.scored import store_reading
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User
from trainer.learning.models import AbilityEstimate, ItemDifficulty
from trainer.learning.queries import find_change, find_state, list_history
from trainer.reading.models import Reading, Score, Session

pytestmark = pytest.mark.django_db


def practise(readers: list[User], institution: Institution) -> list[Reading]:
    """Readers take turns at the same cases, in two sessions each, some answers wrong."""
    cases = [make_case(kind=kind) for kind in ("mass", None, "calcification_group", None)]
    readings = []
    for n, case in enumerate(cases):
        if n == 2:
            for session in Session.objects.filter(ended_at=None):
                session.ended_at = session.started_at
                session.save()
        for reader in readers:
            right = (n + reader.pk) % 3 != 0
            readings.append(
                store_reading(reader=reader, institution=institution, case=case, right=right)
            )
    return readings


def read_numbers(run: int) -> tuple[list, list]:
    estimates = AbilityEstimate.objects.filter(run=run).order_by("pk")
    difficulties = ItemDifficulty.objects.filter(run=run).order_by("case", "key")
    return (
        [(row.source, row.mean, row.covariance, row.counts) for row in estimates],
        [(row.case_id, row.key, row.mean, row.variance, row.answers) for row in difficulties],
    )


def test_a_replay_gives_the_same_numbers(
    resident: User, educator: User, institution: Institution
) -> None:
    practise([resident, educator], institution)
    call_command("reestimate_abilities")
    assert len(read_numbers(0)[0]) == 8
    assert read_numbers(1) == read_numbers(0)


def test_new_answers_build_on_the_replay(resident: User, institution: Institution) -> None:
    readings = practise([resident], institution)
    call_command("reestimate_abilities")
    new = store_reading(reader=resident, institution=institution, case=make_case(kind="mass"))
    assert [row.run for row in list_history(resident)] == [1] * 5
    change = find_change(new.pk)
    assert change.before.counts == find_change(readings[-1].pk).after.counts
    assert find_state(resident).counts["density"] == 5


def test_a_newer_score_is_what_is_replayed(resident: User, institution: Institution) -> None:
    first = practise([resident], institution)[0]
    score = Score.objects.get(reading=first)
    items = [item | {"correct": not item["correct"]} for item in score.result["items"]]
    Score.objects.create(reading=first, method_version=2, result=score.result | {"items": items})
    call_command("reestimate_abilities")
    before, after = read_numbers(0)[0], read_numbers(1)[0]
    assert before != after
    # What was on record stays.
    assert len(before) == 4


def test_nothing_to_replay(resident: User) -> None:
    call_command("reestimate_abilities")
    assert not AbilityEstimate.objects.exists()
