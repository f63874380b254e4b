"""Real mammograms stored as DICOM: greys as shown, headers, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

from generation.training.dicom import ImageError, hash_patient, read_dicom_grey, read_header
from tests.generation.training.mammograms import PROCESSING, draw_grey, write_dicom

RAMP = np.tile(np.linspace(0, 1, 4096), (2, 1))


def read_ramp(path: Path, **attributes: Any) -> np.ndarray:
    """Grey of the stored values 0 to 4095."""
    write_dicom(path, RAMP, **attributes)
    return read_dicom_grey(path)[0]


def test_all_stored_bits_survive(tmp_path: Path) -> None:
    write_dicom(tmp_path / "deep.dcm", np.linspace(0, 1, 65536).reshape(256, 256), bits=16)
    assert len(np.unique(read_dicom_grey(tmp_path / "deep.dcm"))) == 65536


def test_without_a_window_the_stored_range_is_shown(tmp_path: Path) -> None:
    grey = read_ramp(tmp_path / "a.dcm")
    assert grey[0] == 0 and grey[-1] == 1 and grey[2048] == pytest.approx(0.5, abs=1e-3)


def test_without_a_window_the_white_that_is_given_is_shown_white(tmp_path: Path) -> None:
    write_dicom(tmp_path / "a.dcm", RAMP)
    grey = read_dicom_grey(tmp_path / "a.dcm", white=1000)[0]
    assert grey[500] == pytest.approx(0.5) and (grey[1000:] == 1).all()


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        # PS3.3 C.11.2.1.2.1: below c - 0.5 - (w - 1) / 2 black, above c - 0.5 + (w - 1) / 2 white.
        ("LINEAR", {1499: 0.0, 2000: 0.5005, 2500: 1.0}),
        ("LINEAR_EXACT", {1500: 0.0, 1750: 0.25, 2000: 0.5, 2500: 1.0}),
        ("SIGMOID", {2000: 0.5, 2250: 1 / (1 + np.exp(-1)), 1750: 1 / (1 + np.exp(1))}),
    ],
)
def test_window_functions_are_those_of_the_standard(
    tmp_path: Path, function: str, expected: dict[int, float]
) -> None:
    window = {"WindowCenter": 2000, "WindowWidth": 1000, "VOILUTFunction": function}
    grey = read_ramp(tmp_path / "a.dcm", **window)
    assert {value: grey[value] for value in expected} == pytest.approx(expected, abs=1e-5)


def test_the_first_of_several_windows_is_applied(tmp_path: Path) -> None:
    grey = read_ramp(tmp_path / "a.dcm", WindowCenter=[2000, 100], WindowWidth=[1000, 10])
    assert grey[2000] == pytest.approx(0.5005, abs=1e-5)


def test_a_lookup_table_goes_before_the_window(tmp_path: Path) -> None:
    table = Dataset()
    table.LUTDescriptor = [4096, 0, 12]
    table.LUTData = np.arange(4095, -1, -1, "<u2").tobytes()
    window = {"WindowCenter": 10, "WindowWidth": 5}
    grey = read_ramp(tmp_path / "a.dcm", VOILUTSequence=[table], **window)
    assert grey[0] == 1 and grey[-1] == 0 and grey[1000] == pytest.approx(3095 / 4095)


def test_monochrome1_is_turned_so_that_dense_tissue_is_white(tmp_path: Path) -> None:
    upright = read_ramp(tmp_path / "a.dcm", WindowCenter=2000, WindowWidth=1000)
    inverted = read_ramp(
        tmp_path / "b.dcm",
        WindowCenter=2000,
        WindowWidth=1000,
        PhotometricInterpretation="MONOCHROME1",
    )
    assert np.allclose(inverted, 1 - upright)


def test_rescaling_comes_before_the_window(tmp_path: Path) -> None:
    scale = {"RescaleSlope": 2, "RescaleIntercept": 100, "RescaleType": "US"}
    grey = read_ramp(tmp_path / "a.dcm", WindowCenter=4100, WindowWidth=2000, **scale)
    assert grey[2000] == pytest.approx(0.5, abs=1e-3)


def test_padding_is_background_even_where_it_would_be_white(tmp_path: Path) -> None:
    grey = read_ramp(
        tmp_path / "a.dcm",
        PhotometricInterpretation="MONOCHROME1",
        PixelPaddingValue=0,
        PixelPaddingRangeLimit=9,
    )
    assert (grey[:10] == 0).all() and grey[10] > 0.99


def test_header_tells_side_view_pixel_size_and_chest_wall(tmp_path: Path) -> None:
    path = tmp_path / "anything at all"
    oriented = {"PatientOrientation": ["P", "FL"], "ImageLaterality": "R", "ViewPosition": "MLO"}
    write_dicom(path, ImagerPixelSpacing=[0.07, 0.07], PixelSpacing=[0.065, 0.065], **oriented)
    header = read_header(path)
    assert (header.side, header.view, header.chest_wall) == ("right", "mlo", "right")
    assert header.pixel_mm == pytest.approx(0.07)


def test_view_is_read_from_its_code_where_the_word_is_missing(tmp_path: Path) -> None:
    view = Dataset()
    view.CodeValue, view.CodingSchemeDesignator = "399368009", "SCT"
    write_dicom(tmp_path / "a.dcm", ViewPosition=None, ViewCodeSequence=[view])
    assert read_header(tmp_path / "a.dcm").view == "mlo"


def test_header_keeps_no_name_and_hashes_the_patient(tmp_path: Path) -> None:
    write_dicom(tmp_path / "a.dcm")
    header = read_header(tmp_path / "a.dcm")
    assert header.patient == hash_patient("12345") == hash_patient(" 12345 ")
    assert "12345" not in repr(header) and "Somebody" not in repr(header)


def modified_view() -> list[Dataset]:
    view, modifier = Dataset(), Dataset()
    modifier.CodeMeaning = "Spot Compression"
    view.CodeValue, view.ViewModifierCodeSequence = "399162004", [modifier]
    return [view]


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"PresentationIntentType": "FOR PROCESSING"}, "FOR PROCESSING"),
        ({"PresentationIntentType": None, "SOPClassUID": PROCESSING}, "FOR PROCESSING"),
        ({"Modality": "CT"}, "its modality is CT, not MG"),
        ({"SyntheticData": "YES"}, "it is synthetic"),
        ({"ConversionType": "DF"}, "it is digitised film"),
        ({"NumberOfFrames": 60}, "tomosynthesis"),
        ({"ImageType": ["DERIVED", "PRIMARY", "TOMO_2D"]}, "TOMO_2D"),
        ({"ViewCodeSequence": modified_view()}, "Spot Compression"),
        ({"SamplesPerPixel": 3}, "colour"),
        ({"BreastImplantPresent": "YES"}, "implant"),
        ({"ImagerPixelSpacing": [0.1, 0.2]}, "not square"),
    ],
)
def test_other_images_are_refused_with_the_reason(
    tmp_path: Path, attributes: dict[str, Any], reason: str
) -> None:
    write_dicom(tmp_path / "a.dcm", **attributes)
    with pytest.raises(ImageError, match=reason):
        read_header(tmp_path / "a.dcm")


def test_damaged_files_are_refused_with_the_reason(tmp_path: Path) -> None:
    whole = tmp_path / "whole.dcm"
    write_dicom(whole, draw_grey())
    content = whole.read_bytes()
    (tmp_path / "cut.dcm").write_bytes(content[: len(content) // 2])
    (tmp_path / "text.dcm").write_text("not an image")
    (tmp_path / "empty.dcm").write_bytes(b"")
    with pytest.raises(ImageError, match="cannot be read"):
        read_dicom_grey(tmp_path / "cut.dcm")
    for name in ("text.dcm", "empty.dcm"):
        with pytest.raises(ImageError, match="not a DICOM file"):
            read_header(tmp_path / name)
    with pytest.raises(ImageError, match="cannot be read"):
        read_header(tmp_path / "missing.dcm")


def test_a_window_without_width_is_refused(tmp_path: Path) -> None:
    write_dicom(tmp_path / "a.dcm", WindowCenter=2000, WindowWidth=0)
    with pytest.raises(ImageError, match="window LINEAR of width 0"):
        read_dicom_grey(tmp_path / "a.dcm")
