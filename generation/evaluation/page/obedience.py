"""The page's section on what the network was asked for: maps, density, seeds."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from generation.evaluation.page.markup import write_number, write_table
from generation.evaluation.summary import find

Numbers = Mapping[str, Any]

MAPS = {"network": "Maps of real images", "cases_cc": "Anatomy, CC", "cases_mlo": "Anatomy, MLO"}
BINDINGS = (
    ("coarse", "Coarse tissue, correlation", "mean", 3),
    ("interior", "The same away from the skin", "mean", 3),
    ("coarse_rms", "Coarse tissue, grey off (rms)", "mean", 4),
    ("lines", "Lines, correlation", "mean", 2),
    ("lines_found", "Lines asked for that are found", "mean", 2),
    ("mask", "Outline, Dice overlap", "mean", 3),
    ("nipple_mm", "Nipple off, mm (median)", "median", 2),
    ("skin_mm", "Skin line off, mm", "mean", 2),
    ("style_fine", "Fine texture off, sd", "mean", 2),
    ("style_middle", "Middle texture off, sd", "mean", 2),
)


def show_conditions(report: Numbers) -> str:
    """Maps, density and seeds."""
    conditions = report["conditions"]
    names = [name for name in MAPS if conditions.get(name)]
    rows = [
        [
            escape(label),
            *(write_number(find(conditions, name, key, of), digits) for name in names),
            write_number(find(conditions, "overall", key, "lowest"), digits),
            write_number(find(conditions, "overall", key, "highest"), digits),
        ]
        for key, label, of, digits in BINDINGS
    ]
    table = write_table(
        "The map asked for, and the map recomputed from what the network drew",
        ["", *(MAPS[name] for name in names), "Lowest", "Highest"],
        rows,
    )
    return table + _show_density(conditions) + _show_seeds(conditions)


def _show_density(conditions: Numbers) -> str:
    density = conditions.get("density")
    if not density:
        return ""
    rows = [
        [asked, str(found["images"]), _spell(found["recovered"]), _spell(found["blind"])]
        for asked, found in density["classes"].items()
        if found["images"]
    ]
    return (
        f"<h3>Density</h3><p>The class asked for came back in "
        f"<strong>{100 * density['recovered']:.0f} %</strong> of {density['images']} views: the "
        "anatomy's own fraction of gland, times what the picture shows over what the map asked "
        "for. Read from the picture alone, without knowing the woman, it is the right one in "
        f"{100 * density['blind']:.0f} %; that reading is rough for real images too.</p>"
        + write_table(
            "Density class asked for, and read",
            ["Asked for", "Views", "Recovered", "Read from the picture alone"],
            rows,
        )
    )


def _spell(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _show_seeds(conditions: Numbers) -> str:
    seeds = conditions.get("seeds")
    if not seeds:
        return ""
    same = "the same bytes" if seeds["same_bytes"] else "NOT the same bytes"
    rows = [
        [
            f"{1 / band['high_per_mm']:.1f} to {1 / band['low_per_mm']:.1f}",
            write_number(band["difference"]),
        ]
        for band in seeds["bands"]
    ]
    table = write_table(
        "Difference of two seeds, 0 the same, 1 unrelated",
        ["Period, mm", "Difference"],
        rows,
        kind="narrow",
    )
    return (
        f"<h3>Seeds</h3><p>One seed drew {same} again on each map ({seeds['maps']}). Two seeds "
        f"on one map differ by {write_number(seeds['difference'])} of what unrelated textures "
        f"would: coarse structure is the map's, fine structure the seed's.</p>"
        f"{table if rows else ''}"
    )
