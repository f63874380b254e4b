"""The steps of a density ladder as values for their serializer."""

from typing import Any

from cases.queries import LadderStep
from trainer.api.feedback import describe_finding
from trainer.api.images import describe_base_frames, describe_views


def describe_step(step: LadderStep) -> dict[str, Any]:
    made = step.case
    return {
        "density": step.density,
        "state": step.state,
        "progress": step.progress,
        "stage": step.stage,
        "reason": step.reason,
        "views": describe_views(made) if made else [],
        "base_frames": describe_base_frames(made) if made else {},
        "findings": [describe_finding(each) for each in made.findings.all()] if made else [],
    }
