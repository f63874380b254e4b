"""What a reader may answer for one case: the rules that need the case or the vocabulary.

The shape (types, ranges, lengths) was checked before; here are the words, the places and
the agreement of one answer with another.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from generation import vocabulary
from trainer.reading.errors import FieldErrors, InvalidAnswersError

# Assessments that decide on recall; with 3 alone the reader may do either.
RECALLING = frozenset({"0", "4", "5"})
NOT_RECALLING = frozenset({"1", "2"})
# A dismissed mark may say why it was dismissed, beside its kind's own descriptors.
DISMISSAL_REASON = "dismissal_reason"

Answers = Mapping[str, Any]
ImageSizes = Mapping[str, tuple[int, int]]


def check_draft(answers: Answers, case: Case) -> None:
    """Raise InvalidAnswersError for what is wrong even in unfinished answers."""
    _raise_if_any(_mark_list_errors(answers["marks"], image_sizes(case), complete=False))


def check_complete(answers: Answers, case: Case) -> None:
    """Raise InvalidAnswersError unless these answers can be submitted."""
    _raise_if_any(
        {
            **_missing_answers(answers),
            **_recall_errors(answers),
            **_mark_list_errors(answers["marks"], image_sizes(case), complete=True),
        }
    )


def image_sizes(case: Case) -> dict[str, tuple[int, int]]:
    """(width, height) in pixels of each view of the case, by view key."""
    return {view.key: (view.width, view.height) for view in case.current_views}


def recall_allowed(assessments: list[str]) -> frozenset[bool]:
    """Recall decisions that agree with the assessments of both breasts."""
    if RECALLING.intersection(assessments):
        return frozenset({True})
    if NOT_RECALLING.issuperset(assessments):
        return frozenset({False})
    return frozenset({True, False})


def _raise_if_any(errors: FieldErrors) -> None:
    if errors:
        raise InvalidAnswersError(errors)


def _missing_answers(answers: Answers) -> FieldErrors:
    errors: FieldErrors = {}
    if answers["density"] is None:
        errors["density"] = [_("Choose the breast density.")]
    missing = [side for side in vocabulary.SIDES if answers["breasts"][side]["assessment"] is None]
    if missing:
        errors["breasts"] = {side: {"assessment": [_tell_missing(side)]} for side in missing}
    if answers["recall"] is None:
        errors["recall"] = [_("Decide on recall.")]
    return errors


def _tell_missing(side: str) -> str:
    if side == "left":
        return _("Choose an assessment for the left breast.")
    return _("Choose an assessment for the right breast.")


def _recall_errors(answers: Answers) -> FieldErrors:
    assessments = [answers["breasts"][side]["assessment"] for side in vocabulary.SIDES]
    if None in assessments or answers["recall"] is None:
        return {}
    if answers["recall"] in recall_allowed(assessments):
        return {}
    if answers["recall"]:
        return {"recall": [_("Both breasts are assessed 1 or 2, which means no recall.")]}
    return {"recall": [_("An assessment of 0, 4 or 5 means recall.")]}


def _mark_list_errors(
    marks: list[dict[str, Any]], sizes: ImageSizes, *, complete: bool
) -> FieldErrors:
    by_id = {mark["id"]: mark for mark in marks}
    errors: FieldErrors = {}
    for index, mark in enumerate(marks):
        found = {
            **_place_errors(mark, sizes),
            **_word_errors(mark, complete=complete),
            **_link_errors(mark, by_id),
        }
        if by_id[mark["id"]] is not mark:
            found["id"] = [_("Another mark has the same id.")]
        if found:
            errors[str(index)] = found
    return {"marks": errors} if errors else {}


def _place_errors(mark: Answers, sizes: ImageSizes) -> FieldErrors:
    if mark["view"] not in sizes:
        return {"view": [_("This case has no such view.")]}
    errors: FieldErrors = {}
    for axis, size in zip("xy", sizes[mark["view"]], strict=True):
        # Integers are pixel centres: the image's area begins half a pixel before 0.
        if not -0.5 <= mark[axis] <= size - 0.5:
            errors[axis] = [
                _("Outside the image: %(axis)s must lie between 0 and %(most)d.")
                % {"axis": axis, "most": size - 1}
            ]
    return errors


def _word_errors(mark: Answers, *, complete: bool) -> FieldErrors:
    if mark["kind"] is None:
        return {"kind": [_("Choose the kind of finding.")]} if complete else {}
    kind = vocabulary.FINDING_KINDS.get(mark["kind"])
    if kind is None:
        return {"kind": [_("Unknown kind of finding.")]}
    allowed = {
        descriptor.key: vocabulary.term_keys(descriptor.values) for descriptor in kind.descriptors
    }
    if not mark["suspicious"]:
        allowed[DISMISSAL_REASON] = vocabulary.term_keys(vocabulary.DISMISSAL_REASONS)
    errors = {
        key: [_("Unknown descriptor.") if key not in allowed else _("Unknown value.")]
        for key, value in mark["descriptors"].items()
        if value not in allowed.get(key, ())
    }
    return {"descriptors": errors} if errors else {}


def _link_errors(mark: Answers, by_id: Mapping[str, Answers]) -> FieldErrors:
    if mark["link"] is None:
        return {}
    other = by_id.get(mark["link"])
    if other is None:
        return {"link": [_("The linked mark is not among the marks.")]}
    if other["view"] == mark["view"] or other["view"].split("_")[0] != mark["view"].split("_")[0]:
        return {"link": [_("A link joins two views of the same breast.")]}
    return {}
