"""A real mammogram stored as DICOM: what its header says of it, and its grey as it is shown.

Only the attributes named here are read from a file: no name, no date, no institution. Clauses are
of PS3.3 of the DICOM standard.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.dataset import FileDataset
from pydicom.errors import InvalidDicomError
from pydicom.multival import MultiValue
from pydicom.pixels import apply_modality_lut, apply_voi

FloatArray = NDArray[np.float32]
StoredArray = NDArray[np.number[Any]]

ABOUT = (
    "SOPClassUID",
    "Modality",
    "ImageType",
    "PresentationIntentType",
    "ConversionType",
    "SyntheticData",
    "NumberOfFrames",
    "SamplesPerPixel",
    "BreastImplantPresent",
    "ImageLaterality",
    "Laterality",
    "ViewPosition",
    "ViewCodeSequence",
    "PatientOrientation",
    "PatientID",
    "ImagerPixelSpacing",
    "PixelSpacing",
)
SHOWN = (
    "SamplesPerPixel",
    "NumberOfFrames",
    "Rows",
    "Columns",
    "BitsAllocated",
    "BitsStored",
    "HighBit",
    "PixelRepresentation",
    "PhotometricInterpretation",
    "PixelPaddingValue",
    "PixelPaddingRangeLimit",
    "RescaleSlope",
    "RescaleIntercept",
    "ModalityLUTSequence",
    "VOILUTSequence",
    "VOILUTFunction",
    "WindowCenter",
    "WindowWidth",
    "PixelData",
)
RAW_CLASS = "1.2.840.10008.5.1.4.1.1.1.2.1"  # Digital Mammography X-Ray, For Processing
SIDES = {"L": "left", "R": "right"}
VIEWS = {"CC": "cc", "MLO": "mlo"}
# SNOMED CT as CID 4014 of PS3.16 has it since 2018, and the older codes of the same views.
VIEW_CODES = {"399162004": "cc", "R-10242": "cc", "399368009": "mlo", "R-10226": "mlo"}
# Rows that run towards the front begin at the chest wall.
CHEST_WALLS = {"A": "left", "P": "right"}
SQUARE_WITHIN = 0.01


class ImageError(ValueError):
    """An image that training cannot use; the message tells a person why."""


@dataclass(frozen=True)
class Header:
    """What a header says of an image; None where it says nothing.

    Attributes:
        side: "left" or "right" breast.
        view: "cc", "mlo", or the header's own word for another view.
        pixel_mm: pixel spacing at the detector.
        chest_wall: edge of the image at which the chest wall lies, "left" or "right".
        patient: who it is of, as a hash.
    """

    side: str | None
    view: str | None
    pixel_mm: float | None
    chest_wall: str | None
    patient: str | None


def hash_patient(identity: str) -> str:
    """A name for a patient that does not tell who it is."""
    return hashlib.sha256(f"patient\0{identity.strip()}".encode()).hexdigest()[:16]


def read_header(path: Path, *, modalities: Collection[str] = ("MG",)) -> Header:
    """Read what the header says, pixels left alone.

    Raises:
        ImageError: if it is no readable DICOM file, of none of these modalities, or not a view of
            a whole breast as a digital detector took it and as readers see it.
    """
    data = _read(path, ABOUT)
    _refuse_other_images(data, modalities)
    side = SIDES.get(str(data.get("ImageLaterality") or data.get("Laterality") or ""))
    toward = [str(word) for word in data.get("PatientOrientation") or ()]
    identity = str(data.get("PatientID") or "").strip()
    return Header(
        side=side,
        view=_read_view(data),
        pixel_mm=_read_spacing(data),
        chest_wall=CHEST_WALLS.get(toward[0][:1]) if toward else None,
        patient=hash_patient(identity) if identity else None,
    )


def read_dicom_grey(path: Path, *, white: int = 0) -> FloatArray:
    """(H, W) grey 0-1 as a viewer shows it, dense tissue white, at the file's full depth.

    Modality LUT, then VOI LUT or window (C.11.1, C.11.2), then the inversion of MONOCHROME1;
    padding is background.

    Args:
        path: a DICOM file that `read_header` accepts.
        white: the value shown white where the file has neither VOI LUT nor window; 0: the
            largest that its stored bits can hold.

    Raises:
        ImageError: if the file is damaged, or compressed in a way that cannot be read here.
    """
    data = _read(path, SHOWN)
    try:
        stored = data.pixel_array
        grey = _apply_voi(apply_modality_lut(stored, data), data, white)
    except (AttributeError, KeyError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ImageError(f"its pixels cannot be read: {' '.join(str(error).split())}") from error
    if data.PhotometricInterpretation == "MONOCHROME1":
        grey = 1 - grey
    return np.where(_find_padding(stored, data), 0, grey).astype(np.float32)


def _read(path: Path, attributes: tuple[str, ...]) -> FileDataset:
    try:
        return dcmread(path, specific_tags=list(attributes))
    except InvalidDicomError as error:
        raise ImageError("it is not a DICOM file") from error
    except (OSError, EOFError, AttributeError, KeyError, NotImplementedError, ValueError) as error:
        raise ImageError(f"it cannot be read: {' '.join(str(error).split())}") from error


def _refuse_other_images(data: FileDataset, modalities: Collection[str]) -> None:
    intent, modality = str(data.get("PresentationIntentType") or ""), data.get("Modality")
    kind = [str(word) for word in data.get("ImageType") or ()]
    modifier = _read_modifier(data)
    reasons = {
        "it is FOR PROCESSING: raw detector values, which no reader sees": (
            intent == "FOR PROCESSING" or data.get("SOPClassUID") == RAW_CLASS
        ),
        f"its modality is {modality}, not {' or '.join(modalities)}": modality not in modalities,
        "it is synthetic": data.get("SyntheticData") == "YES",
        "it is digitised film": data.get("ConversionType") == "DF",
        "it is a stack of frames, as of tomosynthesis": int(data.get("NumberOfFrames") or 1) > 1,
        # C.8.11.7.1.4: stereotactic, contrast-enhanced, or computed from tomosynthesis.
        f"its image type is {kind[2:3]}, not a plain mammogram": bool("".join(kind[2:3])),
        f"its view is modified: {modifier}": modifier is not None,
        "it is in colour": int(data.get("SamplesPerPixel") or 1) > 1,
        "it shows an implant": data.get("BreastImplantPresent") == "YES",
    }
    for reason, holds in reasons.items():
        if holds:
            raise ImageError(reason)


def _read_modifier(data: FileDataset) -> str | None:
    """Such as "Magnification" or "Spot Compression"; None for a view of the whole breast."""
    for view in data.get("ViewCodeSequence") or ():
        for modifier in view.get("ViewModifierCodeSequence") or ():
            return str(modifier.get("CodeMeaning") or modifier.get("CodeValue"))
    return None


def _read_view(data: FileDataset) -> str | None:
    position = str(data.get("ViewPosition") or "").strip().upper()
    if position:
        return VIEWS.get(position, position)
    codes = [str(item.get("CodeValue")) for item in data.get("ViewCodeSequence") or ()]
    return VIEW_CODES.get(codes[0], codes[0]) if codes else None


def _read_spacing(data: FileDataset) -> float | None:
    """Imager Pixel Spacing comes first: it is always the detector's (C.8.11.4, 10.7.1.3)."""
    spacing = data.get("ImagerPixelSpacing") or data.get("PixelSpacing")
    if not spacing:
        return None
    down, across = (float(value) for value in spacing)
    if not abs(down - across) <= SQUARE_WITHIN * across:
        raise ImageError(f"its pixels are not square: {down:g} by {across:g} mm")
    return across


def _apply_voi(values: StoredArray, data: FileDataset, white: int) -> NDArray[np.float64]:
    """Values as grey 0-1: through the first VOI LUT, else the first window, else up to `white`."""
    if data.get("VOILUTSequence"):
        bits = int(data.VOILUTSequence[0].LUTDescriptor[2])
        return apply_voi(values, data).astype(np.float64) / (2**bits - 1)
    if data.get("WindowCenter") is None or data.get("WindowWidth") is None:
        low = -(2 ** (data.BitsStored - 1)) if data.PixelRepresentation else 0
        stored = np.array([low, white or low + 2**data.BitsStored - 1])
        ends = apply_modality_lut(stored, data).astype(np.float64)
        return np.asarray(np.clip((values - ends[0]) / (ends[1] - ends[0]), 0, 1), np.float64)
    centre, width = _first(data.WindowCenter), _first(data.WindowWidth)
    return _apply_window(values, centre, width, str(data.get("VOILUTFunction") or "LINEAR"))


def _apply_window(
    values: StoredArray, centre: float, width: float, function: str
) -> NDArray[np.float64]:
    """Window functions of C.11.2.1.2 and C.11.2.1.3, with the output from 0 to 1."""
    if function == "SIGMOID" and width > 0:
        return np.asarray(1 / (1 + np.exp(-4 * (values - centre) / width)), np.float64)
    if function == "LINEAR_EXACT" and width > 0:
        shown = (values - centre) / width + 0.5
    elif function == "LINEAR" and width > 1:
        shown = (values - (centre - 0.5)) / (width - 1) + 0.5
    else:
        raise ValueError(f"window {function} of width {width:g}")
    return np.asarray(np.clip(shown, 0, 1), np.float64)


def _first(value: Any) -> float:
    return float(value[0] if isinstance(value, MultiValue) else value)


def _find_padding(stored: StoredArray, data: FileDataset) -> NDArray[np.bool_]:
    """Pixels outside the exposed field (C.7.5.1.1.2)."""
    value = data.get("PixelPaddingValue")
    if value is None:
        return np.zeros(stored.shape, bool)
    ends = sorted((int(value), int(data.get("PixelPaddingRangeLimit", value))))
    return np.asarray((stored >= ends[0]) & (stored <= ends[1]), bool)
