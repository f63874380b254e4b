"""What a case asks of its reader, and how hard that is before anybody has read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.measure.ability import Difficulty
from trainer.measure.competencies import competency_of
from trainer.measure.difficulty import (
    GAMMA,
    RESIDUAL_SD,
    load_cold_start,
    start_density_difficulty,
    start_lesion_difficulty,
    start_normal_difficulty,
)
from trainer.measure.scoring import (
    CHARACTERISED,
    DENSITY_RIGHT,
    LESION_FOUND,
    NO_FALSE_MARK,
    NOT_RECALLED,
)
from trainer.measure.selection import CandidateItem


@dataclass(frozen=True)
class AskedFinding:
    """What the items of a case depend on in one finding.

    Attributes:
        name: what the case calls it.
        reads_as: the reader's kind of finding that it passes for; "" for none.
        actionable: whether it asks for a recall.
        described: whether the reader has words for it.
        dprimes: d' of each view that holds it, 0 where the view does not show it; None where
            that was not measured.
        visible: whether any view shows it.
    """

    name: str
    reads_as: str
    actionable: bool
    described: bool
    dprimes: tuple[float | None, ...]
    visible: bool


def list_cold_items(
    findings: Sequence[AskedFinding],
    *,
    density: str,
    likeness: float | None,
    density_fraction: float | None,
) -> tuple[CandidateItem, ...]:
    """List the items of a case as scoring asks them, each with the difficulty it starts from.

    Args:
        findings: all that the case holds.
        density: A to D.
        likeness: how lesion-like the tissue's worst place is; None where not measured.
        density_fraction: volumetric share of gland in the denser breast; None where unknown.
    """
    lesions = [finding for finding in findings if finding.actionable]
    items = [item for finding in lesions for item in _list_lesion_items(finding)]
    # What reads as nothing, such as a clip or a fault of technique, tempts nobody to recall.
    tempting = sum(1 for each in findings if not each.actionable and each.reads_as)
    normal = start_normal_difficulty(density, likeness=likeness, look_alikes=tempting)
    items.append(CandidateItem(NO_FALSE_MARK, "normal_rejection", -1, normal))
    if not lesions:
        items.append(CandidateItem(NOT_RECALLED, "normal_rejection", -1, normal))
    start = start_density_difficulty(density_fraction)
    return (*items, CandidateItem(DENSITY_RIGHT, "density", 0, start))


def _list_lesion_items(finding: AskedFinding) -> list[CandidateItem]:
    # Nobody can be asked for what no view shows.
    if not (finding.visible and finding.reads_as):
        return []
    competency = competency_of(finding.reads_as)
    start = _start_lesion(finding.dprimes, competency)
    items = [CandidateItem(f"{LESION_FOUND}:{finding.name}", competency, 1, start)]
    if finding.described:
        key = f"{CHARACTERISED}:{finding.name}"
        items.append(CandidateItem(key, "characterisation", 0, start))
    return items


def _start_lesion(dprimes: Sequence[float | None], competency: str) -> Difficulty:
    """Where no constants were fitted yet, as uncertain as a lesion drawn at random."""
    if competency not in load_cold_start()["ln_dprime"]:
        return Difficulty(0.0, GAMMA**2 + RESIDUAL_SD**2)
    return start_lesion_difficulty(dprimes, competency)
