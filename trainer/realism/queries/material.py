"""What a test can be drawn from: real images, and views of cases that nobody knows."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from numpy.typing import NDArray

from cases.frames import decode_frame
from cases.models import Case, CaseView, SandboxCase
from generation.realism.cutting import Extent
from generation.realism.framing import FULL_SCALE, Storage, View, find_view, open_drawn
from generation.training.dicom import ImageError
from trainer.learning.queries.forms import in_form_q
from trainer.reading.models import Assignment, CaseNote
from trainer.realism.models import RealImage

# Of the drawn views, for each that is wanted: the more there are, the more alike the pairs.
CANDIDATES = 3


@dataclass(frozen=True)
class DrawnView:
    """A view of a case without a finding in it, and the extent of its breast."""

    row: CaseView
    density: str
    extent: Extent


def list_real() -> list[RealImage]:
    return list(RealImage.objects.select_related("batch").order_by("batch", "woman", "pk"))


def open_real_image(image: RealImage) -> tuple[View, Storage]:
    """A stored real image, and how drawn views are to be stored.

    Raises:
        ImageError: if no breast is seen.
    """
    greys = _read(image.grey, image.width, image.height)
    view = find_view(greys.astype(np.float32) / np.float32(FULL_SCALE))
    return view, Storage.from_json(image.storage)


def open_case_view(row: CaseView, storage: Storage) -> View:
    """A drawn view as it comes back from a file like a real one.

    Raises:
        ImageError: if no breast is seen.
    """
    pixels = _read(str(row.frame.name), row.width, row.height)
    return open_drawn(pixels, side=row.side, storage=storage)


def _read(name: str, width: int, height: int) -> NDArray[np.uint16]:
    with default_storage.open(name, "rb") as opened:
        return decode_frame(opened.read(), width=width, height=height)


def unknown_cases() -> QuerySet[Case]:
    """Cases that nobody was given, keeps a note of or has opened to place something in."""
    return (
        Case.objects.filter(withdrawn_at=None)
        .exclude(in_form_q())
        .exclude(pk__in=Assignment.objects.values("case"))
        .exclude(pk__in=CaseNote.objects.values("case"))
        .exclude(pk__in=SandboxCase.objects.values("base"))
    )


def find_drawn(
    weights_hash: str,
    *,
    kinds: set[tuple[str, str]],
    count: int,
    rng: np.random.Generator,
) -> list[DrawnView]:
    """Views by these weights of the sides and views wanted, one of each of up to so many women.

    Only of cases that nobody knows: one that a reader knows would tell itself.
    """
    unknown = unknown_cases().filter(weights_hash=weights_hash, institution=None, variant_of=None)
    cases = list(unknown.prefetch_related("views").order_by("created_at", "pk"))
    found: list[DrawnView] = []
    for index in rng.permutation(len(cases)):
        if len(found) >= CANDIDATES * count:
            break
        found += _pick_view(cases[int(index)], kinds, rng)
    return found


def _pick_view(
    case: Case, kinds: set[tuple[str, str]], rng: np.random.Generator
) -> Iterator[DrawnView]:
    rows = [row for row in _plain_views(case) if (row.side, row.view) in kinds]
    if not rows:
        return
    row = rows[int(rng.integers(len(rows)))]
    try:
        extent = open_case_view(row, Storage(row.pixel_mm, None, mirrored=False)).extent
    except ImageError:
        return
    yield DrawnView(row, case.density, extent)


def _plain_views(case: Case) -> list[CaseView]:
    """The views in which the case shows nothing: no finding, fault of technique or artefact."""
    shown = {key for finding in case.truth.get("findings", ()) for key in finding["views"]}
    return [row for row in case.current_views if row.key not in shown]
