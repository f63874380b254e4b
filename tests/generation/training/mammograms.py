"""Small made-up mammograms as a site's files: DICOM, PNG, JPEG, tables."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.2"
PROCESSING = "1.2.840.10008.5.1.4.1.1.1.2.1"


def draw_grey(
    *, height: int = 320, width: int = 200, side: str = "left", seed: int = 0
) -> NDArray[np.float64]:
    """(H, W) grey 0-1: a half-disc of textured tissue at the side's own edge, black elsewhere."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    inside = (x / (0.85 * width)) ** 2 + ((y - height / 2) / (0.45 * height)) ** 2 < 1
    tissue = 0.4 + 0.2 * np.sin(y / 17 + seed) * np.cos(x / 23)
    grey = np.where(inside, tissue + 0.03 * rng.standard_normal(inside.shape), 0)
    return np.clip(grey[:, ::-1] if side == "right" else grey, 0, 1)


def write_dicom(
    path: Path, grey: NDArray[np.float64] | None = None, *, bits: int = 12, **attributes: Any
) -> None:
    """A left CC mammogram for presentation at 0.1 mm; `attributes` change it, None takes away."""
    values = np.round((draw_grey() if grey is None else grey) * (2**bits - 1))
    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = PRESENTATION, generate_uid()
    data.Modality, data.PresentationIntentType = "MG", "FOR PRESENTATION"
    data.PatientID, data.PatientName = "12345", "Somebody^Real"
    data.ImageLaterality, data.ViewPosition = "L", "CC"
    data.ImagerPixelSpacing = [0.1, 0.1]
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = values.shape
    data.BitsAllocated, data.BitsStored, data.HighBit = 16, bits, bits - 1
    data.PixelRepresentation = 0
    data.PixelData = values.astype("<u2").tobytes()
    for name, value in attributes.items():
        if value is None:
            delattr(data, name)
        else:
            setattr(data, name, value)
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    path.parent.mkdir(parents=True, exist_ok=True)
    data.save_as(path, enforce_file_format=True)


def write_picture(path: Path, grey: NDArray[np.float64] | None = None, *, white: int = 255) -> None:
    """PNG or JPEG by the file's ending; 16-bit where `white` needs it."""
    values = np.round((draw_grey() if grey is None else grey) * white)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values.astype(np.uint8 if white < 256 else np.uint16)).save(path)


def write_table(path: Path, rows: Sequence[Mapping[str, Any]], *, delimiter: str = ",") -> None:
    """A CSV with the columns of the first row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as opened:
        table = csv.DictWriter(opened, list(rows[0]), delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)
