import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.errors import InvalidDicomError

from cases.dicom.codes import LATERALITIES, VIEW_CODES
from cases.dicom.image import DicomError

_SIDES = {letter: side for side, letter in LATERALITIES.items()}
_VIEWS = {code: view for view, (code, _) in VIEW_CODES.items()}


def read_pixels(data: bytes) -> NDArray[np.uint16]:
    """Read the stored values (H, W) of a master image.

    Raises:
        DicomError: if the file is damaged or not a 12-bit image as this library writes them.
    """
    return _pixels_of(_open(data))


def read_view(data: bytes) -> dict[str, Any]:
    """Read what a file says of the view: side, view, pixel_mm and the window.

    Raises:
        DicomError: if the file is damaged or does not say so.
    """
    file = _open(data)
    try:
        return {
            "side": _SIDES[file.ImageLaterality],
            "view": _VIEWS[file.ViewCodeSequence[0].CodeValue],
            "pixel_mm": float(file.ImagerPixelSpacing[0]),
            "window_center": float(file.WindowCenter),
            "window_width": float(file.WindowWidth),
        }
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise DicomError(f"the file does not describe a mammographic view: {error}") from error


def _open(data: bytes) -> Any:
    try:
        return dcmread(io.BytesIO(data))
    except (InvalidDicomError, EOFError, OSError, ValueError) as error:
        raise DicomError(f"not a readable DICOM file: {error}") from error


def _pixels_of(file: Any) -> NDArray[np.uint16]:
    try:
        stored = (file.BitsAllocated, file.BitsStored, file.HighBit, file.PixelRepresentation)
        if stored != (16, 12, 11, 0) or file.SamplesPerPixel != 1:
            raise DicomError(f"not a 12-bit grey image: {stored}")
        return np.asarray(file.pixel_array, np.uint16)
    except DicomError:
        raise
    except (AttributeError, ValueError, RuntimeError) as error:
        raise DicomError(f"the image in the file is damaged: {error}") from error
