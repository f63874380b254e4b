from collections.abc import Iterator

from django.db.models import Max, Q

from trainer.measure.scoring import METHOD_VERSION
from trainer.reading.models import Reading, Score
from trainer.reading.scoring import score_answers


def rescore_readings(*, force: bool = False) -> Iterator[Score]:
    """Append a score of today's method to every reading that has none yet.

    Earlier scores stay: which method said what remains on record. Abilities are not touched,
    because they moved when the reader answered.

    Args:
        force: score again those that have one of today's method, too.
    """
    readings = Reading.objects.annotate(newest_method=Max("scores__method_version"))
    if not force:
        readings = readings.filter(Q(newest_method=None) | Q(newest_method__lt=METHOD_VERSION))
    # Ids first: the rows added below would otherwise change the list while it is walked.
    for pk in list(readings.order_by("submitted_at", "pk").values_list("pk", flat=True)):
        yield score_again(reading=Reading.objects.select_related("assignment__case").get(pk=pk))


def score_again(*, reading: Reading) -> Score:
    scored = score_answers(reading.answers, reading.assignment.case)
    return Score.objects.create(
        reading=reading, method_version=scored.method_version, result=scored.result
    )
