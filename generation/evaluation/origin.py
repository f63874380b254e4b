"""What a report is about: code, weights, split, machine, settings, images; what to know of it."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from datetime import UTC, datetime
from typing import Any

import numpy as np
import torch

from generation.code_version import read_code_version
from generation.evaluation.collection import Material, Plan
from generation.networks.weights import TrainedGenerator
from generation.training.images import SPLIT_FILE, read_split

FORMAT = 1
KIND = "parenchyma-evaluation"
NOTES = (
    (
        "Real images are the CDD-CESM CC views kept from training: one site, one maker's "
        "processing, 8-bit JPEG. Drawn pictures were stored alike before they were compared."
    ),
    (
        "Pixels within 10 mm of a lesion are in no patch, real or drawn. The pectoral muscle of "
        "drawn oblique views is left out with 5 mm around it, by the outline it was drawn with."
    ),
    (
        "There is no openly licensed digital oblique view at 0.1 mm: oblique views of cases are "
        "measured against real CC views, and have no bar."
    ),
)


def describe_origin(plan: Plan, trained: TrainedGenerator, material: Material) -> dict[str, Any]:
    """Code, weights, split, machine, settings and images of a report."""
    return {
        "format": FORMAT,
        "kind": KIND,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": read_code_version(),
        "weights": {
            "name": plan.weights.stem,
            "sha256": trained.sha256,
            "steps": _read_steps(plan),
        },
        "split": {
            "sha256": hashlib.sha256(SPLIT_FILE.read_bytes()).hexdigest(),
            **{part: len(read_split(part)) for part in ("held_out", "train")},
        },
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "device": plan.device,
            "python": platform.python_version(),
            "torch": torch.__version__,
            "numpy": np.__version__,
        },
        "settings": {
            "count": plan.count,
            "seed": plan.seed,
            "patches_per_image": plan.patches,
            "samples": plan.samples is not None,
            "sets": list(plan.sets),
            "skip": list(plan.skip),
        },
        "images": {
            name: {
                "images": len(tissue.images),
                "patches": sum(len(image.patches) for image in tissue.images),
                "left_out": dict(tissue.left_out),
            }
            for name, tissue in material.sets.items()
        },
    }


def _read_steps(plan: Plan) -> int | None:
    described = json.loads(plan.weights.with_suffix(".json").read_text())
    steps = described.get("training", {}).get("step")
    return steps if isinstance(steps, int) else None


def note_origin(plan: Plan, trained: TrainedGenerator, material: Material) -> list[str]:
    """What a reader must know, and what is odd about the cases of a folder."""
    notes = list(NOTES)
    if plan.with_cases and material.weights_of_cases - {trained.sha256}:
        notes.append("The cases were drawn by other weights than those named here.")
    if plan.with_cases and material.codes_of_cases - {read_code_version()}:
        notes.append("The cases were drawn by another version of the code than this.")
    return notes
