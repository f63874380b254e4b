"""Stand-ins for the test of real and synthetic images. No real mammogram is in this repository:
the "real" files are made-up tissue, written as plain PNG and DICOM as a site's would be."""

from pathlib import Path
from typing import Any

import numpy as np
from django.core.files.base import ContentFile

from cases.frames import encode_frame
from cases.models import Case, CaseView, Exam
from generation.realism.framing import FULL_SCALE
from generation.vocabulary import VIEW_KEYS
from tests.generation.training.mammograms import (
    draw_grey,
    write_dicom,
    write_picture,
    write_table,
)
from trainer.realism.models import RealismImage, RealismTest

HEIGHT, WIDTH = 760, 420
SIDES = {"left": "L", "right": "R"}


def write_folder(folder: Path, count: int, *, dicom: int = 0, **columns: Any) -> Path:
    """A site's folder of `count` views of as many women; the first `dicom` of them as DICOM.

    Sides and views take turns: left CC, right CC, left MLO, right MLO.
    """
    rows = []
    for number in range(count):
        side, view = ("left", "right")[number % 2], ("CC", "MLO")[number // 2 % 2]
        name = f"{number:02}.{'dcm' if number < dicom else 'png'}"
        grey = draw_grey(height=HEIGHT - 4 * number, width=WIDTH, side=side, seed=number)
        if number < dicom:
            write_dicom(folder / name, grey, ImageLaterality=SIDES[side], ViewPosition=view)
        else:
            write_picture(folder / name, grey)
        rows.append(
            {
                "file": name,
                "side": side,
                "view": view,
                "pixel_mm": 0.1,
                "patient": f"woman {number}",
                "density": "ABCD"[number % 4],
                **columns,
            }
        )
    write_table(folder / "labels.csv", rows)
    return folder


def make_drawn_case(
    weights_hash: str, *, number: int = 0, findings: tuple[dict[str, Any], ...] = ()
) -> Case:
    """A case of four views of made-up tissue, as if this generator had drawn it."""
    density = "ABCD"[number % 4]
    case = Case.objects.create(
        spec={"seed": 10_000 + number},
        truth={"density": {"left": density, "right": density}, "findings": list(findings)},
        density=density,
        tier=1,
        positive=False,
        age_band="50-59",
        indication="screening",
        weights_hash=weights_hash,
        generator_name="stand-in",
    )
    for key in VIEW_KEYS:
        side, view = key.split("_")
        grey = draw_grey(height=HEIGHT, width=WIDTH, side=side, seed=500 + number)
        code = encode_frame(np.round(grey * FULL_SCALE).astype(np.uint16))
        row = CaseView(
            case=case,
            exam=Exam.CURRENT,
            side=side,
            view=view,
            width=WIDTH,
            height=HEIGHT,
            pixel_mm=0.1,
            window_center=2048,
            window_width=4096,
            frame_bytes=code.size,
            frame_sha256=code.sha256,
        )
        row.frame.save(f"{key}.frame", ContentFile(code.data), save=False)
        row.save()
    return case


def make_test(
    *, weights_hash: str = "ab" * 32, real: int = 12, synthetic: int = 12, **fields: Any
) -> RealismTest:
    """A drawn test as rows alone; its pictures are a few bytes that no browser would take."""
    test = RealismTest.objects.create(
        seed=1,
        margin=fields.pop("margin", 0.1),
        weights_hash=weights_hash,
        generator_name="stand-in",
        licences=[{"licence": "CC BY 4.0", "source": "made up"}],
        cues={"size": 0.5, "brightness": 0.55, "contrast": 0.45, "file": 0.6},
        **fields,
    )
    for number in range(real + synthetic):
        is_real = number < real
        image = RealismImage(
            test=test,
            real=is_real,
            case=None if is_real else _bare_case(weights_hash),
            side="left",
            view="cc",
            width=1792,
            height=2304,
            pixel_mm=0.1,
            window_center=1500,
            window_width=3000,
            folder=f"realism/{test.pk}",
            frame_bytes=5,
            frame_sha256="cd" * 32,
        )
        image.frame.save(f"{image.pk}.frame", ContentFile(b"bytes"), save=False)
        image.preview.save(f"{image.pk}.png", ContentFile(b"small"), save=False)
        image.save()
    return test


def _bare_case(weights_hash: str) -> Case:
    return Case.objects.create(
        spec={"seed": 1},
        truth={},
        density="B",
        tier=1,
        positive=False,
        age_band="50-59",
        indication="screening",
        weights_hash=weights_hash,
    )
