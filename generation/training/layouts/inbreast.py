"""INbreast as released: AllDICOMs/, AllXML/ and INbreast.csv.

Source: Moreira I. C. et al., Academic Radiology 19, 2012, doi 10.1016/j.acra.2011.09.014, as to
what it holds; columns (semicolons between them), file names and the form of the outlines as public
code reads them and a public profile of all 410 files describes them. By that profile the files
were written anew by Matlab: modality OT, no patient, side, view, pixel size or window in the
header, values below 4096 in 16 bits. Not tried on the release itself.
"""

from __future__ import annotations

import plistlib
import re
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from generation.training.dicom import ImageError, hash_patient, read_header
from generation.training.images import RealImage
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

NAME = "inbreast"
TABLE, IMAGES, OUTLINES = "INbreast.csv", "AllDICOMs", "AllXML"
LOOKED_FOR = f"INbreast: {TABLE} beside {IMAGES}/ and {OUTLINES}/"
LICENCE = (
    "on request from its authors; the terms were not read here. Moreira I. C. et al., Academic "
    "Radiology 19, 2012, doi 10.1016/j.acra.2011.09.014"
)
COLUMNS = ("file name", "laterality", "view", "acr", "bi-rads")
# <number>_<patient>_MG_<side>_<view>_ANON.dcm: the number leads to the table's row, the patient
# is nowhere else.
FILE_NAME = re.compile(
    r"(?P<number>\d+)_(?P<patient>[0-9a-f]+)_MG_[LR]_\w+_ANON\.dcm", re.IGNORECASE
)
PIXEL_MM = 0.07
WHITE = 4095
NOTE = (
    "INbreast's files do not say their pixel size nor the value shown white: 0.07 mm and 4095 are "
    "taken, the first from public descriptions of its detector, the second assumed"
)


def matches(folder: Path) -> bool:
    return find_folder(folder, IMAGES) is not None and find_folder(folder, OUTLINES) is not None


def read(folder: Path) -> Layout:
    """Split by the patient in the file's name."""
    home = find_folder(folder, IMAGES) or folder
    if not (home / TABLE).is_file():
        raise LayoutError(f"INbreast's {TABLE} is missing (save INbreast.xls as {TABLE})")
    rows = {row["file name"]: row for row in read_table(home / TABLE, needs=COLUMNS)}
    images: list[RealImage] = []
    skipped: list[Skipped] = []
    for path in sorted((home / IMAGES).iterdir()):
        try:
            images.append(_read_image(path, rows, home / OUTLINES))
        except ImageError as error:
            skipped.append(Skipped(f"{IMAGES}/{path.name}", str(error)))
    held_out = hold_out(image.patient for image in images)
    return Layout(NAME, LICENCE, tuple(images), held_out, tuple(skipped), notes=(NOTE,))


def _read_image(path: Path, rows: dict[str, Row], drawn: Path) -> RealImage:
    name = FILE_NAME.fullmatch(path.name)
    if name is None or name["number"] not in rows:
        raise ImageError(f"{TABLE} has no row for it")
    row = rows[name["number"]]
    outlines = _read_outlines(drawn / f"{name['number']}.xml")
    if row["bi-rads"] != "1" and not outlines:
        raise ImageError(f"it is BI-RADS {row['bi-rads']}, and nothing in it is outlined")
    return describe_image(
        path,
        read_header(path, modalities=("MG", "OT")),
        side=SIDES.get(row["laterality"].upper()),
        view=VIEWS.get(row["view"].upper()),
        pixel_mm=PIXEL_MM,
        patient=hash_patient(name["patient"]),
        density=read_density(row["acr"]),
        category=f"BI-RADS {row['bi-rads']}" if outlines else "normal",
        outlines=outlines,
        white=WHITE,
    )


def _read_outlines(path: Path) -> list[dict[str, Any]]:
    """Outlines of an OsiriX property list, "(x, y)" in pixels; none where there is no list."""
    if not path.is_file():
        return []
    try:
        with path.open("rb") as opened:
            regions = plistlib.load(opened, fmt=plistlib.FMT_XML)["Images"][0]["ROIs"]
        return [_read_region(region["Point_px"]) for region in regions if region["Point_px"]]
    except (ExpatError, plistlib.InvalidFileException, KeyError, IndexError, TypeError) as error:
        raise ImageError(f"its outlines in {path.name} cannot be read") from error
    except ValueError as error:
        raise ImageError(f"its outlines in {path.name} have points that are none") from error


def _read_region(texts: list[str]) -> dict[str, Any]:
    points = [tuple(float(number) for number in text.strip("() ").split(",")) for text in texts]
    xs, ys = (list(values) for values in zip(*points, strict=True))
    if len(points) < 3:
        return {"name": "circle", "cx": xs[0], "cy": ys[0], "r": 1.0}
    return {"name": "polygon", "all_points_x": xs, "all_points_y": ys}
