"""The sandbox as values for its serializers."""

from base64 import b64encode
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.frames import ENCODING
from cases.models import Case, SandboxCase
from cases.placed import read_lesion, read_placed
from cases.queries.previews import Preview, ViewPreview, expect_tier, preview_lesion
from generation.lesions import REGISTRY
from generation.lesions.finding import Finding
from generation.plausibility import CONTRAST_RANGE, COUNT_RANGE
from generation.population.placing import list_placeable, list_words
from generation.population.wishes import complete_words
from generation.preview import is_at_once
from trainer.api.images import describe_case
from trainer.api.vocabulary import GROUP_LABELS

NOTHING = Preview(True, (), {})


def describe_kinds() -> list[dict[str, Any]]:
    """The kinds that can be placed, with their words in the language in use."""
    return [_describe_kind(finding) for finding in list_placeable()]


def _describe_kind(finding: Finding) -> dict[str, Any]:
    offered = list_words(finding)
    counted = any(finding.count(words) is not None for words in complete_words(finding, {}))
    return {
        "key": finding.key,
        "label": _(finding.label),
        "group_label": _(GROUP_LABELS[finding.group]),
        "at_once": is_at_once(finding.key),
        "size_mm": finding.size_mm,
        "size_means": _(finding.size_means),
        "contrast": CONTRAST_RANGE,
        "count": COUNT_RANGE if counted else None,
        "descriptors": [
            {
                "key": part.key,
                "label": _(part.label),
                "values": [
                    {"key": value.key, "label": _(value.label)}
                    for value in part.values
                    if value.key in offered[part.key]
                ],
            }
            for part in finding.descriptors
        ],
    }


def describe_woman(case: Case) -> dict[str, Any]:
    return {
        "pk": case.pk,
        "age_band": case.age_band,
        "density": case.density,
        "read_at": getattr(case, "read_at", None),
        "preview_url": reverse("preview", args=[case.pk, "left_mlo"]),
    }


def describe_row(sandbox: SandboxCase) -> dict[str, Any]:
    lesion = read_lesion(sandbox)
    return {
        **describe_woman(sandbox.base),
        "id": sandbox.pk,
        "woman": sandbox.base_id,
        "kind_label": None if lesion is None else _(REGISTRY[lesion.kind].label),
        "side": sandbox.side,
        "updated_at": sandbox.updated_at,
        "withdrawn": sandbox.base.withdrawn_at is not None,
        "preview_url": reverse("preview", args=[sandbox.base_id, f"{sandbox.side}_mlo"]),
    }


def describe_sandbox(sandbox: SandboxCase) -> dict[str, Any]:
    """A sandbox case with its images and what is placed in it."""
    case = replace_prior(describe_case(sandbox.base))
    return {**describe_row(sandbox), "case": case, "preview": describe_preview(sandbox)}


def replace_prior(case: dict[str, Any]) -> dict[str, Any]:
    """Without the exam before: what is made in the sandbox has none."""
    return {**case, "prior": None}


def describe_preview(sandbox: SandboxCase) -> dict[str, Any]:
    """The finding as it stands, what it changes at once, and how hard the case should be."""
    lesion = read_lesion(sandbox)
    shown = NOTHING if lesion is None else preview_lesion(sandbox.base, lesion)
    return {
        "revision": sandbox.revision,
        "side": sandbox.side,
        "lesion": sandbox.lesion,
        "at_once": shown.at_once,
        "views": [_describe_view(view) for view in shown.views],
        "places": shown.places,
        "expected": expect_tier(read_placed(sandbox)),
    }


def _describe_view(view: ViewPreview) -> dict[str, Any]:
    return {
        "key": view.key,
        "x": view.x,
        "y": view.y,
        "width": view.width,
        "height": view.height,
        "pixels": b64encode(view.frame.data).decode(),
        "encoding": ENCODING,
        "outlines": view.outlines,
    }
