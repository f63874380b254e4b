"""A site's own real images: taken in for the reader test and nothing else, and removed again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import numpy as np
from django.db import transaction
from django.utils import timezone

from cases.domain.files import delete_folder, files_kept_on_success, write_file
from cases.frames import encode_frame
from generation.realism.framing import View, open_real
from generation.realism.gathering import open_folder
from generation.training.dicom import ImageError
from generation.training.images import RealImage as RealFile
from generation.training.layouts import LayoutError
from generation.vocabulary import DENSITIES, term_keys
from trainer.realism.errors import RealImagesError
from trainer.realism.models import RealImage, RealImport, RealismImage, RealismTest

ROOT = "real"
FULL_SCALE = 4095
SHOWS_SOMETHING = "it shows a finding: the test compares tissue without one"
KNOWN_ALREADY = "it is here already"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Imported:
    """What became of a folder: the import, None where nothing was taken in, and why not."""

    batch: RealImport | None
    left_out: Counter[str]


def import_real_images(
    *, folder: Path, licence: str, source: str, acknowledged: bool, say: Say
) -> Imported:
    """Take in the images of a folder that show no finding, without anything that names anybody.

    All of them or none: files go again when the rows do not come.

    Raises:
        RealImagesError: if the licence is not stated and acknowledged, or the folder is none that
            is understood.
    """
    if not licence.strip() or not source.strip():
        raise RealImagesError("Say under which licence the images are, and where they come from.")
    if not acknowledged:
        raise RealImagesError(
            "Nothing was imported: real images may be shown to readers only where whoever runs the "
            "site declares, with --i-may-show-them, that their licence allows it."
        )
    try:
        layout = open_folder(folder)
    except LayoutError as error:
        raise RealImagesError(str(error)) from error
    batch = RealImport(
        licence=licence.strip(),
        source=source.strip(),
        layout=layout.name,
        acknowledged=True,
        images=0,
    )
    left_out = Counter(skipped.reason for skipped in layout.skipped)
    place = f"{ROOT}/{batch.pk}"
    with files_kept_on_success(place):
        rows = list(_take_in(batch, layout.images, place, left_out, say))
        if rows:
            batch.images = len(rows)
            with transaction.atomic():
                batch.save(force_insert=True)
                RealImage.objects.bulk_create(rows)
    return Imported(batch if rows else None, left_out)


def _take_in(
    batch: RealImport,
    files: tuple[RealFile, ...],
    place: str,
    left_out: Counter[str],
    say: Say,
) -> Iterator[RealImage]:
    known = set(RealImage.objects.values_list("grey_sha256", flat=True))
    women: dict[str, int] = {}
    for number, file in enumerate(files, start=1):
        say(f"image {number} of {len(files)}")
        if file.category != "normal":
            left_out[SHOWS_SOMETHING] += 1
            continue
        try:
            view, storage = open_real(file)
        except ImageError as error:
            left_out[str(error)] += 1
            continue
        row = _make_row(batch, file, view, place, known)
        if row is None:
            left_out[KNOWN_ALREADY] += 1
            continue
        row.woman = women.setdefault(file.patient or str(uuid4()), len(women) + 1)
        row.storage, row.extent = storage.to_json(), view.extent.to_json()
        yield row


def _make_row(
    batch: RealImport, file: RealFile, view: View, place: str, known: set[str]
) -> RealImage | None:
    """Write the greys of a view, black where no breast is; None where they are here already."""
    greys = np.round(np.where(view.near, view.grey, 0) * FULL_SCALE).astype(np.uint16)
    frame = encode_frame(greys)
    if frame.sha256 in known:
        return None
    known.add(frame.sha256)
    row_id = uuid4()
    return RealImage(
        id=row_id,
        batch=batch,
        side=file.side,
        view=file.view,
        # Some data sets write a dash where they know none.
        density=file.density if file.density in term_keys(DENSITIES) else "",
        height=greys.shape[0],
        width=greys.shape[1],
        grey=write_file(place, f"{row_id}.grey", frame.data),
        grey_sha256=frame.sha256,
        folder=place,
    )


def remove_real_images() -> int:
    """Remove every real image, and the tests' pictures with them; answers stay, as figures.

    Returns:
        how many real images there were.
    """
    now = timezone.now()
    with transaction.atomic():
        folders = set(RealImage.objects.values_list("folder", flat=True))
        count, _ = RealImage.objects.all().delete()
        RealImport.objects.filter(removed_at=None).update(removed_at=now)
        tests = RealismTest.objects.filter(removed_at=None)
        shown = RealismImage.objects.filter(test__in=tests)
        folders |= set(shown.exclude(folder="").values_list("folder", flat=True))
        shown.update(folder="", frame="", preview="")
        tests.filter(closed_at=None).update(closed_at=now)
        tests.update(removed_at=now)
        for folder in sorted(folders):
            transaction.on_commit(partial(delete_folder, folder))
    return count
