"""The ready cases that a reader may be given, a few at a time, from the index of their items."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet

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

    Attributes:
        tiers: those that a case may be of, by the competency that it is for and whether it holds
            a lesion; any where none is named.
        findings: the kinds of lesion that a case may hold, by competency; any where none is named.
    """

    institution: Any
    seen_seeds: Set[int]
    seen_cases: Set[UUID]
    past: Past
    tiers: Mapping[tuple[str, bool], Sequence[int]] = field(default_factory=dict)
    findings: Collection[str] = ()

    def count_left(self, *, positive: bool, at_most: int, competency: str = ONE_PER_CASE) -> int:
        """Count the cases with or without a lesion that are left, up to a number.

        Args:
            competency: of which they must ask something; every case asks for density.
        """
        left = 0
        for rows in self._list_rows(positive=positive, competency=competency):
            if left < at_most:
                left += len(self._take_unseen(rows, at_most - left))
        return left

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
        found: list[StockItem] = []
        for rows in self._list_rows(positive=positive, competency=competency):
            if within_exposure:
                rows = rows.filter(readers__lt=limit_exposure(self.past.readers))
            if kind:
                rows = rows.filter(kind=kind)
            found += self._take_unseen(rows.filter(mean__gte=wanted), _EITHER_SIDE)
            found += self._take_unseen(rows.filter(mean__lt=wanted).reverse(), _EITHER_SIDE)
        return [_make_candidate(row) for row in found]

    def _list_rows(self, *, positive: bool, competency: str) -> Iterator[QuerySet[StockItem]]:
        """What is shared, then the institution's own, tier by tier: each one range of an index."""
        owners = [None] if self.institution is None else [None, self.institution]
        tiers: Sequence[int | None] = self.tiers.get((competency, positive)) or [None]
        for owner, tier in product(owners, tiers):
            rows = StockItem.objects.filter(
                institution=owner,
                competency=competency,
                positive=positive,
                case__withdrawn_at=None,
            )
            if tier is not None:
                rows = rows.filter(tier=tier)
            if positive and self.findings:
                rows = rows.filter(Exists(self._of_findings()))
            # The owner is the same in all rows, but PostgreSQL does not see of "IS NULL" that it
            # leaves the index in order of difficulty.
            yield rows.order_by("institution_id", "mean")

    def _of_findings(self) -> QuerySet[StockItem]:
        return StockItem.objects.filter(case=OuterRef("case"), competency__in=self.findings)

    def _take_unseen(self, rows: QuerySet[StockItem], enough: int) -> list[StockItem]:
        """The first of these rows that this reader has not seen.

        What was seen is passed over here: hundreds of ids in a query take longer than the query.
        No more rows are looked at than a few times those that were seen and those that are asked.
        """
        asked = 2 * enough
        while True:
            found = list(rows[:asked])
            unseen = [row for row in found if not self._has_seen(row)]
            if len(unseen) >= enough or len(found) < asked:
                return unseen[:enough]
            asked *= 4

    def _has_seen(self, row: StockItem) -> bool:
        return row.case_id in self.seen_cases or row.seed in self.seen_seeds


def open_stock(
    *, institution: Any, seen_case_ids: Set[UUID], known_case_ids: Set[UUID] = frozenset()
) -> Stock:
    """Look at the stock with the eyes of a reader who was given some cases before.

    Args:
        institution: whose cases may be taken, beside those that belong to none.
        seen_case_ids: what the reader was given.
        known_case_ids: what the reader knows otherwise: left out, and no part of the past.
    """
    cases = Case.objects.filter(pk__in=seen_case_ids | known_case_ids).order_by()
    rows = list(cases.values_list("pk", "positive", "spec__seed"))
    seen = [positive for pk, positive, _ in rows if pk in seen_case_ids]
    normals = sum(not positive for positive in seen)
    return Stock(
        institution=institution,
        seen_seeds=frozenset(seed for _, _, seed in rows if seed is not None),
        seen_cases=seen_case_ids | known_case_ids,
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
