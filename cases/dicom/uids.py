"""UIDs derived from the case's id: the same case gives the same file, byte for byte."""

from uuid import UUID, uuid5

from pydicom.uid import UID

# Names this program as the writer of a file (PS3.10, 7.1), not an image.
IMPLEMENTATION = UUID("9f0d3c1e-5d0f-4b39-a0d4-2f8f3f4f7a10")
IMPLEMENTATION_VERSION = "PARENCHYMA_1"


def derive_uid(case_id: UUID, *parts: str) -> UID:
    """A UID for a part of a case, such as its study or one image.

    Source: DICOM PS3.5 B.2, UIDs derived from a UUID.
    """
    return _from_uuid(uuid5(case_id, "/".join(parts)))


def implementation_uid() -> UID:
    return _from_uuid(IMPLEMENTATION)


def _from_uuid(name: UUID) -> UID:
    return UID(f"2.25.{name.int}")
