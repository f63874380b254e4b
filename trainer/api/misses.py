"""Kinds of miss in words."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from trainer.language import lower_word
from trainer.measure.misses import DISMISSED, MARKED_ELSEWHERE, NOT_LOOKED_AT, Look, Miss


def tell_miss(miss: Miss) -> str:
    """What kind of miss it was, and what says so, in a sentence or two."""
    if miss.kind == DISMISSED:
        return _tell_dismissal(miss.dismissed_as or "")
    if miss.kind == MARKED_ELSEWHERE:
        return _(
            "Marked elsewhere: you called something else in this breast suspicious, "
            "%(mm)d mm away from it."
        ) % {"mm": round(miss.nearest_false_mm or 0.0)}
    head = _("Not looked at.") if miss.kind == NOT_LOOKED_AT else _("Looked at and not marked.")
    return f"{head} {_tell_dwell(miss.looks)} {_tell_place(miss.looks)}"


def _tell_dismissal(reason: str) -> str:
    if not reason:
        return _("Looked at and dismissed: you marked it and judged it harmless.")
    return _("Looked at and dismissed: you marked it and judged it harmless: %(reason)s.") % {
        "reason": lower_word(_(reason))
    }


def _tell_dwell(looks: Sequence[Look]) -> str:
    dwell_ms = sum(look.dwell_ms for look in looks)
    names = [look.view for look in looks]
    if dwell_ms == 0:
        return _("The pointer was never in %(views)s.") % {"views": _(" or ").join(names)}
    return _("The pointer was in %(views)s for %(time)s.") % {
        "views": _(" and ").join(names),
        "time": _seconds(dwell_ms),
    }


def _tell_place(looks: Sequence[Look]) -> str:
    known = [look.place_ms for look in looks if look.place_ms is not None]
    if not known:
        return _("Nothing is known of how closely.")
    if max(known) == 0:
        return _("Its place was never on screen at full resolution.")
    return _("Its place was on screen at full resolution for %(time)s.") % {
        "time": _seconds(max(known))
    }


def _seconds(ms: float) -> str:
    seconds = ms / 1000
    return f"{number_format(seconds, 1 if seconds < 10 else 0)} s"
