"""A generator's files as small as they can be, for tests of its card."""

import json
import struct
from pathlib import Path
from typing import Any

SHA256 = "ab" * 32
OTHER = "cd" * 32

TEXT = """# A generator

## Good for

Practice.

## Not good for

Diagnosis.

## Data and licences

Learnt from images
of ours.

- First licence.
- Second licence,
  on two lines.

## Known failures

### Fat is crumpled

It is.

![A crop of fat](pictures/crumpled-fat.jpg)

### Stars

They are bright.
"""

BAR = {
    "id": "c2st_auc", "set": "network", "label": "Classifier two-sample AUC", "measured": 0.72,
    "floor": 0.51, "bar": 0.8, "stretch": 0.65, "better": "lower", "met": True,
    "stretch_met": False, "said": "",
}  # fmt: skip


def write_generator(folder: Path, **files: Any) -> Path:
    """Weights and their description in a folder, with what else is named; the weights' path.

    Args:
        folder: where.
        files: by the middle of their names: `evaluation`, `audit` (JSON, or text as it is),
            `card` (text), `pictures` (the index), `record` (the training record).
    """
    weights = folder / "generator.safetensors"
    header = json.dumps(
        {
            "__metadata__": {"by": "a test"},
            "one": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
            "two": {"dtype": "F32", "shape": [5], "data_offsets": [24, 44]},
        }
    ).encode()
    weights.write_bytes(struct.pack("<Q", len(header)) + header + bytes(44))
    described = {"format": 1, "sha256": SHA256, "training": files.get("record", {})}
    weights.with_suffix(".json").write_text(json.dumps(described))
    for name in ("evaluation", "audit"):
        if name in files:
            weights.with_suffix(f".{name}.json").write_text(_dump(files[name]))
    if "card" in files:
        weights.with_suffix(".card.md").write_text(files["card"])
    if "pictures" in files:
        (folder / "pictures").mkdir()
        (folder / "pictures" / "pictures.json").write_text(_dump(files["pictures"]))
    return weights


def _dump(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def make_report(sha256: str = SHA256, **fields: Any) -> dict[str, Any]:
    """A report of the evaluation with two sets, one bar met and one missed."""
    return {
        "format": 1,
        "kind": "parenchyma-evaluation",
        "made": "2026-01-02T03:04:05+00:00",
        "version": "0.2.0+123456789abc",
        "weights": {"name": "generator", "sha256": sha256, "steps": 10},
        "split": {"sha256": "ef" * 32, "held_out": 30, "train": 91},
        "summary": {
            "network_c2st_auc": 0.72,
            "cases_cc_c2st_auc": 0.83,
            "floor_c2st_auc": 0.51,
            "network_kernel_distance": -0.00021,
            "cases_cc_kernel_distance": None,
            "coarse_correlation": 0.971,
            "real_images": 30,
        },
        "bars": [BAR, {**BAR, "set": "cases_cc", "measured": 0.83, "met": False}],
        "subgroups": [
            {"by": "density", "value": "B", "set": "cases_cc", "real_images": 12, "images": 40,
             "enough": True, "measures": {"c2st_auc": 0.8}},
            {"by": "density", "value": "D", "set": "cases_cc", "real_images": 3, "images": 9,
             "enough": False, "measures": {"c2st_auc": 0.6}},
        ],
        "notes": ["Few images."],
        **fields,
    }  # fmt: skip


def make_pictures(sha256: str = SHA256) -> dict[str, Any]:
    return {
        "weights": {"sha256": sha256},
        "version": "0.2.0",
        "pictures": {"crumpled-fat.jpg": {"width": 40, "height": 30, "case": 1}},
    }


def make_audit(sha256: str = SHA256, *, met: bool | None = True) -> dict[str, Any]:
    """A report of the audit with one bar."""
    ratio = None if met is None else 0.97
    return {
        "format": 1,
        "kind": "parenchyma-audit",
        "weights": {"name": "generator", "sha256": sha256, "steps": 10},
        "summary": {
            "images_ratio": ratio, "images_ratio_low": 0.95, "images_ratio_high": 1.01,
            "images_lowest": 0.81, "images_limit": 0.7, "images_below": 0, "images_count": 40,
            "control_planted": 3, "control_found": 3,
        },
        "bars": [
            {"id": "nearest_ratio", "set": "images", "label": "Distance", "measured": ratio,
             "floor": 1.0, "bar": 0.92, "stretch": None, "better": "higher", "met": met,
             "stretch_met": None, "said": ""},
        ],
        "notes": ["Not everything can be excluded."],
    }  # fmt: skip
