"""Whole cases to be measured: drawn by the population, or read from a folder of `sample`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from generation import seeds
from generation.anatomy.geometry import PIXEL_MM, make_outline
from generation.evaluation.storage import Table, store_grey
from generation.evaluation.tissue import TissueImage, sample_tissue
from generation.lesions import REGISTRY
from generation.output import case_directory, write_case
from generation.spec import CaseSpec, SpecError
from generation.training.images import LESION_MARGIN_MM

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

FULL_SCALE = 65535.0
MUSCLE_MARGIN_MM = 5.0
VIEWS = ("cc", "mlo")
# A view taken badly, or with something lying on it, is unlike every real image of the set.
FAULTY_GROUPS = ("technique", "artefact")


@dataclass(frozen=True)
class StoredCase:
    """A folder of `python -m generation sample`, its JSON read."""

    folder: Path
    spec: CaseSpec
    truth: dict[str, Any]
    provenance: dict[str, Any]


def draw_specs(count: int, seed: int) -> Iterator[CaseSpec]:
    """Specs of the population: as teaching draws them, none of them asking for a prior."""
    for number in range(1, count + 1):
        yield CaseSpec.draw(seeds.generator(seed, "evaluation", index=number), prior=False)


def draw_case(spec: CaseSpec, folder: Path, number: int, *, weights: Path, device: str) -> None:
    """Make one case as a user would, and write it."""
    from generation.synthesis import synthesise

    write_case(synthesise(spec, weights=weights, device=device), case_directory(folder, number))


def list_cases(folder: Path, count: int | None = None) -> list[StoredCase]:
    """The first `count` whole cases of a folder, or all.

    Raises:
        ValueError: if there are fewer, or one is damaged.
    """
    whole = sorted(path.parent for path in folder.glob("case-*/truth.json"))
    if count is not None and len(whole) < count:
        raise ValueError(f"{folder} holds {len(whole)} cases of the {count} asked for")
    return [_read_case(directory) for directory in whole[:count]]


def _read_case(folder: Path) -> StoredCase:
    try:
        truth = json.loads((folder / "truth.json").read_text())
        provenance = json.loads((folder / "provenance.json").read_text())
        return StoredCase(folder, CaseSpec.from_json(provenance["spec"]), truth, provenance)
    except (OSError, ValueError, KeyError, TypeError) as error:
        kind = "is of another version" if isinstance(error, SpecError) else "is damaged"
        raise ValueError(f"The case {folder.name} {kind}: {error}") from error


def find_fault(case: StoredCase, key: str) -> str | None:
    """Kind of what makes a view ("left_cc") unfit to be compared, None where nothing does."""
    for finding in case.truth["findings"]:
        kind = REGISTRY[finding["kind"]]
        if key in finding["views"] and (kind.group in FAULTY_GROUPS or kind.region == "breast"):
            return kind.key
    return None


def sample_view(
    case: StoredCase,
    key: str,
    *,
    group: int,
    table: Table | None,
    count: int,
    rng: np.random.Generator,
) -> TissueImage | None:
    """Patches of one view, stored as real images are; None where no patch fits.

    Args:
        case: of `list_cases`.
        key: such as "right_mlo".
        group: number of the picture.
        table: of a real file.
        count: patches.
        rng: picks their places.

    Raises:
        ValueError: if a file is damaged.
    """
    side, view = key.split("_")
    grey = _read_picture(case.folder / f"{key}.png") / np.float32(FULL_SCALE)
    lesions = np.zeros(grey.shape, bool)
    masks = sorted(case.folder.glob(f"mask-*-{key}.png"))
    for path in masks:
        lesions |= _read_picture(path) > 0
    if side == "right":
        grey, lesions = grey[:, ::-1], lesions[:, ::-1]
    blocked = widen(lesions, LESION_MARGIN_MM) | find_muscle(case.spec, view, side)
    return sample_tissue(
        store_grey(grey, table),
        blocked,
        name=f"{case.folder.name}/{key}",
        view=view,
        group=group,
        density=case.spec.density,
        with_lesions=bool(masks),
        count=count,
        rng=rng,
    )


def find_muscle(spec: CaseSpec, view: str, side: str) -> BoolArray:
    """(2304, 1792) the pectoral muscle with a margin of 5 mm, from the outline drawn by the spec.

    The muscle is laid over the tissue by the anatomy and is no work of the network; the outline is
    exact, nothing is looked for in the picture.
    """
    outline = make_outline(spec, view, side)
    return widen(outline.pectoral(PIXEL_MM) > 0.01, MUSCLE_MARGIN_MM)


def widen(mask: BoolArray, margin_mm: float) -> BoolArray:
    """(H, W) pixels of 0.1 mm within a margin of a mask."""
    if not mask.any():
        return mask
    return np.asarray(ndimage.distance_transform_edt(~mask) <= margin_mm / PIXEL_MM)


def _read_picture(path: Path) -> FloatArray:
    """(H, W) values of a picture file."""
    try:
        with Image.open(path) as opened:
            return np.asarray(opened, np.float32)
    except (OSError, SyntaxError, ValueError) as error:
        raise ValueError(f"{path.parent.name}/{path.name} cannot be read: {error}") from error
