"""Each layout on a small folder made up for it: what is read, skipped and refused."""

from __future__ import annotations

import json
import plistlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generation.training.dicom import ImageError, hash_patient
from generation.training.images import load_grey, mark_excluded, read_split
from generation.training.layouts import Layout, LayoutError, cdd_cesm_published, recognise
from generation.training.layouts.cdd_cesm_published import KnownSplit, look
from generation.training.layouts.layout import hold_out
from tests.generation.training.mammograms import (
    draw_grey,
    write_dicom,
    write_picture,
    write_table,
)

OVAL = {"name": "ellipse", "cx": 60, "cy": 90, "rx": 20, "ry": 10}


def reasons(layout: Layout) -> dict[str, str]:
    return {skipped.file: skipped.reason for skipped in layout.skipped}


def make_own_cdd(folder: Path) -> None:
    train, held_out = sorted(read_split("train")), sorted(read_split("held_out"))
    labels = [
        (train[0], "normal", ""),
        (train[1], "benign", "B"),
        (train[2], "malignant", ""),
        (held_out[0], "normal", "C"),
        ("IM9999.jpg", "normal", ""),
    ]
    rows = []
    for name, category, density in labels:
        write_picture(folder / "images" / name)
        rows.append(
            {
                "file": f"images/{name}",
                "category": category,
                "side": "left",
                "density": density,
            }
        )
    write_table(folder / "labels.csv", rows)
    drawn = {"file": f"images/{train[1]}", "original": "", "shape": json.dumps(OVAL)}
    write_table(folder / "lesion_outlines.csv", [drawn])


def test_own_cdd_cesm_keeps_the_committed_split_for_ever(tmp_path: Path) -> None:
    make_own_cdd(tmp_path)
    layout = recognise(tmp_path)
    assert layout.name == "cdd-cesm" and "CC BY 4.0" in layout.licence
    assert {image.path.name for image in layout.part("train")} < read_split("train")
    assert {image.path.name for image in layout.part("held_out")} < read_split("held_out")
    assert [len(layout.part("train")), len(layout.part("held_out"))] == [2, 1]
    assert sorted(reasons(layout).values()) == [
        "it holds a lesion that nobody outlined",
        "it is in neither part of the committed split",
    ]


def make_published_cdd(folder: Path) -> dict[str, str]:
    """Names and diagnoses of the published form, in the nested folder that archives unpack to."""
    shown = {
        "P3_L_DM_CC": "Normal",
        "P35_R_DM_MLO": "Normal",
        "P900_L_DM_CC": "Benign",
        "P901_L_DM_CC": "Malignant",
        "P902_L_DM_CC": "Normal",
        "P903_R_DM_MLO": "Normal",
    }
    images = folder / "CDD-CESM" / "Low energy images of CDD-CESM"
    rows = []
    for number, (name, category) in enumerate(shown.items()):
        side = "left" if "_L_" in name else "right"
        write_picture(images / f"{name}.jpg", draw_grey(seed=number, side=side))
        rows.append(
            {
                "Image_name": f"{name} ",
                "Breast density (ACR)": "C",
                "Pathology Classification/ Follow up": category,
            }
        )
    write_picture(images / "P904_L_DM_CC.jpg")
    (images / "P902_L_DM_CC.jpg").write_bytes(b"no image")
    write_table(folder / "Radiology-manual-annotations.csv", rows)
    drawn = {"#filename": "P900_L_DM_CC .jpg", "region_shape_attributes": json.dumps(OVAL)}
    write_table(folder / "Radiology_hand_drawn_segmentations_v2.csv", [drawn])
    return shown


def test_published_cdd_cesm_is_read_and_its_broken_files_are_named(tmp_path: Path) -> None:
    make_published_cdd(tmp_path)
    layout = recognise(tmp_path)
    assert layout.name == "cdd-cesm-published"
    images = {image.path.stem: image for image in layout.images}
    assert set(images) == {"P3_L_DM_CC", "P35_R_DM_MLO", "P900_L_DM_CC", "P903_R_DM_MLO"}
    assert (images["P35_R_DM_MLO"].side, images["P35_R_DM_MLO"].view) == ("right", "mlo")
    assert images["P900_L_DM_CC"].outlines == (OVAL,)
    assert images["P3_L_DM_CC"].density == "C"
    assert reasons(layout) == {
        "P901_L_DM_CC.jpg": "it is malignant, and nothing in it is outlined",
        "P902_L_DM_CC.jpg": "it is no image",
        "P904_L_DM_CC.jpg": "Radiology-manual-annotations.csv has no row for it",
    }


def test_published_cdd_cesm_holds_out_what_is_held_out_here(tmp_path: Path) -> None:
    make_published_cdd(tmp_path)
    layout = recognise(tmp_path)
    assert {hash_patient("P35"), hash_patient("P35")} <= layout.held_out
    assert hash_patient("P3") not in layout.held_out


def test_published_image_that_looks_held_out_takes_its_patient_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_published_cdd(tmp_path)
    folder = tmp_path / "CDD-CESM" / "Low energy images of CDD-CESM"
    patient = next(p for p in ("P900", "P903") if not hold_out([hash_patient(p)]))
    path = next(folder.glob(f"{patient}_*"))
    with Image.open(path) as opened:
        # Stored again, it still looks the same.
        opened.save(path, quality=70)
        known = KnownSplit(frozenset(), frozenset(), {opened.size: look(opened) ^ 0b11})
    monkeypatch.setattr(cdd_cesm_published, "read_known_split", lambda: known)
    assert hash_patient(patient) in recognise(tmp_path).held_out
    known.looks[next(iter(known.looks))] ^= 0xFFFF
    assert hash_patient(patient) not in recognise(tmp_path).held_out


def test_a_held_out_image_that_cannot_be_used_holds_out_its_womans_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_published_cdd(tmp_path)
    folder = tmp_path / "CDD-CESM" / "Low energy images of CDD-CESM"
    monkeypatch.setattr(cdd_cesm_published, "hold_out", lambda patients: frozenset())
    # Of P904 no table says anything; of size and look it is one that is held out.
    write_picture(folder / "P904_L_DM_CC.jpg", draw_grey(seed=9, side="left"))
    with Image.open(folder / "P904_L_DM_CC.jpg") as opened:
        known = KnownSplit(frozenset(), frozenset(), {opened.size: look(opened), (1, 1): 0})
    monkeypatch.setattr(cdd_cesm_published, "read_known_split", lambda: known)
    layout = recognise(tmp_path)
    assert "P904_L_DM_CC.jpg" in reasons(layout)
    assert hash_patient("P904") in layout.held_out
    assert "1 of the 2 images that are held out for ever were not recognised" in layout.notes[0]


def test_known_split_covers_every_held_out_image() -> None:
    known = cdd_cesm_published.read_known_split()
    assert len(known.looks) == len(read_split("held_out"))
    assert known.train and known.held_out and not known.train & known.held_out


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Radiology-manual-annotations.csv", "save the sheet 'all'"),
        ("Radiology_hand_drawn_segmentations_v2.csv", "is missing"),
    ],
)
def test_published_cdd_cesm_without_a_table_says_which(
    tmp_path: Path, table: str, said: str
) -> None:
    make_published_cdd(tmp_path)
    (tmp_path / table).unlink()
    with pytest.raises(LayoutError, match=f"{table} is missing") as caught:
        recognise(tmp_path)
    assert said in str(caught.value)


def make_inbreast(folder: Path) -> None:
    home = folder / "INbreast Release 1.0"
    rows = [
        (20586908, "R", "CC", "3", "1", "6c613a14b80a8591", None),
        (20586934, "L", "MLO", "    ", "4a", "6c613a14b80a8591", [(10, 20), (30, 20), (30, 40)]),
        (20587054, "R", "CC", "1", "2", "b6a4f750c6df4f90", [(50.5, 60.5)]),
        (20587080, "L", "CC", "2", "5", "b6a4f750c6df4f90", None),
    ]
    table = []
    for number, side, view, acr, birads, patient, points in rows:
        short = "ML" if view == "MLO" else view
        name = f"{number}_{patient}_MG_{side}_{short}_ANON.dcm"
        # As the release is: written by Matlab, next to nothing in the header.
        bare = dict.fromkeys(
            ("PatientID", "ImageLaterality", "ViewPosition", "ImagerPixelSpacing"), None
        )
        grey = draw_grey(side="left" if side == "L" else "right") * 4095 / 65535
        write_dicom(home / "AllDICOMs" / name, grey, bits=16, Modality="OT", **bare)
        table.append(
            {
                "Patient ID": "removed",
                "Laterality": side,
                "View": view,
                "File Name": number,
                "ACR": acr,
                "Bi-Rads": birads,
            }
        )
        if points is not None:
            region = {"Name": "Mass", "Point_px": [f"({x}, {y})" for x, y in points]}
            (home / "AllXML").mkdir(exist_ok=True)
            with (home / "AllXML" / f"{number}.xml").open("wb") as opened:
                plistlib.dump({"Images": [{"ROIs": [region]}]}, opened)
    write_table(home / "INbreast.csv", table, delimiter=";")


def test_inbreast_is_read_from_its_bare_files(tmp_path: Path) -> None:
    make_inbreast(tmp_path)
    home = tmp_path / "INbreast Release 1.0"
    (home / "AllDICOMs" / "20586960_6c613a14b80a8591_MG_R_ML_ANON.dcm").write_bytes(b"broken")
    layout = recognise(tmp_path)
    assert layout.name == "inbreast" and "0.07 mm" in layout.notes[0]
    plain, mass, dot = layout.images
    assert (plain.side, plain.view, plain.density, plain.category) == ("right", "cc", "C", "normal")
    assert (mass.view, mass.density, mass.category) == ("mlo", None, "BI-RADS 4a")
    assert mass.outlines[0]["all_points_x"] == [10, 30, 30]
    assert dot.outlines[0] == {"name": "circle", "cx": 50.5, "cy": 60.5, "r": 1.0}
    assert plain.patient == mass.patient != dot.patient
    assert reasons(layout) == {
        "AllDICOMs/20586960_6c613a14b80a8591_MG_R_ML_ANON.dcm": "INbreast.csv has no row for it",
        "AllDICOMs/20587080_b6a4f750c6df4f90_MG_L_CC_ANON.dcm": (
            "it is BI-RADS 5, and nothing in it is outlined"
        ),
    }


def test_inbreast_greys_come_out_at_their_depth_and_size(tmp_path: Path) -> None:
    make_inbreast(tmp_path)
    plain = recognise(tmp_path).images[0]
    grey = load_grey(plain)
    assert grey.shape == (224, 140)
    assert 0.3 < grey[100:120, 5:30].mean() < 0.5
    assert grey[:, :4].mean() > grey[:, -4:].mean()


def test_inbreast_outlines_that_cannot_be_read_skip_their_image(tmp_path: Path) -> None:
    make_inbreast(tmp_path)
    drawn = tmp_path / "INbreast Release 1.0" / "AllXML"
    (drawn / "20586934.xml").write_text("<plist>cut")
    (drawn / "20587054.xml").write_text(
        '<!DOCTYPE x [<!ENTITY a "b">]><plist version="1.0"><dict/></plist>'
    )
    said = reasons(recognise(tmp_path))
    assert "its outlines in 20586934.xml cannot be read" in said.values()
    assert "its outlines in 20587054.xml cannot be read" in said.values()


def test_inbreast_without_its_table_says_so(tmp_path: Path) -> None:
    make_inbreast(tmp_path)
    (tmp_path / "INbreast Release 1.0" / "INbreast.csv").unlink()
    with pytest.raises(LayoutError, match="save INbreast.xls as INbreast.csv"):
        recognise(tmp_path)


def make_vindr(folder: Path) -> None:
    breasts, findings = [], []
    images: list[tuple[str, str, str, str, str, dict[str, Any]]] = [
        ("s1", "i1", "L", "CC", "BI-RADS 1", {}),
        ("s1", "i2", "R", "MLO", "BI-RADS 4", {"ImageLaterality": "R", "ViewPosition": "MLO"}),
        ("s2", "i3", "L", "CC", "BI-RADS 2", {}),
        ("s2", "i4", "L", "CC", "BI-RADS 1", {"ImageLaterality": "R"}),
        ("s2", "i5", "L", "CC", "BI-RADS 1", {"ImagerPixelSpacing": None}),
        ("s2", "i6", "L", "CC", "BI-RADS 1", {"PresentationIntentType": "FOR PROCESSING"}),
    ]
    for study, image, side, view, birads, attributes in images:
        path = folder / "images" / study / f"{image}.dicom"
        grey = draw_grey(side="left" if side == "L" else "right")
        write_dicom(path, grey, **attributes)
        said = {
            "study_id": study,
            "image_id": image,
            "laterality": side,
            "view_position": view,
            "breast_birads": birads,
            "breast_density": "DENSITY D",
        }
        breasts.append(said)
        box = [20, 30, 50.5, 60] if birads == "BI-RADS 4" else [""] * 4
        corners = dict(zip(("xmin", "ymin", "xmax", "ymax"), box, strict=True))
        findings.append({"image_id": image, **corners})
    breasts.append({**breasts[0], "image_id": "gone"})
    breasts.append({**breasts[0], "study_id": "../.."})
    write_table(folder / "breast-level_annotations.csv", breasts)
    write_table(folder / "finding_annotations.csv", findings)


def test_vindr_mammo_is_read_and_its_broken_files_are_named(tmp_path: Path) -> None:
    make_vindr(tmp_path)
    layout = recognise(tmp_path)
    assert layout.name == "vindr-mammo"
    plain, marked = layout.images
    assert (plain.side, plain.view, plain.density, plain.category) == ("left", "cc", "D", "normal")
    assert marked.outlines[0] == {"name": "rect", "x": 20, "y": 30, "width": 30.5, "height": 30}
    assert plain.patient == marked.patient
    assert reasons(layout) == {
        "images/s2/i3.dicom": "it is BI-RADS 2, and nothing in it is outlined",
        "images/s2/i4.dicom": "its header says side right, its table left",
        "images/s2/i5.dicom": "its pixel size is not known",
        "images/s2/i6.dicom": "it is FOR PROCESSING: raw detector values, which no reader sees",
        "images/s1/gone.dicom": "the table names it, but it is not there",
        "images/../../i1.dicom": "the table names a place outside the folder",
    }


def make_film(folder: Path) -> None:
    row = {
        "file": "images/00001_LEFT_CC.jpg",
        "patient": "00001",
        "side": "LEFT",
        "view": "CC",
        "density": "3",
        "native_w": "2400",
        "native_h": "4800",
        "boxes_800": "[[1, 2, 3, 4]]",
    }
    write_table(folder / "labels.csv", [row, {**row, "boxes_800": "broken"}])


def make_published_film(folder: Path) -> None:
    row = {"patient_id": "P_00001", "left or right breast": "LEFT"}
    write_table(folder / "csv" / "mass_case_description_train_set.csv", [row])


@pytest.mark.parametrize("make", [make_film, make_published_film])
def test_film_is_recognised_and_refused_with_the_reason(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path)
    layout = recognise(tmp_path)
    assert layout.name == "cbis-ddsm" and "digitised film" in layout.refused


def test_film_gives_what_shapes_need(tmp_path: Path) -> None:
    make_film(tmp_path)
    layout = recognise(tmp_path)
    (film,) = layout.images
    assert (film.side, film.view, film.density) == ("left", "cc", "C")
    assert film.pixel_mm == pytest.approx(0.3)
    assert film.outlines[0]["height"] == 4
    assert len(layout.skipped) == 1


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Three files of three kinds, one table in German habits: semicolons and decimal commas."""
    write_dicom(tmp_path / "a", PatientID="woman 1")
    write_picture(tmp_path / "sub" / "b.png", draw_grey(side="right"), white=4095)
    write_picture(tmp_path / "c.jpg", draw_grey(side="right"))
    rows = [
        {"file": "a", "side": "", "view": "", "pixel_mm": "", "patient": ""},
        {"file": "sub/b.png", "side": "R", "view": "mlo", "pixel_mm": "0,1", "patient": "woman 1"},
        {"file": "c.jpg", "side": "right", "view": "CC", "pixel_mm": "0,07", "patient": "2"},
    ]
    extra = [
        {"density": "B", "category": "", "boxes": "", "chest_wall": "", "white": ""},
        {"density": "4", "category": "", "boxes": "", "chest_wall": "", "white": "4095"},
        {"density": "", "category": "cyst", "boxes": "[[1,2,3,4]]", "chest_wall": "", "white": ""},
    ]
    table = [row | more for row, more in zip(rows, extra, strict=True)]
    write_table(tmp_path / "labels.csv", table, delimiter=";")
    return tmp_path


def test_a_sites_own_folder_is_read(site: Path) -> None:
    layout = recognise(site)
    assert layout.name == "site" and not layout.public_names and not layout.notes
    assert not layout.skipped
    dicom, deep, marked = layout.images
    assert (dicom.side, dicom.view, dicom.density) == ("left", "cc", "B")
    assert (deep.side, deep.view, deep.density, deep.pixel_mm) == ("right", "mlo", "D", 0.1)
    assert dicom.patient == deep.patient != marked.patient
    assert (marked.category, marked.outlines[0]["width"]) == ("cyst", 3)


def test_every_file_of_a_site_comes_out_the_same_way_round(site: Path) -> None:
    dicom, deep, marked = (load_grey(image) for image in recognise(site).images)
    assert dicom.shape == deep.shape == (320, 200) and marked.shape == (224, 140)
    for grey in (dicom, deep, marked):
        assert grey[:, :10].mean() > 5 * grey[:, -10:].mean()
    assert len(np.unique(deep)) > 1000
    assert np.allclose(deep, dicom, atol=0.01)


def test_chest_wall_is_seen_where_a_site_shows_all_breasts_one_way(site: Path) -> None:
    write_picture(site / "c.jpg", draw_grey(side="left"))
    marked = recognise(site).images[2]
    assert marked.side == "right" and not marked.mirrored
    excluded = mark_excluded(marked, (224, 140))
    assert excluded[:20, :20].any() and not excluded[:20, -20:].any()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"side": "up"}, "its side is 'up'"),
        ({"side": ""}, "its side is not known"),
        ({"view": ""}, "its view is not known"),
        ({"view": "ML"}, "its view is 'ML'"),
        ({"pixel_mm": ""}, "its pixel size is not known"),
        ({"pixel_mm": "tiny"}, "its pixel_mm is 'tiny'"),
        ({"pixel_mm": "-1"}, "not a number above 0"),
        ({"pixel_mm": "0.3"}, "its pixels are 0.3 mm"),
        ({"boxes": "[[1,2,3]]"}, "its boxes are not"),
        ({"boxes": "{"}, "its boxes are not"),
        ({"category": "mass", "boxes": ""}, "it is mass, and nothing in it is outlined"),
        ({"chest_wall": "front"}, "its chest_wall is 'front'"),
        ({"file": "gone.png"}, "it is not there"),
        ({"file": "../c.jpg"}, "outside the folder"),
        ({"file": "/etc/passwd"}, "outside the folder"),
    ],
)
def test_rows_that_cannot_be_used_are_skipped_with_the_reason(
    site: Path, change: dict[str, str], reason: str
) -> None:
    row = {"file": "c.jpg", "side": "right", "view": "CC", "pixel_mm": "0.1", "boxes": ""}
    good = {**row, "file": "a", "side": "", "view": "", "pixel_mm": ""}
    base = {**row, "category": "", "chest_wall": ""}
    write_table(site / "labels.csv", [base | good, base | change])
    layout = recognise(site)
    assert len(layout.images) == 1
    (skipped,) = layout.skipped
    assert skipped.file == change.get("file", "c.jpg") and reason in skipped.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "neither DICOM nor PNG nor JPEG"),
        (b"patients: Anna", "neither DICOM nor PNG nor JPEG"),
        (128 * b"\0" + b"DICM and no more", "its modality is None"),
    ],
)
def test_files_that_are_no_images_are_skipped_with_the_reason(
    site: Path, content: bytes, reason: str
) -> None:
    (site / "c.jpg").write_bytes(content)
    assert reason in reasons(recognise(site))["c.jpg"]


def test_a_picture_cut_short_is_an_image_error(site: Path) -> None:
    marked = recognise(site).images[2]
    marked.path.write_bytes(marked.path.read_bytes()[:2000])
    with pytest.raises(ImageError, match="it cannot be read"):
        load_grey(marked)


def test_images_of_unknown_patients_are_said_to_be(site: Path) -> None:
    rows = [
        {"file": "c.jpg", "side": "right", "view": "CC", "pixel_mm": 0.1},
        {"file": "a", "side": "left", "view": "CC", "pixel_mm": 0.1},
        {"file": "a", "side": "left", "view": "CC", "pixel_mm": 0.1},
    ]
    write_table(site / "labels.csv", rows)
    layout = recognise(site)
    assert layout.notes[0].startswith("1 images name no patient")
    assert reasons(layout) == {"a": "the table names it twice"}


def test_a_folder_of_no_layout_lists_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("name,side\n1,left\n")
    with pytest.raises(LayoutError) as caught:
        recognise(tmp_path)
    for word in ("labels.csv", "INbreast.csv", "breast-level_annotations.csv", "Low energy"):
        assert word in str(caught.value)
    with pytest.raises(LayoutError, match="is not a folder"):
        recognise(tmp_path / "nowhere")


def test_split_is_by_patient_a_quarter_and_stays_when_others_come() -> None:
    few = [f"patient {number}" for number in range(400)]
    held_out = hold_out(few)
    assert 0.2 < len(held_out) / len(few) < 0.3
    assert held_out == hold_out([*few, *(f"later {number}" for number in range(50))]) & set(few)
