"""A first stock of cases for a new site: easy to difficult, four in ten of them to leave alone."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from cases.domain.requests import request_case
from cases.models import CaseRequest
from cases.queries import ready_cases
from generation.spec import CaseSpec
from trainer.learning.queries.forms import for_form_q, in_form_q

STOCK_NAMESPACE = uuid.UUID("7d1f6f0e-5a5b-4f0e-9d0c-3b2f0a6f9c11")

Wishes = Mapping[str, Any]


def _lesion(kind: str, density: str, **more: Any) -> Wishes:
    return {"findings": kind, "actionable": True, "density": density, **more}


def _harmless(kind: str, density: str, **more: Any) -> Wishes:
    return {"findings": kind, "actionable": False, "density": density, **more}


def _normal(density: str, **more: Any) -> Wishes:
    return {"findings": "none", "density": density, **more}


_SPICULATED: Final = {"descriptors": {"margin": "spiculated"}}
# The first four are easy, and among the quickest to make: a new reader starts with them. Then
# the chapters take turns, towards denser breasts and fainter lesions. A third come with an exam
# before, lesions and others in about the proportion of the whole, so that it gives nothing away.
STOCK: Final[tuple[Wishes, ...]] = (
    _lesion("mass", "B", size_mm=16.0, contrast=1.3, **_SPICULATED),
    _normal("A"),
    _lesion("calcification_group", "B", contrast=1.3),
    _normal("B"),
    _lesion("mass", "C", prior=True),
    _harmless("cyst", "B"),
    _lesion("architectural_distortion", "B", contrast=1.3),
    _normal("C", prior=True),
    _lesion("mass", "A", size_mm=7.0),
    _harmless("asymmetry", "B", descriptors={"type": "focal"}, prior=True),
    _normal("C"),
    _lesion("calcification_group", "C", prior=True),
    _harmless("scar", "B"),
    _lesion("mass", "C", **_SPICULATED),
    _harmless("fibroadenoma", "C", prior=True),
    _normal("D"),
    _lesion("mass", "D"),
    _lesion("calcification_group", "D"),
    _lesion("architectural_distortion", "C", prior=True),
    _harmless("intramammary_node", "B"),
    _lesion("asymmetry", "B", descriptors={"type": "developing"}, prior=True),
    _lesion("calcification_group", "C", contrast=0.8, descriptors={"morphology": "amorphous"}),
    _lesion("mass", "B", size_mm=8.0, contrast=0.8),
    _lesion("asymmetry", "C", descriptors={"type": "developing"}, prior=True),
)
STOCK_SIZE: Final = len(STOCK)


@dataclass(frozen=True)
class LibraryState:
    ready: int
    waiting: int
    failed: int
    progress: float


def stock_request_id(number: int) -> uuid.UUID:
    """The same for ever: asking for the stock again asks for nothing new."""
    return uuid.uuid5(STOCK_NAMESPACE, f"stock-{number}")


def draw_stock_spec(number: int) -> CaseSpec:
    """A case of the stock; beyond its size the same plan goes round again, with other women."""
    return CaseSpec.draw(
        np.random.default_rng(np.random.SeedSequence(2026, spawn_key=(number,))),
        **{"prior": False, **STOCK[number % STOCK_SIZE]},
        seed=20_260_000 + number,
    )


def request_stock(*, size: int = STOCK_SIZE) -> int:
    """Ask for what of the stock was never asked for; returns how many cases that is."""
    wanted = {stock_request_id(number): number for number in range(size)}
    known = set(CaseRequest.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    missing = [
        (request_id, number) for request_id, number in wanted.items() if request_id not in known
    ]
    for request_id, number in missing:
        request_case(request_id=request_id, spec=draw_stock_spec(number))
    return len(missing)


def read_library_state() -> LibraryState:
    """How far the stock is; what is made for test sets is no part of it."""
    requests = CaseRequest.objects.exclude(for_form_q())
    running = requests.filter(state="running").order_by("created_at").first()
    return LibraryState(
        ready=ready_cases().filter(~in_form_q()).count(),
        waiting=requests.filter(state__in=["queued", "running"]).count(),
        failed=requests.filter(state="failed").count(),
        progress=running.progress if running else 0.0,
    )
