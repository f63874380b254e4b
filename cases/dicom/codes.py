"""Coded terms of mammography, and which way a view is looked at."""

from typing import Final

from pydicom.dataset import Dataset

# SNOMED CT, as PS3.16 has it since 2018: CID 4014 (views), CID 4031 (regions).
VIEW_CODES: Final = {
    "cc": ("399162004", "cranio-caudal"),
    "mlo": ("399368009", "medio-lateral oblique"),
}
BREAST: Final = ("76752008", "Breast")

# Towards which side of the woman rows and columns run (PS3.3, C.7.6.1.1.1); see contracts.md.
PATIENT_ORIENTATIONS: Final = {
    "left_cc": ["A", "R"],
    "right_cc": ["P", "L"],
    "left_mlo": ["A", "FR"],
    "right_mlo": ["P", "FL"],
}
LATERALITIES: Final = {"left": "L", "right": "R"}


def make_code(code: tuple[str, str]) -> Dataset:
    """An item of a code sequence from SNOMED CT."""
    item = Dataset()
    item.CodeValue, item.CodeMeaning = code
    item.CodingSchemeDesignator = "SCT"
    return item
