"""Normal cases of the full canvas, into which a finding can be laid."""

import uuid
from typing import Any

import numpy as np
from django.core.files.base import ContentFile

from cases.domain import claim_request, open_sandbox, store_case
from cases.frames import encode_frame
from cases.generators import default_generator
from cases.models import Case, CaseRequest, CaseView, SandboxCase
from generation.anatomy.geometry import CANVAS_PX
from generation.spec import CaseSpec
from generation.vocabulary import VIEW_KEYS
from tests.factories import cases as made_cases
from tests.generation.specs import make_spec
from trainer.accounts.models import Institution, User

LESION: dict[str, Any] = {
    "kind": "mass",
    "side": "left",
    "depth_mm": 45.0,
    "lateral_mm": 12.0,
    "superior_mm": 5.0,
    "size_mm": 12.0,
    "contrast": 1.0,
    "descriptors": {"shape": "irregular", "margin": "spiculated", "density": "high"},
    "count": None,
}


def make_normal(*, institution: Institution | None = None, **changes: Any) -> Case:
    """A normal case as the library holds it; its tissue is even, as no test looks at it."""
    spec = make_spec(seed=uuid.uuid4().int % 2**31, **changes)
    case = Case.objects.create(
        institution=institution,
        spec=spec.to_json(),
        truth={
            "density": {"left": spec.density, "right": spec.density},
            "assessment": {"left": "1", "right": "1"},
            "recall": False,
        },
        density=spec.density,
        tier=2,
        positive=False,
        age_band=spec.age_band,
        indication=spec.indication,
        weights_hash=default_generator().sha256,
    )
    height, width = CANVAS_PX
    frame = encode_frame(np.full(CANVAS_PX, 1200, np.uint16))
    for key in VIEW_KEYS:
        side, _, name = key.partition("_")
        view = CaseView(
            case=case,
            side=side,
            view=name,
            width=width,
            height=height,
            pixel_mm=0.1,
            window_center=2048,
            window_width=4096,
            frame_bytes=frame.size,
            frame_sha256=frame.sha256,
        )
        view.frame.save("frame", ContentFile(frame.data), save=False)
        view.preview.save("preview.png", ContentFile(b"PNG"), save=False)
        view.master.save("master.dcm", ContentFile(b"DICM"), save=False)
        view.save()
    return case


def make_sandbox(owner: User, base: Case | None = None) -> SandboxCase:
    return open_sandbox(sandbox_id=uuid.uuid4(), owner=owner, base=base or make_normal())


def make_placed(request: CaseRequest) -> Case:
    """What a worker would make of a request, small and quick."""
    claim = claim_request(request_id=request.pk, worker="generation@here")
    assert claim is not None
    made = made_cases.make_case(CaseSpec.from_json(claim.spec))
    return store_case(claim=claim, made=made, generator_name="shipped")
