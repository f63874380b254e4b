"""CBIS-DDSM: digitised film, recognised so that it can be refused with the reason.

Film served for shapes (outline, pectoral muscle, coarse tissue: scripts/fit_anatomy.py). Its
texture is of another process, and the copy used here has no detail finer than 0.3 mm.

Source: Lee R. S. et al., Scientific Data 4, 2017, doi 10.1038/sdata.2017.177; the names of the
published tables as public code reads them. The published folders are recognised, not read.
"""

from __future__ import annotations

import json
from pathlib import Path

from generation.training.dicom import hash_patient
from generation.training.images import RealImage
from generation.training.layouts.layout import (
    SIDES,
    VIEWS,
    Layout,
    Skipped,
    find_folder,
    hold_out,
    read_density,
)
from generation.training.layouts.tables import Row, has_columns, read_table

NAME = "cbis-ddsm"
PUBLISHED = tuple(
    f"{finding}_case_description_{part}_set.csv"
    for finding in ("mass", "calc")
    for part in ("train", "test")
)
LOOKED_FOR = (
    "CBIS-DDSM (film: recognised, not trained on): labels.csv with boxes_800, or "
    f"{PUBLISHED[0]} and its like"
)
LICENCE = (
    "CC BY 3.0, as lists that name it say. Sawyer-Lee R. et al., TCIA 2016, "
    "doi 10.7937/K9/TCIA.2016.7O02S9CY; Lee R. S. et al., Scientific Data 4, 2017"
)
REFUSED = (
    "CBIS-DDSM is digitised film: its texture is not that of a digital detector, and training on "
    "it would teach film grain, labels and tape; it serves for shapes alone"
)
COLUMNS = ("file", "patient", "side", "view", "density", "native_w", "native_h", "boxes_800")
EDGE_PX = 800
# Of the scanned film, nominal: scanners differ by up to a fifth.
FILM_PIXEL_MM = 0.05
USUAL_HEIGHT = 4800


def matches(folder: Path) -> bool:
    published = any(find_folder(folder, table) for table in PUBLISHED)
    return published or has_columns(folder / "labels.csv", COLUMNS)


def read(folder: Path) -> Layout:
    """Square copies of the films: pixel sizes are those of the rows, columns are stretched."""
    images: list[RealImage] = []
    skipped: list[Skipped] = []
    if has_columns(folder / "labels.csv", COLUMNS):
        for row in read_table(folder / "labels.csv"):
            try:
                images.append(_read_image(folder, row))
            except (KeyError, ValueError):
                skipped.append(Skipped(row["file"], "its row is not as the others"))
    held_out = hold_out(image.patient for image in images)
    return Layout(NAME, LICENCE, tuple(images), held_out, tuple(skipped), refused=REFUSED)


def _read_image(folder: Path, row: Row) -> RealImage:
    rows = float(row["native_h"] or USUAL_HEIGHT)
    return RealImage(
        folder / row["file"],
        SIDES[row["side"].upper()],
        row.get("pathology") or "lesion",
        tuple(
            {"name": "rect", "x": x, "y": y, "width": width, "height": height}
            for x, y, width, height in json.loads(row["boxes_800"])
        ),
        view=VIEWS[row["view"].upper()],
        density=read_density(row["density"]),
        patient=hash_patient(row["patient"]),
        pixel_mm=rows * FILM_PIXEL_MM / EDGE_PX,
        chest_wall="seen",
    )
