"""What faults of technique have in common: the view that they spoil, and no lesion to call."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generation.lesions.finding import Words
from generation.vocabulary import Descriptor, Term

VIEWS = {"cc": Term("cc", "CC"), "mlo": Term("mlo", "MLO")}
VIEW_NAMES = {"cc": "CC", "mlo": "oblique"}


def view_descriptor(views: Sequence[str]) -> Descriptor:
    """The word that says which view of the breast was taken badly."""
    return Descriptor("view", "View", tuple(VIEWS[view] for view in views))


def draw_view(
    rng: np.random.Generator, actionable: bool, views: Sequence[str]
) -> dict[str, str] | None:
    """Words of a fault in one of these views; None for an actionable one, which it never is."""
    view = str(rng.choice(list(views)))
    return None if actionable else {"view": view}


def call_negative(words: Words) -> str:
    """Category of whatever is no lesion."""
    return "1"


def exclude_cancer(words: Words) -> float:
    """Probability of cancer of whatever is no lesion."""
    return 0.0
