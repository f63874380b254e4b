"""Where the images of a case are fetched, as values for the serializers."""

from typing import Any

from django.urls import reverse

from cases.frames import ENCODING
from cases.models import Case, CaseView, Exam


def describe_case(case: Case) -> dict[str, Any]:
    """What may be told of a case before it is read."""
    return {
        "id": case.pk,
        "age_band": case.age_band,
        "indication": case.indication,
        "views": describe_views(case),
        "prior": _describe_prior(case),
    }


def describe_views(case: Case) -> list[dict[str, Any]]:
    """The four images that are read."""
    return [_describe_view(view) for view in case.current_views]


def _describe_prior(case: Case) -> dict[str, Any] | None:
    views = case.prior_views
    if not views:
        return None
    return {"years_before": case.prior_years, "views": [_describe_view(view) for view in views]}


def describe_base_frames(case: Case) -> dict[str, Any]:
    """The images without the findings, for the views that hold one."""
    return {
        view.key: _frame(view, view.base_frame_sha256, view.base_frame_bytes)
        for view in case.current_views
        if view.base_frame and view.base_frame_bytes is not None
    }


def _describe_view(view: CaseView) -> dict[str, Any]:
    return {
        "key": view.key,
        "side": view.side,
        "view": view.view,
        "width": view.width,
        "height": view.height,
        "pixel_mm": view.pixel_mm,
        "window": {"center": view.window_center, "width": view.window_width},
        "frame": _frame(view, view.frame_sha256, view.frame_bytes),
        "preview_url": _preview_url(view),
    }


def _preview_url(view: CaseView) -> str:
    address = reverse("preview", args=[view.case_id, view.key])
    return address if view.exam == Exam.CURRENT else f"{address}?exam={view.exam}"


def _frame(view: CaseView, sha256: str, size: int) -> dict[str, Any]:
    return {
        "url": f"{reverse('frame', args=[sha256])}?case={view.case_id}",
        "bytes": size,
        "sha256": sha256,
        "encoding": ENCODING,
    }
