from uuid import uuid4

import numpy as np
import pytest
from django.db import transaction

from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User
from trainer.append_only import AppendOnlyError
from trainer.learning.domain import record_answers
from trainer.learning.models import AbilityEstimate, ItemDifficulty
from trainer.learning.queries import find_change, find_state, find_states, list_history
from trainer.measure.ability import (
    drift_ability,
    estimate_competency,
    start_ability,
    update_ability,
)
from trainer.measure.scoring import Item

pytestmark = pytest.mark.django_db

FOUND = Item("lesion_found:f1", "mass", 1, True, "Lesion found")
MISSED = Item("lesion_found:f1", "mass", 1, False, "Lesion found")
DESCRIBED = Item("characterised:f1", "characterisation", 0, True, "Lesion described rightly")
QUIET = Item("no_false_mark", "normal_rejection", -1, True, "No false mark")


def test_a_reading_moves_the_reader_and_the_items(resident: User) -> None:
    case = make_case(kind="mass", dprime=4.0)
    change = record_answers(
        reader=resident, case=case, session=uuid4(), items=[FOUND, QUIET], source=uuid4()
    )
    before, after, n = {
        row.competency: (row.before, row.after, row.n) for row in change.by_competency()
    }["mass"]
    assert before.mean == 0 < after.mean
    assert after.high - after.low < before.high - before.low
    assert n == 1
    rows = {row.key: row for row in ItemDifficulty.objects.filter(case=case)}
    assert set(rows) == {"lesion_found:f1", "no_false_mark"}
    assert rows["lesion_found:f1"].variance < 0.49
    assert rows["lesion_found:f1"].answers == 1


def test_the_stored_numbers_are_those_of_the_model(resident: User) -> None:
    case, session = make_case(kind="mass", dprime=4.0), uuid4()
    record_answers(
        reader=resident, case=case, session=session, items=[FOUND, DESCRIBED], source=uuid4()
    )
    first = AbilityEstimate.objects.get()
    ability = start_ability()
    for item, difficulty in zip(
        (FOUND, DESCRIBED), _start_difficulties(case, FOUND, DESCRIBED), strict=True
    ):
        ability, _ = update_ability(
            ability,
            difficulty,
            competency=item.competency,
            sign=item.sign,
            correct=item.correct,
        )
    assert first.mean == ability.mean.tolist()
    assert first.covariance == ability.covariance.tolist()
    # Read back from the database they are the same numbers, to the last bit.
    stored = find_state(resident).ability
    assert (stored.mean == ability.mean).all()
    assert (stored.covariance == ability.covariance).all()


def _start_difficulties(case: object, *items: Item) -> list:
    from trainer.learning.queries import list_items

    start = {item.key: item.difficulty for item in list_items(case)}
    return [start[item.key] for item in items]


def test_abilities_drift_between_sessions_and_not_within(resident: User) -> None:
    first, second = uuid4(), uuid4()
    for session in (first, first, second):
        case = make_case(kind="mass")
        before = find_state(resident).ability
        record_answers(reader=resident, case=case, session=session, items=[], source=uuid4())
        after = find_state(resident).ability
        loosened = drift_ability(before) if session == second else before
        assert (after.covariance == loosened.covariance).all()


def test_recording_twice_changes_nothing(resident: User) -> None:
    case, source, session = make_case(kind="mass"), uuid4(), uuid4()
    for _ in range(2):
        change = record_answers(
            reader=resident, case=case, session=session, items=[FOUND], source=source
        )
    assert AbilityEstimate.objects.count() == 1
    assert ItemDifficulty.objects.get().answers == 1
    assert change.after.counts == {"mass": 1}
    assert change.before.counts == {}
    again = find_change(source)
    assert (again.after.ability.mean == change.after.ability.mean).all()


def test_a_change_is_that_of_its_own_reading(resident: User, educator: User) -> None:
    sources = [uuid4() for _ in range(3)]
    case, session = make_case(kind="mass"), uuid4()
    for source, reader in zip(sources, (resident, educator, resident), strict=True):
        record_answers(reader=reader, case=case, session=session, items=[FOUND], source=source)
    change = find_change(sources[2])
    assert change.before.counts == {"mass": 1}
    assert change.after.counts == {"mass": 2}
    with pytest.raises(AbilityEstimate.DoesNotExist):
        find_change(uuid4())


def test_readers_of_one_case_teach_its_difficulty_together(resident: User, educator: User) -> None:
    case = make_case(kind="mass")
    for reader in (resident, educator):
        record_answers(reader=reader, case=case, session=uuid4(), items=[MISSED], source=uuid4())
    row = ItemDifficulty.objects.get()
    assert row.answers == 2
    assert row.mean > 0
    # The second to miss it is blamed less: the item is known to be harder by then.
    first, second = (
        estimate_competency(find_state(reader).ability, "mass") for reader in (resident, educator)
    )
    assert first.mean < second.mean < 0


def test_estimates_are_never_changed(resident: User) -> None:
    case = make_case(kind="mass")
    record_answers(reader=resident, case=case, session=uuid4(), items=[FOUND], source=uuid4())
    row = AbilityEstimate.objects.get()
    row.mean = [0.0]
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(AppendOnlyError):
        AbilityEstimate.objects.update(run=3)
    with pytest.raises(AppendOnlyError):
        AbilityEstimate.objects.all().delete()


def test_an_item_that_the_case_does_not_ask_leaves_nothing_behind(resident: User) -> None:
    case = make_case(kind=None)
    with pytest.raises(KeyError), transaction.atomic():
        record_answers(
            reader=resident, case=case, session=uuid4(), items=[QUIET, FOUND], source=uuid4()
        )
    assert not AbilityEstimate.objects.exists()
    assert not ItemDifficulty.objects.exists()


def test_states_of_several_readers_take_two_queries(
    institution: Institution, resident: User, educator: User, django_assert_num_queries: object
) -> None:
    for reader, times in ((resident, 3), (educator, 1)):
        for _ in range(times):
            record_answers(
                reader=reader,
                case=make_case(kind="mass"),
                session=uuid4(),
                items=[FOUND],
                source=uuid4(),
            )
    with django_assert_num_queries(2):  # type: ignore[operator]
        states = find_states([resident.pk, educator.pk, 0])
    assert states[resident.pk].counts == {"mass": 3}
    assert states[educator.pk].counts == {"mass": 1}
    assert (states[0].ability.mean == np.zeros(8)).all()
    assert [row.counts["mass"] for row in list_history(resident)] == [1, 2, 3]
