"""Taking in and removing real images. The "real" files are made-up tissue: see the factory."""

from pathlib import Path

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from cases.models import Case
from tests.factories.realism import make_test, write_folder
from tests.generation.training.mammograms import write_table
from trainer.accounts.models import User
from trainer.realism.models import RealImage, RealImport, RealismAnswer, RealismImage, RealismTest

pytestmark = pytest.mark.django_db

SAID = {"licence": "CC BY 4.0", "source": "made up", "i_may_show_them": True}


def run(capsys: pytest.CaptureFixture[str], *arguments: object, **options: object) -> str:
    call_command("import_real_images", *map(str, arguments), **options)
    return capsys.readouterr().out


def test_png_and_dicom_are_taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, write_folder(tmp_path, 4, dicom=2), **SAID)
    assert "Imported 4 real images" in said
    batch = RealImport.objects.get()
    assert (batch.licence, batch.source, batch.acknowledged) == ("CC BY 4.0", "made up", True)
    images = RealImage.objects.order_by("woman")
    assert [(each.side, each.view, each.density, each.woman) for each in images] == [
        ("left", "cc", "A", 1),
        ("right", "cc", "B", 2),
        ("left", "mlo", "C", 3),
        ("right", "mlo", "D", 4),
    ]
    # No case comes of them, and no DICOM file.
    assert not Case.objects.exists()
    assert all(each.grey.endswith(".grey") for each in images)


def test_nothing_that_names_anybody_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, write_folder(tmp_path, 2, dicom=2), **SAID)
    kept = " ".join(str(row) for row in RealImage.objects.values())
    stored = b"".join(
        default_storage.open(name).read()
        for name in RealImage.objects.values_list("grey", flat=True)
    )
    for name in ("Somebody", "12345", "woman 0", "00.dcm"):
        assert name not in kept
        assert name.encode() not in stored


def test_the_same_images_are_taken_in_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_folder(tmp_path, 2)
    run(capsys, tmp_path, **SAID)
    with pytest.raises(CommandError, match="None of these"):
        run(capsys, tmp_path, **SAID)
    assert "left out 2: it is here already" in capsys.readouterr().out
    assert (RealImage.objects.count(), RealImport.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"licence": ""}, "which licence"),
        ({"source": " "}, "where they come from"),
        ({"i_may_show_them": False}, "i-may-show-them"),
    ],
)
def test_without_licence_source_and_leave_nothing_is_taken(
    tmp_path: Path, said: dict[str, object], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command("import_real_images", str(write_folder(tmp_path, 1)), **{**SAID, **said})
    assert not RealImage.objects.exists()


def test_what_cannot_be_used_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(tmp_path, 2)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    rows = [
        {"file": "00.png", "side": "left", "view": "CC", "pixel_mm": 0.1, "boxes": ""},
        {"file": "01.png", "side": "right", "view": "CC", "pixel_mm": 0.1, "boxes": "[[9,9,9,9]]"},
        {"file": "broken.png", "side": "left", "view": "CC", "pixel_mm": 0.1, "boxes": ""},
    ]
    write_table(tmp_path / "labels.csv", rows)
    said = run(capsys, tmp_path, **SAID)
    assert "left out 1: it shows a finding" in said
    assert "left out 1: it is neither DICOM nor PNG nor JPEG" in said
    assert RealImage.objects.count() == 1


@pytest.mark.parametrize("name", ["nothing", "film"])
def test_a_folder_that_will_not_do_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    columns = "file patient side view density native_w native_h boxes_800".split()
    if name == "film":
        write_table(folder / "labels.csv", [dict.fromkeys(columns, "")])
    with pytest.raises(CommandError, match="known layouts" if name == "nothing" else "film"):
        call_command("import_real_images", str(folder), **SAID)


def test_removal_takes_the_pixels_and_keeps_the_figures(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    resident: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run(capsys, write_folder(tmp_path, 2), **SAID)
    test = make_test(real=2, synthetic=2)
    reading = test.readings.create(reader=resident, seed=1)
    for image in test.images.all():
        RealismAnswer.objects.create(
            reading=reading, image=image, key=image.pk, rating=80, seconds=3
        )
    names = list(RealImage.objects.values_list("grey", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert "Removed 2 real images" in run(capsys, remove=True)
    assert not any(default_storage.exists(name) for name in names)
    assert not RealImage.objects.exists()
    assert RealImport.objects.get().removed_at is not None
    test = RealismTest.objects.get()
    assert test.closed_at and test.removed_at
    assert {image.frame.name for image in RealismImage.objects.all()} == {""}
    assert np.mean(RealismAnswer.objects.values_list("rating", flat=True)) == 80


def test_a_failure_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(RealImage.objects, "bulk_create", fail)
    with pytest.raises(OSError, match="full"):
        call_command("import_real_images", str(write_folder(tmp_path, 1)), **SAID)
    assert not RealImport.objects.exists()
    _, files = default_storage.listdir("real") if default_storage.exists("real") else ([], [])
    assert files == []
