"""The headline of a report, flat, for the model card; keys are in the package's docstring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Numbers = Mapping[str, Any]

SETS = ("network", "cases_cc", "cases_mlo")


def summarise_measures(report: Numbers) -> dict[str, Any]:
    """What was measured, of a report that holds `sets`, `floor` and `conditions`."""
    floor = report["floor"]
    flat: dict[str, Any] = {}
    for name in SETS:
        measured = report["sets"].get(name, {})
        values = {**_summarise_set(measured, floor), **_summarise_period(measured)}
        flat |= {f"{name}_{key}": value for key, value in values.items()}
    spectra = [report["sets"][name].get("spectrum") for name in report["sets"]]
    exponent: Numbers = next((each["exponent"] for each in spectra if each), {})
    flat |= {
        "real_exponent": exponent.get("real_mean"),
        "real_exponent_sd": exponent.get("real_sd"),
        "floor_c2st_auc": find(floor, "two_sample", "auc"),
        "floor_frd_squared": find(floor, "radiomics", "mean"),
        "floor_frd_squared_raw": find(floor, "radiomics", "raw"),
        "floor_kernel_distance": find(floor, "kernel", "mean"),
        "floor_histogram": find(floor, "histogram", "mean"),
    }
    for part in ("precision", "recall", "density", "coverage"):
        flat[f"floor_{part}"] = find(floor, "coverage", part, "mean")
    return flat | _summarise_conditions(report["conditions"])


def find(numbers: Any, *keys: str) -> Any:
    """A nested value, None where a step is missing."""
    for key in keys:
        if not isinstance(numbers, Mapping):
            return None
        numbers = numbers.get(key)
    return numbers


def _summarise_set(measured: Numbers, floor: Numbers) -> dict[str, Any]:
    spectrum = measured.get("spectrum")
    moments = measured.get("moments")
    radiomics, own_radiomics = (find(each, "radiomics", "mean") for each in (measured, floor))
    histogram, own_histogram = find(measured, "histogram", "mean"), find(floor, "histogram", "p95")
    return {
        "c2st_auc": find(measured, "two_sample", "auc"),
        "frd_squared": radiomics,
        "frd_ratio": _divide(radiomics, own_radiomics),
        "frd_squared_raw": find(measured, "radiomics", "raw"),
        "kernel_distance": find(measured, "kernel", "value"),
        **{
            part: find(measured, "coverage", part, "mean")
            for part in ("precision", "recall", "density", "coverage")
        },
        "exponent": find(spectrum, "exponent", "mean"),
        "exponent_off_sd": _largest([spectrum["exponent"]] if spectrum else []),
        "bands_off_sd": _largest(spectrum["bands_db"] if spectrum else []),
        "histogram": histogram,
        "histogram_ratio": _divide(histogram, own_histogram),
        "moments_off_sd": _largest(list(moments.values()) if moments else []),
    }


def _summarise_period(measured: Numbers) -> dict[str, Any]:
    """No key where it was not measured: null says that nothing stands out."""
    periods = find(measured, "periodicity", "periods")
    if periods is None:
        return {}
    out = [each for each in periods if each["stands_out"]]
    worst = max(out, key=_excess, default=None)
    return {
        "tiling_periods": len(out),
        "tiling_period_mm": None if worst is None else worst["period_mm"],
    }


def _excess(period: Numbers) -> float:
    return max(
        float(period[f"{kind}_db"] - max(period[f"{kind}_limit_db"], 0))
        for kind in ("peak", "line")
    )


def _summarise_conditions(conditions: Numbers) -> dict[str, Any]:
    overall = conditions.get("overall")
    return {
        "coarse_correlation": find(overall, "coarse", "mean"),
        "coarse_correlation_lowest": find(overall, "coarse", "lowest"),
        "lines_correlation": find(overall, "lines", "mean"),
        "mask_dice": find(overall, "mask", "mean"),
        "nipple_off_mm": find(overall, "nipple_mm", "median"),
        "skin_off_mm": find(overall, "skin_mm", "mean"),
        "density_recovered": find(conditions, "density", "recovered"),
        "density_read_blind": find(conditions, "density", "blind"),
        "seeds_difference": find(conditions, "seeds", "difference"),
        "same_seed_same_bytes": find(conditions, "seeds", "same_bytes"),
    }


def summarise_origin(report: Numbers) -> dict[str, Any]:
    """What was compared, which bars were met, and which code and weights it is about."""
    met = [bar["met"] for bar in report["bars"]]
    return {
        "real_images": find(report, "images", "real", "images"),
        "network_images": find(report, "images", "network", "images"),
        "cases": report["settings"]["count"] if "cases_cc" in report["images"] else None,
        "patches_per_image": report["settings"]["patches_per_image"],
        "bars_met": met.count(True),
        "bars_missed": met.count(False),
        "bars_not_measured": met.count(None),
        "version": report["version"],
        "weights_sha256": report["weights"]["sha256"],
        "split_sha256": report["split"]["sha256"],
        "made": report["made"],
        "seconds": report["seconds"]["total"],
    }


def _divide(value: float | None, by: float | None) -> float | None:
    return None if value is None or not by else value / by


def _largest(offsets: list[Numbers]) -> float | None:
    values = [abs(each["off_sd"]) for each in offsets if each["off_sd"] is not None]
    return max(values, default=None)
