from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from cases.models import Case
from trainer.learning.domain.reviews import review_kinds
from trainer.learning.domain.stock import note_answered, refresh_stock
from trainer.learning.models import AbilityEstimate, ItemDifficulty
from trainer.learning.queries.abilities import (
    NEW_READER,
    AbilityChange,
    AbilityState,
    find_change,
    find_current_run,
    find_state,
)
from trainer.learning.queries.items import find_model, list_items
from trainer.learning.recorded import RecordedAnswers
from trainer.measure.ability import MODEL_VERSION, drift_ability, update_ability
from trainer.measure.scoring import Item


def record_answers(
    *, reader: Any, case: Case, session: UUID, items: Sequence[Item], source: UUID
) -> AbilityChange:
    """Learn from the scored items of one reading, about the reader and about the case.

    Recording the same source again changes nothing and gives the same change.

    Args:
        reader: who answered.
        case: what was read.
        session: which run of readings this was one of; abilities may drift between two.
        items: what scoring asked and how it was answered.
        source: id of the reading.
    """
    with transaction.atomic():
        # One reader's answers are taken one by one: each estimate builds on the one before.
        get_user_model().objects.select_for_update(no_key=True).get(pk=reader.pk)
        run = find_current_run()
        if not AbilityEstimate.objects.filter(source=source, run=run).exists():
            now = timezone.now()
            answers = RecordedAnswers(reader, case, session, items, source, now)
            _learn(answers, state=find_state(reader), run=run)
            note_answered(case=case, run=run)
            review_kinds(reader=reader, case=case, items=items, source=source, at=now)
        return find_change(source)


def replay_answers(*, answers: Iterable[RecordedAnswers]) -> int:
    """Estimate everything anew from all answers, oldest first, as a run of its own.

    Earlier runs stay on record. Difficulties start again from what the cases say.

    Returns:
        The number of the new run.
    """
    with transaction.atomic():
        # Holds back new answers, each of which takes its reader's row first.
        readers = get_user_model().objects.select_for_update(no_key=True).order_by("pk")
        list(readers.values_list("pk", flat=True))
        run = find_current_run() + 1
        states: dict[int, AbilityState] = {}
        for recorded in answers:
            state = states.get(recorded.reader.pk, NEW_READER)
            states[recorded.reader.pk] = _learn(recorded, state=state, run=run)
        refresh_stock()
        return run


def _learn(recorded: RecordedAnswers, *, state: AbilityState, run: int) -> AbilityState:
    rows = _lock_difficulties(recorded, run=run)
    ability, counts = state.ability, dict(state.counts)
    if state.session is not None and state.session != recorded.session:
        ability = drift_ability(ability)
    for item in recorded.items:
        row = rows[item.key]
        ability, learnt = update_ability(
            ability,
            row.difficulty,
            competency=item.competency,
            sign=item.sign,
            correct=item.correct,
        )
        row.mean, row.variance, row.answers = learnt.mean, learnt.variance, row.answers + 1
        counts[item.competency] = counts.get(item.competency, 0) + 1
    for row in rows.values():
        row.save()
    AbilityEstimate.objects.create(
        reader=recorded.reader,
        case=recorded.case,
        run=run,
        source=recorded.source,
        session=recorded.session,
        model_version=MODEL_VERSION,
        competencies=list(ability.competencies),
        mean=ability.mean.tolist(),
        covariance=ability.covariance.tolist(),
        counts=counts,
        answered_at=recorded.answered_at,
    )
    return AbilityState(ability, counts, recorded.session)


def _lock_difficulties(recorded: RecordedAnswers, *, run: int) -> dict[str, ItemDifficulty]:
    """The rows of the answered items, by key, made where nobody has answered yet."""
    start = {item.key: item.difficulty for item in list_items(recorded.case, model=find_model())}
    keys = sorted(item.key for item in recorded.items)
    ItemDifficulty.objects.bulk_create(
        [
            ItemDifficulty(
                case=recorded.case,
                run=run,
                key=key,
                mean=start[key].mean,
                variance=start[key].variance,
            )
            for key in keys
        ],
        ignore_conflicts=True,
    )
    # In order of key, so that two readers of one case wait for each other, never both.
    rows = ItemDifficulty.objects.select_for_update().filter(
        case=recorded.case, run=run, key__in=keys
    )
    return {row.key: row for row in rows.order_by("key")}
