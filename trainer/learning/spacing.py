"""When a kind of finding that was missed comes back: FSRS, a day at the soonest.

A miss begins or restarts a card of the kind; a find lengthens the wait. Kinds never missed have no
card: ability alone decides when they come.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fsrs import Card, Rating, Scheduler

# Without steps of minutes: another case of the kind on the same day would be found from memory.
# Without random days: the same answers give the same date.
_SCHEDULER: Final = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_ONE_CARD: Final = 1  # the reader and the kind tell cards apart, not a number


@dataclass(frozen=True)
class DueKind:
    """A kind of finding that is to come back, and when it was missed last."""

    kind: str
    competency: str
    missed_at: datetime


def review_kind(
    card: dict[str, Any] | None, *, missed: bool, at: datetime
) -> tuple[dict[str, Any], datetime]:
    """Move a kind's card by one answer.

    Args:
        card: as it stood, in plain JSON values; None for a kind that was never missed.
        missed: whether the finding was missed.
        at: when it was answered.

    Returns:
        The card now, and when the kind is to come back.

    Source: Ye, Su and Cao, A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
    Scheduling, KDD 2022; the parameters are those that come with the package `fsrs`.
    """
    before = Card(card_id=_ONE_CARD) if card is None else Card.from_dict(card)  # type: ignore[arg-type]
    after, _ = _SCHEDULER.review_card(before, Rating.Again if missed else Rating.Good, at)
    return dict(after.to_dict()), after.due
