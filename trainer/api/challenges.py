"""Challenges as values for their serializers."""

from typing import Any

from django.utils.translation import gettext as _

from cases.queries import case_with_truth
from generation.lesions import REGISTRY
from trainer.api.feedback import describe_lesions, describe_truth
from trainer.api.images import describe_base_frames, describe_case
from trainer.api.vocabulary import translate_labels
from trainer.challenges.models import Challenge
from trainer.challenges.queries.challenges import READ, find_state
from trainer.reading.misses import list_misses
from trainer.reading.models import Reading
from trainer.reading.queries.scores import newest_score
from trainer.reports.queries import report_others


def describe_received(challenge: Challenge) -> dict[str, Any]:
    reading = _reading_of(challenge)
    return {
        "id": challenge.pk,
        "challenger": str(challenge.challenger),
        "sent_at": challenge.sent_at,
        "state": find_state(challenge),
        "assignment": challenge.assignment_id,
        "reading": reading.pk if reading else None,
    }


def describe_sent(challenge: Challenge) -> dict[str, Any]:
    lesions = challenge.request.spec["lesions"]
    state, reading = find_state(challenge), _reading_of(challenge)
    return {
        "id": challenge.pk,
        "colleague": str(challenge.colleague),
        "sent_at": challenge.sent_at,
        "answered_at": challenge.answered_at,
        "state": state,
        "progress": challenge.request.progress,
        "reason": challenge.request.reason,
        "kind_label": _(REGISTRY[lesions[0]["kind"]].label) if lesions else None,
        "side": lesions[0]["side"] if lesions else None,
        "found": _tell_found(reading) if reading and state == READ else None,
    }


def describe_result(challenge: Challenge, reading: Reading) -> dict[str, Any]:
    """How the colleague read it; `reading` is the challenge's own."""
    case = case_with_truth(reading.assignment.case_id)
    score = newest_score(reading).result
    others = report_others(case, reader=challenge.colleague_id)
    return {
        "id": challenge.pk,
        "colleague": str(challenge.colleague),
        "read_at": reading.submitted_at,
        "case": describe_case(case),
        "answers": reading.answers,
        "score": translate_labels(score),
        "truth": describe_truth(case),
        "lesions": describe_lesions(score, misses=list_misses(reading, case, score), others=others),
        "base_frames": describe_base_frames(case),
    }


def _reading_of(challenge: Challenge) -> Reading | None:
    return getattr(challenge.assignment, "reading", None)


def _tell_found(reading: Reading) -> bool:
    """Every lesion that was asked for is found; where none was, the case was rightly let go.

    `reading` comes with its newest score alone, as the lists of challenges fetch it.
    """
    score = reading.scores.all()[0].result
    asked = [lesion for lesion in score["lesions"] if lesion.get("asked", True)]
    return all(lesion["hit"] for lesion in asked) if asked else bool(score["recall_correct"])
