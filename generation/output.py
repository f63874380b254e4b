"""A sampled case as files: 16-bit PNGs, masks, truth and provenance."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generation import __version__
from generation.truth import FindingTruth

# Stored values are 12-bit; files are 16-bit, so that any viewer shows them at full range.
EXPORT_FACTOR = 16

# Said in every picture, so that one that strays from its folder still says what it is.
LABELS = {
    "Synthetic": "YES",
    "Comment": "Synthetic image, not for diagnosis",
    "Software": f"Parenchyma {__version__}",
}


class View(Protocol):
    """A rendered view: (2304, 1792) uint16, 12-bit."""

    @property
    def pixels(self) -> NDArray[np.uint16]: ...


class Case(Protocol):
    """A synthesised case; `generation.synthesis.SynthesisedCase` is one."""

    @property
    def views(self) -> Mapping[str, View]: ...

    @property
    def findings(self) -> Sequence[FindingTruth]: ...

    @property
    def prior(self) -> Mapping[str, View] | None: ...

    @property
    def prior_findings(self) -> Sequence[FindingTruth]: ...

    @property
    def truth(self) -> Mapping[str, Any]: ...

    @property
    def provenance(self) -> Mapping[str, Any]: ...


def _write_png(image: Image.Image, path: Path) -> None:
    """A PNG with the labels as text chunks; no time among them, so that the bytes repeat."""
    text = PngInfo()
    for key, value in LABELS.items():
        text.add_text(key, value)
    image.save(path, compress_level=4, pnginfo=text)


def write_image(pixels: NDArray[np.uint16], path: Path) -> None:
    """16-bit grey PNG of (H, W) 12-bit pixels, labelled; ValueError for values above 4095."""
    if pixels.max(initial=0) > 4095:
        raise ValueError("pixels are not 12-bit")
    _write_png(Image.fromarray(pixels * np.uint16(EXPORT_FACTOR)), path)


def write_mask(mask: NDArray[np.bool_], path: Path) -> None:
    """8-bit PNG, 0 or 255, of an (H, W) mask, labelled."""
    _write_png(Image.fromarray(mask.astype(np.uint8) * np.uint8(255)), path)


def write_json(data: Mapping[str, Any], path: Path) -> None:
    """Indented JSON; ValueError for NaN or infinity."""
    text = json.dumps(data, indent=2, sort_keys=True, allow_nan=False, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def case_directory(out: Path, number: int) -> Path:
    """DIR/case-0001 for number 1."""
    return out / f"case-{number:04d}"


def _write_exam(
    views: Mapping[str, View], findings: Sequence[FindingTruth], directory: Path, *, prefix: str
) -> None:
    for key, view in views.items():
        write_image(view.pixels, directory / f"{prefix}{key}.png")
    for finding in findings:
        for key, shown in finding.views.items():
            write_mask(shown.mask, directory / f"{prefix}mask-{finding.id}-{key}.png")


def write_case(case: Case, directory: Path) -> None:
    """Write one case into a folder, made if needed.

    Files: <view>.png, mask-<finding>-<view>.png, the same of a prior exam with "prior-" before
    them, truth.json, provenance.json. The two JSON files come last: a folder that has them is
    whole.
    """
    directory.mkdir(parents=True, exist_ok=True)
    _write_exam(case.views, case.findings, directory, prefix="")
    if case.prior is not None:
        _write_exam(case.prior, case.prior_findings, directory, prefix="prior-")
    write_json(case.provenance, directory / "provenance.json")
    write_json(case.truth, directory / "truth.json")
