"""Answers as they stand in the records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cases.models import Case
from trainer.measure.scoring import Item


@dataclass(frozen=True)
class RecordedAnswers:
    """The answers of one source, as a re-estimation takes them."""

    reader: Any
    case: Case
    session: UUID
    items: Sequence[Item]
    source: UUID
    answered_at: datetime
