"""From stored rows to the pure scoring method, and back to values that can be stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.models import Case, Finding
from cases.queries import load_masks
from trainer.measure.answers import Answers, CaseTruth, TrueFinding
from trainer.measure.localisation import is_local
from trainer.measure.scoring import Item, score_reading


@dataclass(frozen=True)
class ScoredReading:
    method_version: int
    result: dict[str, Any]
    items: tuple[Item, ...]


def score_answers(answers: Mapping[str, Any], case: Case) -> ScoredReading:
    """Score complete answers against the truth of their case."""
    score = score_reading(Answers.from_json(answers), load_truth(case))
    return ScoredReading(
        method_version=score.method_version, result=score.to_json(), items=score.items
    )


def load_truth(case: Case) -> CaseTruth:
    """The truth of a case with its masks, which are read from the image storage."""
    pixel_mm = {view.pixel_mm for view in case.current_views}
    return CaseTruth(
        density=case.truth["density"],
        findings=tuple(_load_finding(finding) for finding in case.findings.all()),
        pixel_mm=float(pixel_mm.pop()),
    )


def _load_finding(finding: Finding) -> TrueFinding:
    masks = load_masks(finding)
    if finding.group == "technique":
        # No mark in a view that is spoilt as a whole is meant for the fault; one on a nipple
        # that lies over the breast is.
        masks = {key: mask for key, mask in masks.items() if is_local(mask)}
    return TrueFinding(
        id=finding.finding_id,
        reads_as=finding.reads_as or None,
        actionable=finding.actionable,
        descriptors=finding.reader_words,
        masks={key: mask for key, mask in masks.items() if mask.any()},
        visible=any(view.visible for view in finding.views.all()),
    )
