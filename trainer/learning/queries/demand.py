"""What the people who practise will need next, by competency and difficulty, and what is there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, inf
from typing import Final

from django.db.models import F, Max, Sum

from cases.models import CaseView
from trainer.learning.models import AbilityEstimate, StockItem
from trainer.learning.plans import FINDINGS, SIGNS
from trainer.learning.queries.abilities import AbilityState, find_current_run
from trainer.learning.queries.curricula import Followed, find_all_followed, find_stand
from trainer.learning.queries.stock import count_readers
from trainer.measure.ability import Ability
from trainer.measure.difficulty import find_wanted_difficulty
from trainer.measure.selection import (
    PRACTICE_P,
    FloatArray,
    limit_exposure,
    weigh_competencies,
)
from trainer.measure.targets import TARGETS
from trainer.measure.tiers import list_tier_difficulties

# Who read within so long is expected again.
LATELY: Final = timedelta(days=14)
# More readers than this ask for what these ask for, in proportion.
_SAMPLE: Final = 300
# Bands of difficulty: their edges, one of the model's units apart.
_EDGES: Final = (-inf, -2.0, -1.0, 0.0, 1.0, 2.0, inf)
_NORMAL_SHARE: Final = 0.5
_GIB: Final = 2**30

Cell = tuple[str, int]


@dataclass(frozen=True)
class Need:
    """Cases of a competency in a band of difficulty: how many are wanted, and there."""

    competency: str
    low: float
    high: float
    wanted: int
    there: int

    @property
    def lacking(self) -> int:
        return max(self.wanted - self.there, 0)

    @property
    def middle(self) -> float:
        """A difficulty in the band: its middle, or half a unit beyond the last edge."""
        if self.low == -inf:
            return self.high - 0.5
        return self.low + 0.5


@dataclass(frozen=True)
class Practising:
    """What is known of somebody who practises, and the curriculum that they follow, if any."""

    state: AbilityState
    followed: Followed | None = None

    @property
    def ability(self) -> Ability:
        return self.state.ability

    @property
    def findings(self) -> tuple[str, ...]:
        if self.followed is None:
            return FINDINGS
        return tuple(name for name in FINDINGS if name in self.followed.syllabus.competencies)

    def weigh(self) -> FloatArray:
        """How much of each finding is practised, (F,) that add up to 1."""
        syllabus = self.followed.syllabus if self.followed else None
        return weigh_competencies(
            self.ability,
            self.findings,
            targets=syllabus.targets if syllabus else TARGETS,
            weights=syllabus.weights if syllabus else None,
        )

    def find_wanted(self, competency: str) -> float:
        """The difficulty that suits, within the tiers that are open in a curriculum."""
        wanted = find_wanted_difficulty(
            self.ability, competency=competency, sign=SIGNS[competency], p=PRACTICE_P
        )
        if self.followed is None:
            return wanted
        tiers = find_stand(self.state, self.followed.syllabus, competency).open
        means = [list_tier_difficulties(competency, tier)[0].mean for tier in tiers]
        return min(max(wanted, means[0]), means[-1])


def find_active(now: datetime) -> list[Practising]:
    """Who read lately, the latest first, up to a sample."""
    newest = (
        AbilityEstimate.objects.filter(run=find_current_run(), answered_at__gte=now - LATELY)
        .order_by()
        .values("reader")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    rows = list(AbilityEstimate.objects.filter(pk__in=newest).order_by("-pk")[:_SAMPLE])
    followed = find_all_followed(row.reader_id for row in rows)
    return [Practising(AbilityState.after(row), followed.get(row.reader_id)) for row in rows]


def list_needs(readers: Iterable[Practising], *, cases: int) -> list[Need]:
    """Share a number of cases out by what each reader would be given next.

    Args:
        readers: what is known of each.
        cases: how many are wanted in all; half of them normal.
    """
    shares: dict[Cell, float] = defaultdict(float)
    n = 0
    for reader in readers:
        n += 1
        for competency, weight in zip(reader.findings, reader.weigh(), strict=True):
            shares[competency, _band(reader, competency)] += (1 - _NORMAL_SHARE) * float(weight)
        shares["normal_rejection", _band(reader, "normal_rejection")] += _NORMAL_SHARE
    return [
        Need(
            competency,
            _EDGES[band],
            _EDGES[band + 1],
            ceil(cases * share / n - 1e-9),
            _count_there(competency, band),
        )
        for (competency, band), share in sorted(shares.items())
    ]


def count_usable() -> int:
    """Count the cases that may still be given to somebody."""
    usable = StockItem.objects.filter(
        competency="density", readers__lt=_limit(), case__withdrawn_at=None
    )
    return usable.count()


def measure_disk() -> float:
    """Estimate the disk that images take up, GiB: masters of 16 bits a pixel, and frames."""
    pixels, frames, bases = CaseView.objects.aggregate(
        pixels=Sum(F("width") * F("height")),
        frames=Sum("frame_bytes"),
        bases=Sum("base_frame_bytes"),
    ).values()
    return float(2 * (pixels or 0) + (frames or 0) + (bases or 0)) / _GIB


def _band(reader: Practising, competency: str) -> int:
    wanted = reader.find_wanted(competency)
    return sum(wanted >= edge for edge in _EDGES[1:-1])


def _count_there(competency: str, band: int) -> int:
    rows = StockItem.objects.filter(
        competency=competency, readers__lt=_limit(), case__withdrawn_at=None
    )
    if _EDGES[band] > -inf:
        rows = rows.filter(mean__gte=_EDGES[band])
    if _EDGES[band + 1] < inf:
        rows = rows.filter(mean__lt=_EDGES[band + 1])
    return rows.values("case").distinct().count()


def _limit() -> float:
    return limit_exposure(count_readers())
