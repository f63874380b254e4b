"""The headline of a report, flat, for the model card."""

from __future__ import annotations

from typing import Any

MEASURES = ("images", "patches", "features")
OF_MEASURE = ("ratio", "least", "limit", "copy_limit", "lowest", "below", "count", "chance")


def summarise(report: dict[str, Any]) -> dict[str, Any]:
    """`summary`, from the rest of a report."""
    outcomes = [bar["met"] for bar in report["bars"]]
    images, surroundings = report["images"], report["surroundings"]
    return {
        "passed": all(outcome is True for outcome in outcomes),
        "control_found": sum(each["found"] for each in report["control"]),
        "control_planted": len(report["control"]),
        **_summarise_measures(report),
        "copies": surroundings["copies"],
        "surroundings_highest": surroundings["highest"],
        "surroundings_highest_unseen": surroundings["highest_unseen"],
        **_summarise_maps(report),
        "training_images": images["training"],
        "unseen_images": images["unseen"],
        "drawn_images": images["drawn"],
        "cases": images["cases"],
        "training_maps": images["training_maps"],
        "held_out_maps": images["held_out_maps"],
        "bars_met": sum(outcome is True for outcome in outcomes),
        "bars_missed": sum(outcome is False for outcome in outcomes),
        "bars_not_measured": sum(outcome is None for outcome in outcomes),
        "version": report["version"],
        "weights_sha256": report["weights"]["sha256"],
        "split_sha256": report["split"]["sha256"],
        "made": report["made"],
        "seconds": report["seconds"].get("total"),
    }


def _summarise_measures(report: dict[str, Any]) -> dict[str, Any]:
    summary: dict[str, Any] = {}
    for name in MEASURES:
        measured = report["measures"].get(name) or {}
        summary |= {f"{name}_{key}": measured.get(key) for key in OF_MEASURE}
        low, high = measured.get("interval", (None, None))
        summary |= {f"{name}_ratio_low": low, f"{name}_ratio_high": high}
    return summary


def _summarise_maps(report: dict[str, Any]) -> dict[str, Any]:
    maps = report["maps"] or {}
    low, high = maps.get("interval", (None, None))
    return {
        "own_texture_training": maps.get("training"),
        "own_texture_held_out": maps.get("held_out"),
        "own_texture_difference": maps.get("difference"),
        "own_texture_difference_low": low,
        "own_texture_difference_high": high,
        "own_texture_share_found": maps.get("share_found"),
    }
