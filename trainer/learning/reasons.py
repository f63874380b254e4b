"""Why a case was chosen: kept as keys and values, told in the language of whoever reads it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainer.learning.plans import Plan
from trainer.learning.spacing import DueKind
from trainer.measure.competencies import LABELS
from trainer.measure.selection import Selection

# How a case came to be taken.
FITS: Final = "fits"
NEAREST: Final = "nearest"
ANOTHER_TIER: Final = "another_tier"


def note_reason(
    selection: Selection,
    plan: Plan,
    *,
    returning: DueKind | None,
    widened: bool,
    now: datetime,
    beyond: bool = False,
) -> dict[str, Any]:
    """Note why a case was taken, as plain JSON values.

    Whether a missed kind returns must not show in what is said before the reading. Such a case
    passes for one that fits, as it was sought for the same chance of a right answer.

    Args:
        selection: what was taken.
        plan: what the reader has chosen to practise.
        returning: the missed kind that it brings back, if any.
        widened: whether the tier that is practised had no case left.
        now: when it was taken.
        beyond: whether the tiers that are open in a curriculum had no case for what was drawn.
            That, too, is not told before the reading.
    """
    fits = selection.near or returning is not None
    days = returning and max((now - returning.missed_at).days, 1)
    return {
        "plan": plan.to_json(),
        "curriculum": plan.course and plan.course.name,
        "fit": ANOTHER_TIER if widened else FITS if fits else NEAREST,
        "wanted": plan.p,
        "competency": selection.competency,
        "predicted": selection.predicted,
        "days_since_miss": days,
        "beyond": beyond,
    }


def tell_reason(why: Mapping[str, Any]) -> dict[str, Any]:
    """Tell why a case was taken, to whoever has read it.

    Args:
        why: as `note_reason` noted it, or words of the time before 0.4.
    """
    if "fit" not in why:
        return {"mode": _("Practice"), "returning": None, **why}
    plan = Plan(**why["plan"])
    return {
        "mode": _tell_mode(plan, why.get("curriculum")),
        "competency": why["competency"],
        "label": _(LABELS[why["competency"]]),
        "text": _tell_fit(why, plan),
        "predicted": why["predicted"],
        "returning": _tell_afterwards(why),
    }


def _tell_mode(plan: Plan, curriculum: str | None) -> str:
    if curriculum:
        return _("Adaptive practice by “%(curriculum)s”") % {"curriculum": curriculum}
    return plan.label


def _tell_afterwards(why: Mapping[str, Any]) -> str | None:
    if why.get("beyond"):
        return _("No case of the tiers that are open to you was ready: this was the nearest.")
    return _tell_return(why["days_since_miss"]) if why["days_since_miss"] else None


def tell_challenge(challenger: str | None) -> dict[str, Any]:
    """Tell who sent a challenge; None where the account is gone, and the challenge with it."""
    word = _("Challenge")
    nothing = {"competency": None, "predicted": None, "returning": None}
    return {
        **nothing,
        "mode": word,
        "label": word,
        "text": _("Sent by %(name)s.") % {"name": challenger} if challenger else "",
    }


def _tell_fit(why: Mapping[str, Any], plan: Plan) -> str:
    if why["fit"] == ANOTHER_TIER:
        return _("No case of tier %(tier)d is ready yet: this is the nearest to your level.") % {
            "tier": plan.tier
        }
    if why["fit"] == NEAREST:
        return _("The nearest to your level among the cases that are ready.")
    return _("Chosen to fit you: we aim at %(percent)d right answers in 100.") % {
        "percent": round(100 * why["wanted"])
    }


def _tell_return(days: int) -> str:
    return ngettext(
        "Back again: you missed one of these yesterday.",
        "Back again: you missed one of these %(days)d days ago.",
        days,
    ) % {"days": days}
