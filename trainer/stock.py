"""A first stock of cases for a new site: easy to difficult, about four in ten of them normal."""

import uuid
from dataclasses import dataclass

import numpy as np

from cases.domain.requests import request_case
from cases.models import Case, CaseRequest
from generation.spec import CaseSpec

STOCK_SIZE = 24
STOCK_NAMESPACE = uuid.UUID("7d1f6f0e-5a5b-4f0e-9d0c-3b2f0a6f9c11")
FINDINGS = ("mass", "none", "calcification_group", "none", "mass")
DENSITIES = ("B", "C", "B", "A", "C", "D", "B", "C")


@dataclass(frozen=True)
class StockState:
    ready: int
    waiting: int
    failed: int
    progress: float


def stock_request_id(number: int) -> uuid.UUID:
    """The same for ever: asking for the stock again asks for nothing new."""
    return uuid.uuid5(STOCK_NAMESPACE, f"stock-{number}")


def draw_stock_spec(number: int) -> CaseSpec:
    return CaseSpec.draw(
        np.random.default_rng(np.random.SeedSequence(2026, spawn_key=(number,))),
        density=DENSITIES[number % len(DENSITIES)],
        findings=FINDINGS[number % len(FINDINGS)],
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


def read_stock_state() -> StockState:
    running = CaseRequest.objects.filter(state="running").order_by("created_at").first()
    return StockState(
        ready=Case.objects.filter(withdrawn_at=None).count(),
        waiting=CaseRequest.objects.filter(state__in=["queued", "running"]).count(),
        failed=CaseRequest.objects.filter(state="failed").count(),
        progress=running.progress if running else 0.0,
    )
