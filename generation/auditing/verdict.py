"""The rules: what is a copy, what is a planted copy found, and the bars of the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generation.auditing.comparison import CHANCE, Comparison
from generation.auditing.control import Planted
from generation.auditing.leak_comparison import PLANTED_SHARE, LeakComparison
from generation.auditing.measured import Measured
from generation.auditing.neighbours import Neighbour, Neighbours

# Correlation of surroundings that takes part in no search: about 0 by chance, with a deviation of
# .035 over 366 patches of unseen and drawn images, none beyond .13; half a copy has .4 and more.
COPY_SURROUNDINGS = 0.2


@dataclass(frozen=True)
class Found:
    """By what the audit found one planted copy.

    Attributes:
        planted: the copy.
        image: whether the whole image's nearest neighbour is its source, under the copy limit.
        patches: how many of its patches are called copies, of its source.
        searched: how many patches were searched for.
        features: how many are of its source and under the copy limit in features; None where
            features were not measured.
    """

    planted: Planted
    image: bool
    patches: int
    searched: int
    features: int | None

    @property
    def found(self) -> bool:
        """As a whole and by a patch: each search must see it alone; features are reported."""
        return self.image and self.patches > 0


def surroundings_agree(neighbour: Neighbour) -> bool:
    """Whether a patch's surroundings agree with those of its match: no chance likeness."""
    around = neighbour.surroundings
    return around is not None and around >= COPY_SURROUNDINGS


def find_planted(planted: Planted, found: Neighbours, measured: dict[str, Measured]) -> Found:
    """Hold what was found of a planted copy against the rules for drawn images.

    Args:
        planted: the copy.
        found: its neighbours.
        measured: by measure, drawn against unseen images.
    """

    def count(name: str, *, around: bool = False) -> int:
        own = [each for each in getattr(found, name) if each.match.name == planted.source]
        return sum(
            (name in measured and measured[name].is_copy(each))
            or (around and surroundings_agree(each))
            for each in own
        )

    return Found(
        planted=planted,
        image=count("images") > 0,
        patches=count("patches", around=True),
        searched=len(found.patches),
        features=count("features") if "features" in measured else None,
    )


def judge(
    comparisons: dict[str, Comparison],
    copies: int,
    leak: LeakComparison | None,
    control: list[Found],
) -> list[dict[str, Any]]:
    """Every bar with what was measured, as `generation.cards` reads them."""
    bars = [_judge_control(control)]
    for name in ("images", "patches", "features"):
        bars += _judge_neighbours(name, comparisons.get(name))
    bars.append(
        _bar(
            "copied_patches",
            "patches",
            "Patches whose surroundings agree with a training image's too",
            copies,
            0,
            "lower",
            "None: around a chance likeness the correlation is about 0, around a copy it is not.",
        )
    )
    return [*bars, *_judge_leak(leak)]


def _judge_control(control: list[Found]) -> dict[str, Any]:
    found = sum(each.found for each in control)
    return _bar(
        "planted_copies",
        "control",
        "Planted copies that the audit found",
        found,
        max(len(control), 1),
        "higher",
        "All of them: an audit that misses its own copies proves nothing.",
    )


def _judge_neighbours(name: str, comparison: Comparison | None) -> Iterator[dict[str, Any]]:
    yield _bar(
        "nearest_ratio",
        name,
        "Distance to the nearest training image over that of unseen real images",
        None if comparison is None else comparison.ratio,
        None if comparison is None else comparison.least,
        "higher",
        "No lower than the 1st percentile of what as many unseen real images give.",
        floor=1.0,
    )
    yield _bar(
        "nearest_lowest",
        name,
        "The one nearest to a training image, over the unseen images' median",
        None if comparison is None else float(comparison.drawn.min()),
        None if comparison is None else comparison.copy_limit,
        "higher",
        "No lower than the square of the unseen images' 1st percentile.",
    )
    yield _bar(
        "nearest_chance",
        name,
        "Chance of so many lying that near to a training image",
        None if comparison is None else comparison.chance,
        CHANCE,
        "higher",
        "As many under the unseen images' 1st percentile as chance puts there: at least .01.",
    )


def _judge_leak(leak: LeakComparison | None) -> Iterator[dict[str, Any]]:
    yield _bar(
        "smallest_leak",
        "maps",
        "Smallest share of an image's own texture that would be found on its map",
        None if leak is None else leak.share_found,
        PLANTED_SHARE,
        "lower",
        "A quarter at most: an audit that could not find that proves nothing of the maps.",
    )
    yield _bar(
        "own_texture",
        "maps",
        "Texture of a training image given back on its own map, beyond that on unseen maps",
        None if leak is None else leak.difference,
        None if leak is None else leak.most,
        "lower",
        "Correlation with the true image: no higher on training maps than chance explains.",
        floor=0.0,
    )
    yield _bar(
        "own_tiles",
        "maps",
        "Chance of so many tiles like the training image's own",
        None if leak is None else leak.tiles.chance,
        CHANCE,
        "higher",
        "As many tiles that agree more than on 99 of a hundred on unseen maps as by chance.",
    )


def _bar(
    key: str,
    of: str,
    label: str,
    measured: float | None,
    limit: float | None,
    better: str,
    said: str,
    *,
    floor: float | None = None,
) -> dict[str, Any]:
    met = None
    if measured is not None and limit is not None:
        met = measured <= limit if better == "lower" else measured >= limit
    return {
        "id": key,
        "set": of,
        "label": label,
        "measured": measured,
        "floor": floor,
        "bar": limit,
        "stretch": None,
        "better": better,
        "met": met,
        "stretch_met": None,
        "said": said,
    }
