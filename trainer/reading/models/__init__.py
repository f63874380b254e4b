from trainer.reading.models.assignment import Assignment, Draft
from trainer.reading.models.note import CaseNote
from trainer.reading.models.reading import Mark, Reading
from trainer.reading.models.score import Score
from trainer.reading.models.session import Session

__all__ = [
    "Assignment",
    "CaseNote",
    "Draft",
    "Mark",
    "Reading",
    "Score",
    "Session",
]
