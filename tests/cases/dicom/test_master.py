"""Masters as an independent reader (pydicom) sees them, against the standard's mandatory list."""

import io
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from pydicom import Dataset, dcmread

from cases.dicom.image import DicomError, MasterImage
from cases.dicom.reader import read_pixels, read_view
from cases.dicom.writer import write_master

CASE = UUID("0f4c8a52-8f63-4f43-9f0c-0d6ef2f90a11")

# Type 1: must be there with a value. PS3.3 A.27 and the modules that it makes mandatory.
TYPE_1 = """
    StudyInstanceUID SeriesInstanceUID Modality PresentationIntentType SOPClassUID SOPInstanceUID
    ImageType ImageLaterality AnatomicRegionSequence OrganExposed PositionerType ViewCodeSequence
    PatientOrientation PixelIntensityRelationship PixelIntensityRelationshipSign RescaleIntercept
    RescaleSlope RescaleType PresentationLUTShape LossyImageCompression BurnedInAnnotation
    ImagerPixelSpacing SamplesPerPixel PhotometricInterpretation Rows Columns BitsAllocated
    BitsStored HighBit PixelRepresentation WindowCenter WindowWidth PixelData
""".split()
# Type 2: must be there, and may be empty.
TYPE_2 = """
    PatientName PatientID PatientBirthDate PatientSex StudyDate StudyTime ReferringPhysicianName
    StudyID AccessionNumber SeriesNumber InstanceNumber Manufacturer DetectorType
    AcquisitionContextSequence
""".split()


def make_image(side: str = "left", view: str = "cc", **fields: Any) -> MasterImage:
    pixels = np.random.default_rng(5).integers(0, 4096, (23, 17), dtype=np.uint16)
    return MasterImage(
        **{
            "case_id": CASE,
            "side": side,
            "view": view,
            "pixels": pixels,
            "pixel_mm": 0.1,
            "window_center": 2048.0,
            "window_width": 4096.0,
            "age_years": 52,
            "thickness_mm": 51.27,
            **fields,
        }
    )


def open_master(image: MasterImage) -> Dataset:
    return dcmread(io.BytesIO(write_master(image)))


def test_all_mandatory_attributes_are_there() -> None:
    file = open_master(make_image())
    assert [name for name in TYPE_1 if name not in file or file[name].is_empty] == []
    assert [name for name in TYPE_2 if name not in file] == []
    assert "ViewModifierCodeSequence" in file.ViewCodeSequence[0]


@pytest.mark.parametrize(
    ("side", "view", "laterality", "orientation", "code"),
    [
        ("left", "cc", "L", ["A", "R"], "399162004"),
        ("right", "cc", "R", ["P", "L"], "399162004"),
        ("left", "mlo", "L", ["A", "FR"], "399368009"),
        ("right", "mlo", "R", ["P", "FL"], "399368009"),
    ],
)
def test_each_view_says_which_it_is(
    side: str, view: str, laterality: str, orientation: list[str], code: str
) -> None:
    file = open_master(make_image(side, view))
    assert file.ImageLaterality == laterality
    assert list(file.PatientOrientation) == orientation
    assert (file.ViewCodeSequence[0].CodeValue, len(file.ViewCodeSequence)) == (code, 1)
    assert read_view(write_master(make_image(side, view))) == {
        "side": side,
        "view": view,
        "pixel_mm": 0.1,
        "window_center": 2048.0,
        "window_width": 4096.0,
    }


def test_image_is_stored_as_the_contract_says() -> None:
    image = make_image()
    file = open_master(image)
    assert file.SOPClassUID == "1.2.840.10008.5.1.4.1.1.1.2"
    assert (file.BitsAllocated, file.BitsStored, file.HighBit) == (16, 12, 11)
    assert (file.PixelRepresentation, file.PhotometricInterpretation) == (0, "MONOCHROME2")
    assert list(file.ImagerPixelSpacing) == list(file.PixelSpacing) == [0.1, 0.1]
    assert (file.WindowCenter, file.WindowWidth, file.VOILUTFunction) == (2048, 4096, "LINEAR")
    assert (file.Modality, file.PresentationIntentType) == ("MG", "FOR PRESENTATION")
    # Dense tissue is bright and lets less of the beam through: higher values, lower intensity.
    assert (file.PixelIntensityRelationship, file.PixelIntensityRelationshipSign) == ("LOG", -1)
    assert np.array_equal(file.pixel_array, image.pixels)
    assert np.array_equal(read_pixels(write_master(image)), image.pixels)


def test_image_says_that_it_is_synthetic() -> None:
    file = open_master(make_image())
    assert (file.SyntheticData, file.BurnedInAnnotation) == ("YES", "NO")
    assert file[0x0008, 0x001C].VR == "CS"
    for text in (file.PatientComments, file.StudyDescription, file.ImageComments):
        assert "SYNTHETIC" in text


def test_same_view_gives_the_same_bytes_and_others_share_the_study() -> None:
    first, again = write_master(make_image()), write_master(make_image())
    assert first == again
    files = [
        open_master(make_image(side, view)) for side in ("left", "right") for view in ("cc", "mlo")
    ]
    assert len({file.StudyInstanceUID for file in files}) == 1
    assert len({file.SOPInstanceUID for file in files}) == 4
    assert sorted(file.InstanceNumber for file in files) == [1, 2, 3, 4]
    other = open_master(make_image(case_id=UUID(int=9)))
    assert other.StudyInstanceUID != files[0].StudyInstanceUID
    assert all(uid.is_valid for uid in (other.StudyInstanceUID, other.SOPInstanceUID))


def test_the_exam_before_is_a_study_of_its_own_of_the_same_woman() -> None:
    current, before = open_master(make_image()), open_master(make_image(exam="prior"))
    for name in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        assert getattr(current, name) != getattr(before, name)
    assert current.PatientID == before.PatientID
    assert "Prior" in before.StudyDescription


@pytest.mark.parametrize(
    "fields",
    [
        {"side": "middle"},
        {"exam": "next"},
        {"pixels": np.full((4, 4), 4096, np.uint16)},
        {"pixels": np.zeros((4, 4), np.float32)},
        {"pixels": np.zeros((0, 4), np.uint16)},
        {"pixel_mm": 0.0},
        {"window_width": 0.5},
    ],
)
def test_what_cannot_be_a_master_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(DicomError):
        make_image(**fields)


def test_damaged_files_are_refused() -> None:
    whole = write_master(make_image())
    for damaged in (b"", b"not dicom", whole[:200], whole[:-100]):
        with pytest.raises(DicomError):
            read_pixels(damaged)
