"""CDD-CESM as published: "Low energy images of CDD-CESM" and two tables.

The images of this project's own folder are a part of these under other names, and its split holds
here too: patients known to be held out are held out, and so is the patient of every image that
looks like a held-out one (the size in pixels and a 64-bit difference hash of an 9 x 8 reduction:
a figure, not a picture). Those known to be trained on stay so; the others are split by a hash.

Source: Khaled R. et al., Scientific Data 9, 2022, doi 10.1038/s41597-022-01238-0; names of folders,
files and columns as public code reads them. Not tried on the published set as a whole. Pixels are
taken to be 0.1 mm, as in this project's folder: the JPEG files do not say.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from generation.training.dicom import ImageError, hash_patient
from generation.training.images import PIXEL_MM, RealImage
from generation.training.layouts.cdd_cesm import LICENCE
from generation.training.layouts.description import describe_image
from generation.training.layouts.layout import (
    SIDES,
    VIEWS,
    Layout,
    LayoutError,
    Skipped,
    find_folder,
    hold_out,
    read_density,
)
from generation.training.layouts.tables import Row, read_table

NAME = "cdd-cesm-published"
IMAGES = "Low energy images of CDD-CESM"
OUTLINES = "Radiology_hand_drawn_segmentations_v2.csv"
LABELS = "Radiology-manual-annotations.csv"
LOOKED_FOR = f"CDD-CESM as published: the folder {IMAGES!r}, {OUTLINES} and {LABELS}"
COLUMNS = ("image_name", "breast density (acr)", "pathology classification/ follow up")
FILE_NAME = re.compile(r"P(?P<patient>\d+)_(?P<side>[LR])_DM_(?P<view>CC|MLO)\w*\.jpg")
FINGERPRINTS = Path(__file__).with_name("cdd_cesm_fingerprints.json")
BITS_APART = 4
UNRECOGNISED = (
    "{missed} of the {all} images that are held out for ever were not recognised here: if the "
    "folder is whole, some may be trained on, and what is measured on them is then too good"
)


@dataclass(frozen=True)
class KnownSplit:
    """What is known of the committed split in the published names.

    Attributes:
        train: patients trained on.
        held_out: patients held out.
        looks: difference hashes of held-out images by their size (width, height).
    """

    train: frozenset[str]
    held_out: frozenset[str]
    looks: dict[tuple[int, int], int]


@cache
def read_known_split() -> KnownSplit:
    """The figures kept beside this file."""
    kept = json.loads(FINGERPRINTS.read_text())
    looks = {(look["width"], look["height"]): int(look["bits"], 16) for look in kept["looks"]}
    return KnownSplit(frozenset(kept["train"]), frozenset(kept["held_out"]), looks)


def matches(folder: Path) -> bool:
    return find_folder(folder, IMAGES) is not None


def read(folder: Path) -> Layout:
    """Low-energy images alone: the subtracted ones are no mammograms as readers know them."""
    home = (find_folder(folder, IMAGES) or folder) / IMAGES
    labels = {row["image_name"]: row for row in read_table(_find_table(folder, LABELS))}
    outlines = _read_outlines(_find_table(folder, OUTLINES))
    images: list[RealImage] = []
    skipped: list[Skipped] = []
    known = read_known_split()
    held_out = {hash_patient(patient) for patient in known.held_out}
    recognised: set[tuple[int, int]] = set()
    for path in sorted(home.glob("*.jpg")):
        try:
            # Before all else: an image that cannot be used holds out its woman's others, too.
            found = find_held_out(path, known.looks)
            if found is not None:
                recognised.add(found)
                held_out |= _read_patient(path)
            images.append(_read_image(path, labels, outlines))
        except ImageError as error:
            skipped.append(Skipped(path.name, str(error)))
    trained = {hash_patient(patient) for patient in known.train}
    held_out |= hold_out(image.patient for image in images) - trained
    missed = len(known.looks.keys() - recognised)
    notes = (UNRECOGNISED.format(missed=missed, all=len(known.looks)),) if missed else ()
    return Layout(NAME, LICENCE, tuple(images), frozenset(held_out), tuple(skipped), notes=notes)


def look(opened: Image.Image) -> int:
    """64 bits: whether each of 8 x 8 coarse pixels is brighter than the one to its left.

    Measured on the 121 images of this project's folder: no two of one size, no two closer than 5
    bits; none changes when stored again as JPEG of quality 60 (tried on one).
    """
    small = np.asarray(opened.convert("L").resize((9, 8), Image.Resampling.BOX)).astype(int)
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    return int("".join("1" if bit else "0" for bit in bits), 2)


def find_held_out(path: Path, looks: dict[tuple[int, int], int]) -> tuple[int, int] | None:
    """Which of the images that are held out for ever this is, by its size; None where it is none.

    Raises:
        ImageError: if the file cannot be read.
    """
    try:
        with Image.open(path) as opened:
            # Sizes differ, so that nearly every image is told apart without decoding it.
            kept = looks.get(opened.size)
            if kept is None or (kept ^ look(opened)).bit_count() > BITS_APART:
                return None
            return opened.size
    except UnidentifiedImageError as error:
        raise ImageError("it is no image") from error
    except OSError as error:
        raise ImageError(f"it cannot be read: {error}") from error


def _find_table(folder: Path, name: str) -> Path:
    home = find_folder(folder, name)
    if home is None:
        hint = f" (save the sheet 'all' of its workbook as {name})" if name == LABELS else ""
        raise LayoutError(f"CDD-CESM's {name} is missing{hint}")
    return home / name


def _read_outlines(path: Path) -> dict[str, list[dict[str, Any]]]:
    """VIA shapes by file name; some names hold a stray blank."""
    outlines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_table(path, needs=("#filename", "region_shape_attributes")):
        shape = json.loads(row["region_shape_attributes"] or "{}")
        if shape:
            outlines[row["#filename"].replace(" ", "")].append(shape)
    return outlines


def _read_patient(path: Path) -> set[str]:
    """The patient of a file's name, hashed; nobody where the name is none of the set's."""
    name = FILE_NAME.fullmatch(path.name.replace(" ", ""))
    return {hash_patient(f"P{name['patient']}")} if name else set()


def _read_image(
    path: Path, labels: dict[str, Row], outlines: dict[str, list[dict[str, Any]]]
) -> RealImage:
    name = FILE_NAME.fullmatch(path.name.replace(" ", ""))
    row = labels.get(path.stem.strip())
    if name is None or row is None:
        raise ImageError(f"{LABELS} has no row for it")
    category = row[COLUMNS[2]].lower()
    drawn = outlines.get(path.name.replace(" ", ""), [])
    if category != "normal" and not drawn:
        raise ImageError(f"it is {category or 'unlabelled'}, and nothing in it is outlined")
    return describe_image(
        path,
        None,
        side=SIDES[name["side"]],
        view=VIEWS[name["view"]],
        pixel_mm=PIXEL_MM,
        patient=hash_patient(f"P{name['patient']}"),
        density=read_density(row[COLUMNS[1]]),
        category=category,
        outlines=drawn,
    )
