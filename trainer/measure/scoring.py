"""The score of one reading: what was right, lesion by lesion and item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from trainer.measure.answers import Answers, CaseTruth, Mark, TrueFinding
from trainer.measure.competencies import competency_of
from trainer.measure.localisation import HIT, MarkOutcome, count_false_marks, judge_marks

# Stored beside every score; raise it whenever the same answers would score otherwise.
# 4: findings are compared by what they read as; without descriptors nothing is characterised.
METHOD_VERSION: Final = 4

LESION_FOUND: Final = "lesion_found"
CHARACTERISED: Final = "characterised"
NO_FALSE_MARK: Final = "no_false_mark"
NOT_RECALLED: Final = "not_recalled"
DENSITY_RIGHT: Final = "density"


@dataclass(frozen=True)
class Item:
    """One question that a case put to its reader, for the ability model.

    `sign` is how the reader's criterion enters: +1 where marking more helps, -1 where it hurts.
    """

    key: str
    competency: str
    sign: int
    correct: bool
    label: str


@dataclass(frozen=True)
class LesionScore:
    """What became of one actionable finding; the comparison is None where it was missed.

    `characterised` is also None where there is nothing to describe, as of a distortion.

    `asked` is whether any view shows the finding: one that none shows was not there to be found.
    """

    finding: str
    asked: bool
    hit: bool
    marks: tuple[str, ...]
    kind_right: bool | None
    descriptors: Mapping[str, bool] | None
    characterised: bool | None


@dataclass(frozen=True)
class CaseScore:
    """The score of one reading. `case_rating` is None where nothing was marked: the lowest."""

    method_version: int
    positive: bool
    recalled: bool
    recall_correct: bool
    density_correct: bool
    case_rating: float | None
    false_marks: int
    lesions: tuple[LesionScore, ...]
    marks: tuple[MarkOutcome, ...]
    items: tuple[Item, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the score as plain JSON values, as it is stored and sent."""
        return {
            "method_version": self.method_version,
            "positive": self.positive,
            "recalled": self.recalled,
            "recall_correct": self.recall_correct,
            "density_correct": self.density_correct,
            "case_rating": self.case_rating,
            "false_marks": self.false_marks,
            "lesions": [
                {
                    "finding": lesion.finding,
                    "asked": lesion.asked,
                    "hit": lesion.hit,
                    "marks": list(lesion.marks),
                    "kind_right": lesion.kind_right,
                    "descriptors": None if lesion.descriptors is None else dict(lesion.descriptors),
                    "characterised": lesion.characterised,
                }
                for lesion in self.lesions
            ],
            "marks": [vars(outcome) | {} for outcome in self.marks],
            "items": [vars(item) | {} for item in self.items],
        }


def score_reading(answers: Answers, truth: CaseTruth) -> CaseScore:
    """Score one reading against the truth.

    The case is positive when it holds an actionable finding, and its recall is right when it
    was recalled exactly then. Its rating is that of its highest suspicious mark. A lesion is
    found when a mark hits it in either view.

    Args:
        answers: the submitted answers; mark positions in pixels.
        truth: findings with masks, and the density of each breast.

    Source: design/contracts.md, "Truth"; design/learning.md, "Items of one case".
    """
    outcomes = judge_marks(answers.marks, truth)
    lesions = tuple(
        _score_lesion(finding, answers.marks, outcomes)
        for finding in truth.findings
        if finding.actionable
    )
    false_marks = count_false_marks(answers.marks, outcomes)
    density_correct = answers.density == truth.overall_density
    return CaseScore(
        method_version=METHOD_VERSION,
        positive=truth.positive,
        recalled=answers.recall,
        recall_correct=answers.recall == truth.positive,
        density_correct=density_correct,
        case_rating=max((m.rating for m in answers.marks if m.suspicious), default=None),
        false_marks=false_marks,
        lesions=lesions,
        marks=outcomes,
        items=(
            *_list_lesion_items(truth, lesions),
            *_list_case_items(answers, truth, false_marks, density_correct),
        ),
    )


def _score_lesion(
    finding: TrueFinding, marks: Sequence[Mark], outcomes: Sequence[MarkOutcome]
) -> LesionScore:
    on_finding = [
        (mark, outcome)
        for mark, outcome in zip(marks, outcomes, strict=True)
        if outcome.finding == finding.id
    ]
    ids = tuple(mark.id for mark, _ in on_finding)
    hits = [mark for mark, outcome in on_finding if outcome.outcome == HIT]
    asked = finding.visible and bool(finding.masks)
    if not hits:
        return LesionScore(finding.id, asked, False, ids, None, None, None)
    # The surest mark speaks for the reader where the two views were described differently.
    mark = max(hits, key=lambda hit: hit.rating)
    kind_right = mark.kind == finding.reads_as
    descriptors = {
        name: kind_right and mark.descriptors.get(name) == value
        for name, value in finding.descriptors.items()
    }
    # Most of the descriptors: one near miss among several does not make the description wrong.
    most = 2 * sum(descriptors.values()) > len(descriptors)
    characterised = kind_right and most if descriptors else None
    return LesionScore(finding.id, asked, True, ids, kind_right, descriptors, characterised)


def _list_lesion_items(truth: CaseTruth, lesions: Sequence[LesionScore]) -> list[Item]:
    findings = {finding.id: finding for finding in truth.findings}
    items: list[Item] = []
    for lesion in lesions:
        finding = findings[lesion.finding]
        if not lesion.asked or finding.reads_as is None:
            continue
        competency = competency_of(finding.reads_as)
        items.append(
            Item(f"{LESION_FOUND}:{finding.id}", competency, 1, lesion.hit, "Lesion found")
        )
        if lesion.characterised is not None:
            key = f"{CHARACTERISED}:{finding.id}"
            right = lesion.characterised
            items.append(Item(key, "characterisation", 0, right, "Lesion described rightly"))
    return items


def _list_case_items(
    answers: Answers, truth: CaseTruth, false_marks: int, density_correct: bool
) -> list[Item]:
    items = [Item(NO_FALSE_MARK, "normal_rejection", -1, false_marks == 0, "No false mark")]
    if not truth.positive:
        items.append(
            Item(NOT_RECALLED, "normal_rejection", -1, not answers.recall, "Normal not recalled")
        )
    items.append(Item(DENSITY_RIGHT, "density", 0, density_correct, "Density right"))
    return items
