"""A site's own images: DICOM, PNG or JPEG files, and a labels.csv that says what they show.

Columns, in any order; only `file` is needed where the files are DICOM:

    file        path below the folder
    side        left or right (L, R)
    view        CC or MLO
    pixel_mm    size of a pixel, for PNG and JPEG
    patient     anything that is the same for all images of one woman
    density     A to D (or 1 to 4)
    category    normal, or any other word where the image shows something
    boxes       [[x, y, width, height], ...] around everything it shows, in pixels of the file
    chest_wall  edge at which the chest wall lies, left or right, where the pixels mislead
    white       the value shown white, such as 4095 where a 16-bit file holds 12 bits
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from generation.training.dicom import ImageError, hash_patient, read_header
from generation.training.files import check_picture, is_dicom
from generation.training.images import RealImage
from generation.training.layouts.description import describe_image, locate
from generation.training.layouts.layout import (
    SIDES,
    VIEWS,
    Layout,
    Skipped,
    hold_out,
    read_density,
)
from generation.training.layouts.tables import Row, has_columns, read_table

NAME = "site"
TABLE = "labels.csv"
LOOKED_FOR = f"a site's own images: {TABLE} with a column file, and side, view, pixel_mm for PNG"
LICENCE = "the site's own images; nothing of them may leave it without its leave"
UNKNOWN_PATIENTS = (
    "{count} images name no patient and are split one by one: two images of one woman may fall on "
    "both sides of the split, and what is measured on the held-out part is then too good"
)


def matches(folder: Path) -> bool:
    return has_columns(folder / TABLE, ("file",))


def read(folder: Path) -> Layout:
    """Split by patient; an image of an unknown patient is a patient of its own."""
    images: dict[Path, RealImage] = {}
    skipped: list[Skipped] = []
    unknown = 0
    for row in read_table(folder / TABLE):
        try:
            image = _read_image(folder, row)
            if image.path in images:
                raise ImageError("the table names it twice")
        except ImageError as error:
            skipped.append(Skipped(row["file"] or "(no file)", str(error)))
            continue
        unknown += image.patient == _name_alone(row)
        images[image.path] = image
    return Layout(
        NAME,
        LICENCE,
        tuple(images.values()),
        hold_out(image.patient for image in images.values()),
        tuple(skipped),
        public_names=False,
        notes=(UNKNOWN_PATIENTS.format(count=unknown),) if unknown else (),
    )


def _read_image(folder: Path, row: Row) -> RealImage:
    path = locate(folder, row["file"])
    header = None
    if is_dicom(path):
        header = read_header(path)
    else:
        check_picture(path)
    boxes = _read_boxes(row.get("boxes", ""))
    category = row.get("category", "").lower() or ("marked" if boxes else "normal")
    if category != "normal" and not boxes:
        raise ImageError(f"it is {category}, and nothing in it is outlined")
    named = hash_patient(row["patient"]) if row.get("patient") else None
    return describe_image(
        path,
        header,
        side=_pick(row, "side", SIDES),
        view=_pick(row, "view", VIEWS),
        pixel_mm=_read_number(row, "pixel_mm"),
        patient=named or (header and header.patient) or _name_alone(row),
        density=read_density(row.get("density", "")),
        category=category,
        outlines=boxes,
        chest_wall=_pick(row, "chest_wall", SIDES) or "",
        white=int(_read_number(row, "white") or 0),
    )


def _name_alone(row: Row) -> str:
    return hash_patient(f"file {row['file']}")


def _pick(row: Row, column: str, words: dict[str, str]) -> str | None:
    text = row.get(column, "")
    if text and text.upper() not in words:
        raise ImageError(f"its {column} is {text!r}, not one of {', '.join(words)}")
    return words.get(text.upper())


def _read_number(row: Row, column: str) -> float | None:
    text = row.get(column, "")
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise ImageError(f"its {column} is {text!r}, not a number above 0")
    return value


def _read_boxes(text: str) -> list[dict[str, Any]]:
    try:
        boxes = [[float(number) for number in box] for box in json.loads(text or "[]")]
        return [
            {"name": "rect", "x": x, "y": y, "width": width, "height": height}
            for x, y, width, height in boxes
        ]
    except (ValueError, TypeError) as error:
        raise ImageError("its boxes are not [[x, y, width, height], ...]") from error
