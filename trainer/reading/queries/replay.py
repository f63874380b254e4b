from collections.abc import Iterator

from trainer.learning.models import AbilityEstimate
from trainer.learning.queries.abilities import find_current_run
from trainer.learning.recorded import RecordedAnswers
from trainer.measure.scoring import Item
from trainer.reading.models import Reading, Score, Session
from trainer.reading.queries.scores import newest_scores


def list_recorded_answers() -> Iterator[RecordedAnswers]:
    """List the answers of every reading as its newest score has them, in their first order.

    Challenges and test sets teach nothing of readers or cases, and are left out.

    Difficulties are shared among readers, so the order in which answers were learnt matters:
    it is that of the estimates, and for readings without one that of submission.
    """
    order = {
        source: position
        for position, source in enumerate(
            AbilityEstimate.objects.filter(run=find_current_run())
            .order_by("pk")
            .values_list("source", flat=True)
        )
    }
    readings = Reading.objects.exclude(
        assignment__session__mode__in=[Session.Mode.CHALLENGE, Session.Mode.TEST]
    )
    ordered = readings.order_by("submitted_at", "pk").values_list("pk", flat=True)
    keys = sorted(ordered, key=lambda key: order.get(key, len(order)))
    for key in keys:
        score = (
            newest_scores()
            .filter(reading=key)
            .select_related("reading__assignment__session__reader", "reading__assignment__case")
            .first()
        )
        if score is not None:
            yield _read(score)


def _read(score: Score) -> RecordedAnswers:
    assignment = score.reading.assignment
    return RecordedAnswers(
        reader=assignment.session.reader,
        case=assignment.case,
        session=assignment.session_id,
        items=[Item(**item) for item in score.result["items"]],
        source=score.reading_id,
        answered_at=score.reading.submitted_at,
    )
