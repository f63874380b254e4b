"""Feedback on a reading as values for its serializer: score, truth, what moved, what is next."""

from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.models import Case, Finding
from generation.meanings import explain_word
from trainer.api.assignments import tell_why
from trainer.api.images import describe_base_frames
from trainer.api.misses import tell_miss
from trainer.api.teaching import translate_teaching
from trainer.api.vocabulary import translate_labels
from trainer.language import lower_word
from trainer.learning.queries import AbilityChange, CompetencyChange, find_change
from trainer.measure.misses import Miss
from trainer.measure.proportions import estimate_proportion
from trainer.reading.misses import list_misses
from trainer.reading.models import Reading
from trainer.reading.queries.scores import newest_score
from trainer.reports.queries import Others, report_others

# Below this many answered items a weakness is a guess, and is not named as one.
FEW_ITEMS: Final = 5


def describe_feedback(reading: Reading) -> dict[str, Any]:
    """Everything that is told once a reading is in, with the newest score."""
    case = reading.assignment.case
    session = reading.assignment.session
    change = find_change(reading.pk) if session.moves_abilities else None
    score = newest_score(reading).result
    others = report_others(case, reader=session.reader_id)
    return {
        "reading": reading.pk,
        "assignment": reading.assignment_id,
        "case": case.pk,
        "generator": {"sha256": case.weights_hash, "name": case.generator_name},
        "submitted_at": reading.submitted_at,
        "answers": reading.answers,
        "score": translate_labels(score),
        "truth": describe_truth(case),
        "lesions": describe_lesions(score, misses=list_misses(reading, case, score), others=others),
        "words": describe_words(case, reading.answers),
        "others": {"readers": others.readers, "recall_right": others.recall_right},
        "why": tell_why(reading.assignment),
        "session": session.pk,
        "mode": session.mode,
        "base_frames": describe_base_frames(case),
        "abilities": _tell_changes(change),
        "next": {"text": "" if session.is_test else _tell_next(change)},
    }


def _tell_changes(change: AbilityChange | None) -> list[CompetencyChange]:
    changes = change.by_competency() if change else ()
    return [replace(each, label=_(each.label)) for each in changes]


def _tell_next(change: AbilityChange | None) -> str:
    """What practice will dwell on: where least is known, or least is mastered, so far."""
    if change is None:
        return _("A challenge changes no estimate of what you can.")
    competencies = change.by_competency()
    fewest = min(competencies, key=lambda each: each.n)
    if fewest.n < FEW_ITEMS:
        return _("Next: more of everything. Least is known of you so far in: %(competency)s.") % {
            "competency": lower_word(_(fewest.label))
        }
    weakest = min(competencies, key=lambda each: each.after.low)
    return _("Next: a new case near your level, with more weight on: %(competency)s.") % {
        "competency": lower_word(_(weakest.label))
    }


def describe_lesions(
    score: dict[str, Any], *, misses: dict[str, Miss], others: Others
) -> list[dict[str, Any]]:
    """Of each actionable finding: what kind of miss it was, if one, and how many found it."""
    nobody = estimate_proportion(0, 0)
    return [
        {
            "finding": lesion["finding"],
            "miss": _describe_miss(misses.get(lesion["finding"])),
            "others": others.found.get(lesion["finding"], nobody),
        }
        for lesion in score["lesions"]
    ]


def _describe_miss(miss: Miss | None) -> dict[str, str] | None:
    return {"kind": miss.kind, "text": tell_miss(miss)} if miss else None


def describe_words(case: Case, answers: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What the descriptors mean that are true of the case or that the reader gave."""
    told = [finding.reader_words for finding in case.findings.all()]
    told += [mark["descriptors"] for mark in answers["marks"]]
    words: dict[str, dict[str, str]] = {}
    for descriptors in told:
        for name, value in descriptors.items():
            if meaning := explain_word(name, value):
                words.setdefault(name, {})[value] = _(meaning)
    return words


def describe_truth(case: Case) -> dict[str, Any]:
    return {
        "density": case.truth["density"],
        "assessment": case.truth["assessment"],
        "recall": case.truth["recall"],
        "tier": case.tier,
        "findings": [describe_finding(finding) for finding in case.findings.all()],
    }


def describe_finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.finding_id,
        "kind": finding.kind,
        "reads_as": finding.reads_as or None,
        "group": finding.group,
        "label": _(finding.label),
        "actionable": finding.actionable,
        "side": finding.side,
        "placed": finding.placed,
        "descriptors": finding.descriptors,
        "assessment": finding.assessment,
        "pathology": finding.pathology,
        "malignancy": finding.malignancy,
        "clock": finding.clock,
        "distance_from_nipple_mm": finding.distance_from_nipple_mm,
        "teaching": translate_teaching(finding.teaching),
        "views": [
            {
                "key": view.key,
                "outlines": view.outlines,
                "centre": [view.centre_x, view.centre_y],
                "long_axis_mm": view.long_axis_mm,
                "visible": view.visible,
                "dprime": view.dprime,
            }
            for view in finding.views.all()
        ],
    }
