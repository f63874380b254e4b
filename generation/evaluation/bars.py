"""Limits that were set before the generator was trained, and whether it keeps to them.

Views of the oblique have none: there is no real one to set a limit by, they are shown beside the
real CC views. Memorisation has its own command, `python -m generation audit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

SETS_WITH_BARS = ("network", "cases_cc")
WITHIN_SPREAD = "Within one standard deviation between real images."


@dataclass(frozen=True)
class Bar:
    """One limit.

    Attributes:
        key: in the summary; after "<set>_" where `by_set`.
        label: what it is.
        bar, stretch: limits, the second one the wish; None where there is no wish.
        better: which way.
        said: the limit in words.
        by_set: whether it is measured for each set, or once.
        floor: key of the summary with real against real, or the number itself.
    """

    key: str
    label: str
    bar: float
    stretch: float | None
    better: Literal["lower", "higher"]
    said: str
    by_set: bool = True
    floor: str | float | None = None


BARS = (
    Bar(
        "c2st_auc",
        "A classifier tells drawn from real patches (AUC)",
        0.80,
        0.65,
        "lower",
        "At most .80; .65 is wished for, .5 is chance.",
        floor="floor_c2st_auc",
    ),
    Bar(
        "frd_ratio",
        "Fréchet radiomics distance over real against real",
        3.0,
        1.5,
        "lower",
        "d squared at most 3 times that of two halves of the real images, outliers held.",
        floor=1.0,
    ),
    Bar(
        "exponent_off_sd",
        "Exponent of the spectrum off the real mean",
        1.0,
        None,
        "lower",
        WITHIN_SPREAD,
    ),
    Bar(
        "bands_off_sd",
        "Power of the worst octave band off the real mean",
        1.0,
        None,
        "lower",
        WITHIN_SPREAD,
    ),
    Bar(
        "histogram_ratio",
        "Divergence of grey over the most between real images",
        1.0,
        None,
        "lower",
        "At most the 95th percentile between two halves of the real images.",
    ),
    Bar(
        "moments_off_sd",
        "Kurtosis and skewness of grey off the real mean",
        1.0,
        None,
        "lower",
        WITHIN_SPREAD,
    ),
    Bar(
        "tiling_periods",
        "Tile and upsampling periods that stand out",
        0.0,
        None,
        "lower",
        "No peak or line above what 99 of a hundred sets of real images stay below.",
    ),
    Bar(
        "coarse_correlation",
        "Coarse map asked for and drawn, correlation",
        0.95,
        None,
        "higher",
        "At least .95, mean over images.",
        by_set=False,
    ),
    Bar(
        "density_recovered",
        "Density class recovered",
        0.95,
        None,
        "higher",
        "In at least 95 % of the views drawn of a spec.",
        by_set=False,
    ),
    Bar(
        "same_seed_same_bytes",
        "One seed draws the same bytes again",
        1.0,
        None,
        "higher",
        "Always.",
        by_set=False,
    ),
)


def judge(summary: Mapping[str, Any], measured: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every bar with what was measured, for the report.

    Args:
        summary: of `generation.evaluation.summary.summarise_measures`.
        measured: names of the sets that were asked for.
    """
    judged = []
    for bar in BARS:
        names = [name for name in SETS_WITH_BARS if name in measured] if bar.by_set else [""]
        judged += [_judge(bar, name, summary) for name in names]
    return judged


def _judge(bar: Bar, name: str, summary: Mapping[str, Any]) -> dict[str, Any]:
    value = summary.get(f"{name}_{bar.key}" if name else bar.key)
    value = None if value is None else float(value)
    return {
        "id": bar.key,
        "set": name or "conditions",
        "label": bar.label,
        "measured": value,
        "floor": summary.get(bar.floor) if isinstance(bar.floor, str) else bar.floor,
        "bar": bar.bar,
        "stretch": bar.stretch,
        "better": bar.better,
        "met": _meets(value, bar.bar, bar.better),
        "stretch_met": None if bar.stretch is None else _meets(value, bar.stretch, bar.better),
        "said": bar.said,
    }


def _meets(value: float | None, limit: float, better: str) -> bool | None:
    if value is None:
        return None
    return value <= limit if better == "lower" else value >= limit
