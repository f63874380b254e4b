from collections.abc import Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from cases.models import Case
from trainer.learning.domain.orders import order_case
from trainer.learning.queries.abilities import find_state
from trainer.learning.queries.candidates import list_candidates
from trainer.measure.competencies import LABELS
from trainer.measure.selection import Selection, select_case
from trainer.measure.targets import TARGETS


@dataclass(frozen=True)
class Choice:
    """The case that comes next, and why as plain JSON values.

    `why["competency"]` would tell a reader what the case holds: it is for afterwards.
    `why["text"]` may be shown before.
    """

    case: Case
    why: dict[str, Any]


def choose_case(
    *,
    reader: Any,
    seen_case_ids: Set[UUID],
    institution: Any,
    rng: np.random.Generator | None = None,
) -> Choice | None:
    """Choose the next practice case for a reader; None when the library holds no new one.

    Where none fits the reader well, or few are left, another is ordered.

    Args:
        reader: who will read it.
        seen_case_ids: every case this reader was ever given.
        institution: whose cases may be taken, beside those that belong to none.
        rng: draws what is to be practised; a fresh one when not given.
    """
    rng = rng or np.random.default_rng()
    ability = find_state(reader).ability
    cases, candidates, past = list_candidates(institution=institution, seen_case_ids=seen_case_ids)
    selection = select_case(ability, candidates, past=past, targets=TARGETS, rng=rng)
    order_case(
        ability=ability,
        candidates=candidates,
        selection=selection,
        institution=institution,
        rng=rng,
    )
    if selection is None:
        return None
    return Choice(cases[selection.candidate.id], _explain(selection))


def _explain(selection: Selection) -> dict[str, Any]:
    if selection.near:
        percent = round(100 * selection.predicted / 5) * 5
        text = f"Chosen to fit you: we expect you to be right about {percent} times in 100."
    else:
        text = "The nearest to your level among the cases that are ready."
    return {
        "competency": selection.competency,
        "label": LABELS[selection.competency],
        "text": text,
        "predicted": selection.predicted,
    }
