"""What an audit is about: code, weights, split, machine, settings, images."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from datetime import UTC, datetime
from typing import Any

import numpy as np
import torch

from generation.auditing.audit import Findings
from generation.auditing.plan import Plan
from generation.code_version import read_code_version
from generation.training.images import SPLIT_FILE, read_split

FORMAT = 1
KIND = "parenchyma-audit"
NOTES = (
    (
        "Training images are the CDD-CESM CC views the network learnt from; unseen ones are those "
        "of the committed split that were kept from it. The set names few of its women: two "
        "breasts of one woman may lie on both sides of the split, which would make unseen images "
        "look nearer than they are."
    ),
    (
        "Drawn images were stored as the real ones are before they were searched for. Pixels "
        "within 10 mm of an outlined lesion are in no patch of a real image; findings of drawn "
        "cases are in theirs."
    ),
    (
        "What is searched for is texture. A copy of coarse layout alone is not looked for: the "
        "network is given that layout, and the anatomy draws it anew."
    ),
)


def describe_origin(plan: Plan, findings: Findings) -> dict[str, Any]:
    """Everything of the report but its measures."""
    return {
        "format": FORMAT,
        "kind": KIND,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": read_code_version(),
        "weights": {
            "name": plan.weights.stem,
            "sha256": findings.trained.sha256,
            "steps": _read_steps(plan),
        },
        "features": {"sha256": findings.features_sha256},
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
            "count": findings.cases,
            "seed": plan.seed,
            "patches_per_image": plan.patches,
            "samples": plan.samples is not None,
        },
        "seconds": findings.seconds,
        "images": {
            "training": findings.training_images,
            "unseen": len(findings.unseen.images),
            "drawn": len(findings.drawn.images),
            "cases": findings.cases,
            "training_maps": len(findings.training_maps),
            "held_out_maps": len(findings.held_out_maps),
        },
        "notes": list(NOTES),
    }


def _read_steps(plan: Plan) -> int | None:
    described = json.loads(plan.weights.with_suffix(".json").read_text())
    steps = described.get("training", {}).get("step")
    return steps if isinstance(steps, int) else None
