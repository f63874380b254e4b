"""The Digital Mammography X-Ray Image IOD, For Presentation, module by module (PS3.3, A.27)."""

from pydicom.dataset import Dataset
from pydicom.uid import UID, DigitalMammographyXRayImageStorageForPresentation

from cases.dicom.codes import BREAST, LATERALITIES, PATIENT_ORIENTATIONS, VIEW_CODES, make_code
from cases.dicom.image import INSTANCE_NUMBERS, STORED_BITS, MasterImage
from cases.dicom.uids import derive_uid

NOTICE = "SYNTHETIC - not for diagnosis"


def build_dataset(image: MasterImage) -> Dataset:
    """Build the data set of one view, all mandatory attributes present; no dates, no person."""
    dataset = Dataset()
    for add in (
        _add_patient,
        _add_study_and_series,
        _add_equipment,
        _add_anatomy,
        _add_presentation,
        _add_detector,
        _add_pixels,
        _add_common,
    ):
        add(dataset, image)
    return dataset


def _add_patient(dataset: Dataset, image: MasterImage) -> None:
    dataset.PatientName = "SYNTHETIC^CASE"
    dataset.PatientID = f"SYNTHETIC-{str(image.case_id)[:8]}"
    dataset.PatientBirthDate = ""
    dataset.PatientSex = "F"
    dataset.PatientComments = NOTICE
    if image.age_years is not None:
        dataset.PatientAge = f"{image.age_years:03d}Y"


def _add_study_and_series(dataset: Dataset, image: MasterImage) -> None:
    dataset.StudyInstanceUID = _derive(image, "study")
    dataset.StudyDate = dataset.StudyTime = ""
    dataset.ReferringPhysicianName = ""
    dataset.StudyID = str(image.case_id)[:8]
    dataset.AccessionNumber = ""
    what = "Mammography" if image.exam == "current" else "Prior mammography"
    dataset.StudyDescription = f"{what}, {NOTICE}"
    dataset.Modality = "MG"
    dataset.PresentationIntentType = "FOR PRESENTATION"
    dataset.SeriesInstanceUID = _derive(image, "series")
    dataset.SeriesNumber = 1
    dataset.SeriesDescription = NOTICE


def _add_equipment(dataset: Dataset, image: MasterImage) -> None:
    dataset.Manufacturer = "Parenchyma"
    dataset.ManufacturerModelName = "Synthetic mammogram generator"


def _add_anatomy(dataset: Dataset, image: MasterImage) -> None:
    """DX Anatomy Imaged and Mammography Image modules (C.8.11.2, C.8.11.7)."""
    dataset.BodyPartExamined = "BREAST"
    dataset.ImageLaterality = LATERALITIES[image.side]
    dataset.AnatomicRegionSequence = [make_code(BREAST)]
    dataset.OrganExposed = "BREAST"
    dataset.PositionerType = "MAMMOGRAPHIC"
    view = make_code(VIEW_CODES[image.view])
    view.ViewModifierCodeSequence = []
    dataset.ViewCodeSequence = [view]
    dataset.BreastImplantPresent = "NO"
    if image.thickness_mm is not None:
        dataset.BodyPartThickness = round(image.thickness_mm, 1)


def _add_presentation(dataset: Dataset, image: MasterImage) -> None:
    """General Image, DX Image and VOI LUT modules (C.7.6.1, C.8.11.3, C.11.2)."""
    dataset.ImageType = ["DERIVED", "PRIMARY", ""]
    dataset.InstanceNumber = INSTANCE_NUMBERS[image.key]
    dataset.ContentDate = dataset.ContentTime = ""
    dataset.PatientOrientation = PATIENT_ORIENTATIONS[image.key]
    dataset.ImageComments = NOTICE
    dataset.DerivationDescription = "Generated; no patient was exposed"
    dataset.PixelIntensityRelationship = "LOG"
    # Brighter is denser: a higher value stands for less of the beam (C.8.11.3.1.2).
    dataset.PixelIntensityRelationshipSign = -1
    dataset.RescaleIntercept, dataset.RescaleSlope, dataset.RescaleType = 0, 1, "US"
    dataset.PresentationLUTShape = "IDENTITY"
    dataset.LossyImageCompression = "00"
    dataset.BurnedInAnnotation = "NO"
    dataset.WindowCenter, dataset.WindowWidth = image.window_center, image.window_width
    dataset.VOILUTFunction = "LINEAR"


def _add_detector(dataset: Dataset, image: MasterImage) -> None:
    """DX Detector and Acquisition Context modules (C.8.11.4, C.7.6.14)."""
    dataset.DetectorType = ""
    dataset.ImagerPixelSpacing = dataset.PixelSpacing = [image.pixel_mm, image.pixel_mm]
    dataset.AcquisitionContextSequence = []


def _add_pixels(dataset: Dataset, image: MasterImage) -> None:
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.Rows, dataset.Columns = image.pixels.shape
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, STORED_BITS, STORED_BITS - 1
    dataset.PixelRepresentation = 0
    dataset.PixelData = image.pixels.astype("<u2").tobytes()


def _add_common(dataset: Dataset, image: MasterImage) -> None:
    dataset.SpecificCharacterSet = "ISO_IR 100"
    dataset.SOPClassUID = DigitalMammographyXRayImageStorageForPresentation
    dataset.SOPInstanceUID = _derive(image, "image", image.key)
    dataset.SyntheticData = "YES"


def _derive(image: MasterImage, *parts: str) -> UID:
    """The exam before is a study of its own, of the same patient."""
    return derive_uid(image.case_id, *(() if image.exam == "current" else (image.exam,)), *parts)
