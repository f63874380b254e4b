import io

from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from cases.dicom.dataset import build_dataset
from cases.dicom.image import MasterImage
from cases.dicom.uids import IMPLEMENTATION_VERSION, implementation_uid


def write_master(image: MasterImage) -> bytes:
    """Write one view as a DICOM file; the same view gives the same bytes.

    Uncompressed, so that every viewer opens it and none waits for a decoder.
    """
    dataset = build_dataset(image)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = implementation_uid()
    meta.ImplementationVersionName = IMPLEMENTATION_VERSION
    buffer = io.BytesIO()
    file = FileDataset(buffer, dataset, file_meta=meta, preamble=b"\0" * 128)
    file.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()
