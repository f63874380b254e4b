"""VinDr-Mammo as published: images/<study_id>/<image_id>.dicom and two tables.

Source: paths and columns as the data set's page describes them (physionet.org/content/vindr-mammo,
1.0.0) and public code reads them. Not tried on the data set itself, which needs an account; which
attributes its headers keep is not known here, so an image is skipped where one is missing.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from generation.training.dicom import ImageError, hash_patient
from generation.training.images import RealImage
from generation.training.layouts.description import locate, read_dicom_image
from generation.training.layouts.layout import (
    SIDES,
    VIEWS,
    Layout,
    Skipped,
    find_folder,
    hold_out,
    read_density,
)
from generation.training.layouts.tables import Row, read_table

NAME = "vindr-mammo"
BREASTS, FINDINGS = "breast-level_annotations.csv", "finding_annotations.csv"
LOOKED_FOR = f"VinDr-Mammo: {BREASTS} and {FINDINGS} beside images/"
LICENCE = (
    "restricted: PhysioNet gives it under an agreement that the site has made (its terms were not "
    "read here). Nguyen H. T. et al., Scientific Data 10, 2023, doi 10.1038/s41597-023-02100-7; "
    "doi 10.13026/br2v-7517"
)
COLUMNS = ("study_id", "image_id", "laterality", "view_position", "breast_birads", "breast_density")
CORNERS = ("xmin", "ymin", "xmax", "ymax")
NOTHING = "BI-RADS 1"


def matches(folder: Path) -> bool:
    home = find_folder(folder, BREASTS)
    return home is not None and (home / FINDINGS).is_file()


def read(folder: Path) -> Layout:
    """Split by study: each is of one woman. The published split is not used."""
    home = find_folder(folder, BREASTS) or folder
    findings: dict[str, list[Row]] = defaultdict(list)
    for row in read_table(home / FINDINGS, needs=("image_id", *CORNERS)):
        findings[row["image_id"]].append(row)
    images: list[RealImage] = []
    skipped: list[Skipped] = []
    for row in read_table(home / BREASTS, needs=COLUMNS):
        file = f"images/{row['study_id']}/{row['image_id']}.dicom"
        try:
            images.append(_read_image(locate(home, file), row, findings[row["image_id"]]))
        except ImageError as error:
            skipped.append(Skipped(file, str(error)))
    held_out = hold_out(image.patient for image in images)
    return Layout(NAME, LICENCE, tuple(images), held_out, tuple(skipped))


def _read_image(path: Path, row: Row, findings: list[Row]) -> RealImage:
    boxes = [_read_box(finding) for finding in findings if finding["xmin"]]
    if row["breast_birads"] != NOTHING and not boxes:
        raise ImageError(f"it is {row['breast_birads']}, and nothing in it is outlined")
    return read_dicom_image(
        path,
        side=SIDES.get(row["laterality"].upper()),
        view=VIEWS.get(row["view_position"].upper()),
        patient=hash_patient(row["study_id"]),
        density=read_density(row["breast_density"]),
        category=row["breast_birads"] if boxes else "normal",
        outlines=boxes,
    )


def _read_box(finding: Row) -> dict[str, Any]:
    try:
        left, top, right, bottom = (float(finding[corner]) for corner in CORNERS)
    except ValueError as error:
        raise ImageError("one of its boxes lacks a corner") from error
    return {"name": "rect", "x": left, "y": top, "width": right - left, "height": bottom - top}
