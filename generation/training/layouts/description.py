"""One image of a data set: what its file says and what its table says, in agreement."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generation.training.dicom import Header, ImageError, read_header
from generation.training.images import RealImage

# Coarser pixels lack the finest texture, which would be learnt as blur; finer ones than any
# detector's are a mistake of units.
LEAST_MM, MOST_MM = 0.04, 0.12


def describe_image(
    path: Path,
    header: Header | None,
    *,
    side: str | None = None,
    view: str | None = None,
    pixel_mm: float | None = None,
    patient: str | None = None,
    density: str | None = None,
    category: str = "normal",
    outlines: Sequence[dict[str, Any]] = (),
    chest_wall: str = "",
    white: int = 0,
) -> RealImage:
    """An image from what its header says and what its table says; the two must not differ.

    Args:
        header: of a DICOM file; None for other files.
        side, view, pixel_mm, patient, chest_wall: the table's; None or "" where it has none.
        white: as of `RealImage`.

    Raises:
        ImageError: if header and table contradict each other, or neither says what is needed.
    """
    known = header or Header(None, None, None, None, None)
    side = _agree("side", known.side, side)
    view = _agree("view", known.view, view)
    if view not in ("cc", "mlo"):
        raise ImageError(f"its view is {view}; training uses CC and MLO views")
    # The header knows its own detector; a table's figure is for files that have no header.
    spacing = known.pixel_mm or pixel_mm
    if spacing is None:
        raise ImageError("its pixel size is not known")
    if not LEAST_MM <= spacing <= MOST_MM:
        raise ImageError(f"its pixels are {spacing:g} mm; {LEAST_MM} to {MOST_MM} mm are used")
    return RealImage(
        path,
        side,
        category,
        tuple(outlines),
        view=view,
        density=density,
        patient=patient or known.patient or "",
        pixel_mm=spacing,
        chest_wall=chest_wall or known.chest_wall or "seen",
        white=white,
    )


def read_dicom_image(path: Path, **said: Any) -> RealImage:
    """`describe_image` of a DICOM file.

    Raises:
        ImageError: as `describe_image` and `read_header`.
    """
    return describe_image(path, read_header(path), **said)


def locate(folder: Path, file: str) -> Path:
    """The file that a table names, which must lie in the folder.

    Raises:
        ImageError: if it is not there, or elsewhere.
    """
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ImageError("the table names a place outside the folder")
    if not path.is_file():
        raise ImageError("the table names it, but it is not there")
    return path


def _agree(what: str, header: str | None, table: str | None) -> str:
    if header and table and header != table:
        raise ImageError(f"its header says {what} {header}, its table {table}")
    agreed = header or table
    if not agreed:
        raise ImageError(f"its {what} is not known")
    return agreed
