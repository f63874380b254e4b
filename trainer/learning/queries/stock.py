"""The ready cases that a reader may be given, a few at a time, from the index of their items."""

from collections.abc import Collection, Set
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case
from trainer.accounts.models import User
from trainer.learning.models import AbilityEstimate, StockItem
from trainer.measure.ability import Ability
from trainer.measure.difficulty import find_wanted_difficulty
from trainer.measure.selection import Candidate, CandidateItem, Past, limit_exposure

# Every case has one density item and no more: counting those counts cases.
ONE_PER_CASE: Final = "density"
# As many on either side of the wanted difficulty: what is uncertain of each differs little.
_EITHER_SIDE: Final = 16
_READERS_KEPT_S: Final = 600


@dataclass(frozen=True)
class Stock:
    """What a reader may still be given.

    No seed comes twice: the same breast with another finding would be recognised.
    """

    institution: Any
    seen_seeds: Collection[int]
    seen_cases: Collection[UUID]
    past: Past
    tier: int | None = None

    def count_left(self, *, positive: bool, at_most: int, competency: str = ONE_PER_CASE) -> int:
        """Count the cases with or without a lesion that are left, up to a number.

        Args:
            competency: of which they must ask something; every case asks for density.
        """
        rows = self._rows(positive=positive).filter(competency=competency)
        return len(rows.values_list("pk", flat=True)[:at_most])

    def find_near(
        self,
        ability: Ability,
        *,
        positive: bool,
        competency: str,
        sign: int,
        p: float,
        within_exposure: bool,
        kind: str = "",
    ) -> list[Candidate]:
        """Find the cases whose item of a competency is about as hard as wanted.

        Args:
            ability: what is known of the reader.
            positive: cases with a lesion, or without.
            competency: what the item asks for.
            sign: how the criterion enters into such items.
            p: wanted probability of a right answer.
            within_exposure: leave out what enough others have met.
            kind: only items of this kind of finding.
        """
        wanted = find_wanted_difficulty(ability, competency=competency, sign=sign, p=p)
        rows = self._rows(positive=positive).filter(competency=competency)
        if within_exposure:
            rows = rows.filter(readers__lt=limit_exposure(self.past.readers))
        if kind:
            rows = rows.filter(kind=kind)
        harder = rows.filter(mean__gte=wanted).order_by("mean")[:_EITHER_SIDE]
        easier = rows.filter(mean__lt=wanted).order_by("-mean")[:_EITHER_SIDE]
        return [_make_candidate(row) for row in (*harder, *easier)]

    def _rows(self, *, positive: bool) -> QuerySet[StockItem]:
        rows = (
            StockItem.objects.filter(
                Q(institution=None) | Q(institution=self.institution),
                positive=positive,
                case__withdrawn_at=None,
            )
            .exclude(case__in=self.seen_cases)
            .order_by()
        )
        if self.seen_seeds:
            rows = rows.exclude(seed__in=self.seen_seeds)
        return rows if self.tier is None else rows.filter(tier=self.tier)


def open_stock(*, institution: Any, seen_case_ids: Set[UUID]) -> Stock:
    """Look at the stock with the eyes of a reader who was given these cases before."""
    seen = list(Case.objects.filter(pk__in=seen_case_ids).values_list("positive", "spec__seed"))
    normals = sum(not positive for positive, _ in seen)
    return Stock(
        institution=institution,
        seen_seeds=sorted({seed for _, seed in seen if seed is not None}),
        seen_cases=sorted(seen_case_ids),
        past=Past(cases=len(seen), normals=normals, readers=max(count_readers(), 1)),
    )


def count_readers() -> int:
    """Count who has answered anything; asked anew every ten minutes."""
    known: int | None = cache.get("learning.readers")
    if known is None:
        answered = AbilityEstimate.objects.filter(reader=OuterRef("pk"))
        known = User.objects.filter(Exists(answered)).count()
        cache.set("learning.readers", known, _READERS_KEPT_S)
    return known


def _make_candidate(row: StockItem) -> Candidate:
    item = CandidateItem(row.key, row.competency, row.sign, row.difficulty)
    return Candidate(str(row.case_id), row.positive, (item,), row.readers)
