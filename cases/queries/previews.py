"""What a finding does to a stored normal case, at once: in the web process, on numpy alone."""

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from cases.errors import NoVariantError
from cases.frames import Frame, FrameError, decode_frame, encode_frame
from cases.models import Case, CaseView, Exam
from cases.outlines import Polygon, trace_outlines
from cases.placed import read_woman
from generation.difficulty import TIERS, Hardness, expect_hardness
from generation.preview import (
    DrawnBreast,
    Patch,
    find_places,
    is_at_once,
    move_to,
    open_breast,
    preview_finding,
)
from generation.spec import CaseSpec, LesionSpec

# Of a breast and its anatomy about 45 MB stay in the process.
KEPT_BREASTS = 4
_opening = Lock()


@dataclass(frozen=True)
class ViewPreview:
    """What a finding changes of one view: a frame to lay over it at (x, y), and its outline."""

    key: str
    x: int
    y: int
    width: int
    height: int
    frame: Frame
    outlines: list[Polygon]


@dataclass(frozen=True)
class Expected:
    """How hard a case is expected to be before it is made: its tier, and one deviation around."""

    tier: int
    low: int
    high: int


@dataclass(frozen=True)
class Preview:
    """A finding as it shows at once.

    at_once: False where the network has to draw it, and there are no views.
    places: (x, y) px of its centre by view key.
    """

    at_once: bool
    views: tuple[ViewPreview, ...]
    places: dict[str, tuple[float, float]]


def preview_lesion(base: Case, lesion: LesionSpec) -> Preview:
    """What a finding that can be made changes of a case's images.

    Raises:
        NoVariantError: if the images of the case cannot be read.
    """
    breast = open_base(base, lesion.side)
    places = {f"{lesion.side}_{view}": xy for view, xy in find_places(breast, lesion).items()}
    if not is_at_once(lesion.kind):
        return Preview(False, (), places)
    shown = preview_finding(breast, lesion)
    views = (_show(f"{lesion.side}_{view}", patch) for view, patch in shown.items())
    return Preview(True, tuple(views), places)


def point_at(base: Case, lesion: LesionSpec, key: str, point_px: tuple[float, float]) -> LesionSpec:
    """The finding moved to a point of one view of its breast; the other view keeps its say."""
    return move_to(open_base(base, lesion.side), lesion, key.split("_")[1], point_px)


def expect_tier(spec: CaseSpec) -> Expected:
    """How hard a case is expected to be before it is made."""
    hardness, deviation = expect_hardness(spec)
    ends = [Hardness(hardness.value + step * deviation, hardness.cuts).tier for step in (-1, 1)]
    return Expected(hardness.tier, max(ends[0], TIERS[0]), min(ends[1], TIERS[-1]))


def open_base(base: Case, side: str) -> DrawnBreast:
    """One breast of a normal case with its anatomy; kept for the next look at it."""
    # Two requests at once, as a held key makes them, must not draw the anatomy twice.
    with _opening:
        return _open(base.pk, side)


@lru_cache(maxsize=KEPT_BREASTS)
def _open(case_id: UUID, side: str) -> DrawnBreast:
    case = Case.objects.get(pk=case_id)
    views = CaseView.objects.filter(case=case, exam=Exam.CURRENT, side=side)
    try:
        stored = {view.view: _read(view) for view in views}
    except (OSError, FrameError) as error:
        raise NoVariantError(f"The images of this case cannot be read: {error}") from error
    return open_breast(read_woman(case), side, stored)


def _read(view: CaseView) -> NDArray[np.uint16]:
    with view.frame.open("rb") as stored:
        return decode_frame(stored.read(), width=view.width, height=view.height)


def _show(key: str, patch: Patch) -> ViewPreview:
    height, width = patch.pixels.shape
    outlines = [
        [(x + patch.x, y + patch.y) for x, y in polygon] for polygon in trace_outlines(patch.mask)
    ]
    return ViewPreview(key, patch.x, patch.y, width, height, encode_frame(patch.pixels), outlines)
