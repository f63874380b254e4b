"""Small cases with exact truth, and readings of them, made through the real domain calls."""

import io
import uuid
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.core.files.base import ContentFile
from PIL import Image

from cases.frames import Frame, encode_frame
from cases.models import Case, CaseView, Exam, Finding, FindingView
from generation.vocabulary import VIEW_KEYS
from trainer.accounts.models import Institution, User
from trainer.reading.domain.readings import submit_reading
from trainer.reading.domain.sessions import start_session
from trainer.reading.models import Assignment, Reading, Session

WIDTH, HEIGHT, PIXEL_MM = 320, 400, 0.1
# Where the finding lies in its two views, and a place far outside its reach of 5 mm.
LESION_X, LESION_Y, LESION_RADIUS = 120, 140, 20
FAR_X, FAR_Y = 290, 370
DESCRIPTORS = {"shape": "irregular", "margin": "spiculated", "density": "high"}


def make_case(
    *,
    institution: Institution | None = None,
    lesion: bool = True,
    density: str = "B",
    **fields: Any,
) -> Case:
    """A case whose left breast holds a suspicious mass, or nothing."""
    assessment = {"left": "4" if lesion else "1", "right": "1"}
    case = Case.objects.create(
        institution=institution,
        spec={"seed": uuid.uuid4().int % 2**31},
        truth={
            "density": {"left": density, "right": density},
            "assessment": assessment,
            "recall": lesion,
            "tier": 2,
        },
        density=density,
        tier=2,
        positive=lesion,
        age_band="50-59",
        indication="screening",
        **fields,
    )
    for key in VIEW_KEYS:
        _make_view(case, key, holds_lesion=lesion and key.startswith("left"))
    if lesion:
        add_finding(case)
    return case


def add_prior(case: Case, *, years: float = 2.0) -> None:
    """The exam before, with the lesion already there."""
    case.prior_years = years
    case.save(update_fields=["prior_years"])
    for key in VIEW_KEYS:
        holds_lesion = case.positive and key.startswith("left")
        _make_view(case, key, holds_lesion=holds_lesion, exam=Exam.PRIOR)


def _make_view(case: Case, key: str, *, holds_lesion: bool, exam: Exam = Exam.CURRENT) -> None:
    side, _, name = key.partition("_")
    number = VIEW_KEYS.index(key) + (0 if exam == Exam.CURRENT else len(VIEW_KEYS))
    rng = np.random.default_rng([case.pk.int % 2**32, number])
    # Every case its own stripes: frames are told apart by their hash, and pack fast.
    base = np.tile(rng.integers(0, 4096, WIDTH, dtype=np.uint16), (HEIGHT, 1))
    pixels = np.where(lesion_mask() & holds_lesion, 4095, base).astype(np.uint16)
    frame = encode_frame(pixels)
    view = CaseView(
        case=case,
        exam=exam,
        side=side,
        view=name,
        width=WIDTH,
        height=HEIGHT,
        pixel_mm=PIXEL_MM,
        window_center=2048,
        window_width=4096,
        frame_bytes=frame.size,
        frame_sha256=frame.sha256,
    )
    view.frame.save("frame", ContentFile(frame.data), save=False)
    view.preview.save("preview.png", ContentFile(_as_png(pixels >> 4)), save=False)
    view.master.save("master.dcm", ContentFile(b"DICM"), save=False)
    if holds_lesion and exam == Exam.CURRENT:
        _add_base(view, encode_frame(base))
    view.save()


def _add_base(view: CaseView, base: Frame) -> None:
    view.base_frame.save("base", ContentFile(base.data), save=False)
    view.base_frame_bytes, view.base_frame_sha256 = base.size, base.sha256


def add_finding(
    case: Case, *, views: Sequence[str] = ("left_cc", "left_mlo"), **fields: Any
) -> Finding:
    """A suspicious mass, or what the fields make of it, in the views that show it."""
    finding = Finding.objects.create(
        case=case,
        **{
            "finding_id": "f1",
            "kind": "mass",
            "reads_as": "mass",
            "actionable": True,
            "side": "left",
            "descriptors": DESCRIPTORS,
            "assessment": "4C",
            "pathology": "malignant",
            "malignancy": 0.88,
            "clock": 2,
            "distance_from_nipple_mm": 41.5,
            "teaching": "Spiculated margins pull on the tissue around them.",
            **fields,
        },
    )
    whole = np.ones_like(lesion_mask()) if finding.group == "technique" else lesion_mask()
    for key in views:
        view = FindingView(
            finding=finding,
            key=key,
            outlines=[[[100, 140], [120, 120], [140, 140], [120, 160]]],
            centre_x=LESION_X,
            centre_y=LESION_Y,
            long_axis_mm=4.0,
            visible=True,
            dprime=None if finding.group == "technique" else 3.0,
        )
        view.mask.save("mask.png", ContentFile(_as_png(whole * 255)), save=False)
        view.save()
    return finding


def lesion_mask() -> np.ndarray[Any, np.dtype[np.bool_]]:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.asarray(np.hypot(x - LESION_X, y - LESION_Y) <= LESION_RADIUS)


def _as_png(grey: np.ndarray[Any, Any]) -> bytes:
    stored = io.BytesIO()
    Image.fromarray(grey.astype(np.uint8)).save(stored, "PNG")
    return stored.getvalue()


def make_mark(**fields: Any) -> dict[str, Any]:
    """A suspicious mark on the lesion."""
    return {
        "id": str(uuid.uuid4()),
        "view": "left_cc",
        "x": float(LESION_X),
        "y": float(LESION_Y),
        "rating": 80,
        "kind": "mass",
        "descriptors": dict(DESCRIPTORS),
        "suspicious": True,
        "link": None,
        **fields,
    }


def make_answers(**fields: Any) -> dict[str, Any]:
    """The answers that are right for a case with the lesion."""
    return {
        "density": "B",
        "breasts": {"left": {"assessment": "4"}, "right": {"assessment": "1"}},
        "recall": True,
        "marks": [make_mark()],
        **fields,
    }


def make_log() -> dict[str, Any]:
    view = {"dwell_ms": 4200.0, "seen_1to1": 0.4}
    return {"views": dict.fromkeys(VIEW_KEYS, view), "first_mark_ms": 900.0, "total_ms": 20_000.0}


def open_session(reader: User) -> Session:
    membership = reader.memberships.select_related("institution").order_by("pk")[0]
    return start_session(reader=reader, institution=membership.institution, mode="practice")


def assign_case(reader: User, case: Case) -> Assignment:
    """Give a reader this very case, as the next of the open session."""
    session = open_session(reader)
    why = {"competency": "mass", "label": "Masses", "text": "Fits you.", "predicted": 0.80123}
    return Assignment.objects.create(
        session=session, case=case, position=session.assignments.count() + 1, why=why
    )


def read_case(reader: User, case: Case, **answers: Any) -> Reading:
    """Assign the case and submit answers, by default the right ones."""
    return submit_reading(
        assignment=assign_case(reader, case),
        key=uuid.uuid4(),
        answers=make_answers(**answers),
        log=make_log(),
    ).reading
