"""What the master image of one view is made from: values, nothing of DICOM yet."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

STORED_BITS = 12


class DicomError(ValueError):
    """The image cannot be written as, or read from, a master image of this library."""


@dataclass(frozen=True)
class MasterImage:
    """One view of a case.

    Attributes:
        case_id: names the study; all UIDs derive from it.
        exam: "current", or "prior" for the one before, which is a study of its own.
        side: "left" or "right".
        view: "cc" or "mlo".
        pixels: (H, W) uint16 stored values, 12 bits used, brighter = denser.
        pixel_mm: distance of pixel centres in mm, at the detector and in the breast alike.
        window_center, window_width: in stored values.
        age_years: None when not to be told.
        thickness_mm: of the compressed breast; None when not to be told.
    """

    case_id: UUID
    side: str
    view: str
    pixels: NDArray[np.uint16]
    pixel_mm: float
    window_center: float
    window_width: float
    age_years: int | None = None
    thickness_mm: float | None = None
    exam: str = "current"

    @property
    def key(self) -> str:
        return f"{self.side}_{self.view}"

    def __post_init__(self) -> None:
        if self.exam not in EXAMS:
            raise DicomError(f"there is no exam {self.exam!r}")
        if self.key not in INSTANCE_NUMBERS:
            raise DicomError(f"there is no view {self.key!r}")
        if self.pixels.ndim != 2 or self.pixels.dtype != np.uint16 or self.pixels.size == 0:
            raise DicomError(f"a view is 2D uint16, not {self.pixels.dtype} {self.pixels.shape}")
        if int(self.pixels.max()) >= 2**STORED_BITS:
            raise DicomError(f"a stored value needs more than {STORED_BITS} bits")
        if not (self.pixel_mm > 0 and self.window_width >= 1):
            raise DicomError("pixel spacing must be positive, and the window at least 1 wide")


EXAMS = ("current", "prior")
# Their order in the study, as films are hung.
INSTANCE_NUMBERS = {"right_cc": 1, "left_cc": 2, "right_mlo": 3, "left_mlo": 4}
