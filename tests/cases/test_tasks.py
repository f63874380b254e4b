"""The tasks themselves, run in this process with the real generation code behind them."""

import sys
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from cases.domain import store_case
from cases.generators import find_installed
from cases.models import Case, WorkerHeartbeat
from cases.tasks import generate, sweep
from tests.cases.domain.test_leases import expire
from tests.factories import cases as factories
from tests.factories.cases import make_claim, make_request
from tests.factories.generators import install_generator
from trainer.celery import app

pytestmark = pytest.mark.django_db


def test_both_are_known_by_the_names_that_others_send() -> None:
    assert {"cases.generate", "cases.sweep"} <= set(app.tasks)
    assert app.conf.beat_schedule["sweep-requests"]["task"] == sweep.name
    assert generate.acks_late


def test_truncated_weights_fail_the_request_in_words(settings: Settings, tmp_path: Path) -> None:
    from generation.networks.weights import DEFAULT_WEIGHTS

    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(DEFAULT_WEIGHTS.read_bytes()[:1000])
    cut.with_suffix(".json").write_text(DEFAULT_WEIGHTS.with_suffix(".json").read_text())
    settings.GENERATION_WEIGHTS = str(cut)
    request = make_request()
    generate.run(str(request.pk))
    request.refresh_from_db()
    assert request.state == "failed"
    assert request.reason.startswith("The weights cut.safetensors are damaged or incomplete")
    assert not Case.objects.exists()


def test_missing_weights_fail_the_request_in_words(settings: Settings, tmp_path: Path) -> None:
    settings.GENERATION_WEIGHTS = str(tmp_path / "none.safetensors")
    request = make_request()
    generate.run(str(request.pk))
    request.refresh_from_db()
    assert (request.state, request.attempt) == ("failed", 1)
    assert "none.json" in request.reason
    assert "Traceback" not in request.reason


def test_what_a_reader_waits_for_is_made_first(settings: Settings, tmp_path: Path) -> None:
    settings.GENERATION_WEIGHTS = str(tmp_path / "none.safetensors")
    spec = factories.draw_spec()
    case = store_case(
        claim=make_claim(make_request(spec)), made=factories.make_case(spec), generator_name=""
    )
    stock, waited_for = make_request(), make_request(variant_of=case, variant="density-D")
    generate.run(str(stock.pk))
    stock.refresh_from_db()
    waited_for.refresh_from_db()
    assert waited_for.finished_at is not None
    assert stock.finished_at is not None
    assert waited_for.finished_at < stock.finished_at


def test_a_chosen_generator_is_the_one_that_is_loaded(settings: Settings, tmp_path: Path) -> None:
    from generation.networks.weights import FORMAT

    settings.GENERATORS_DIR = tmp_path
    install_generator(tmp_path, "ours", sha256="ab" * 32, format=FORMAT)
    request = make_request(generator=find_installed("ours"))
    generate.run(str(request.pk))
    request.refresh_from_db()
    assert (request.state, request.attempt) == ("failed", 1)
    assert request.reason.startswith("The weights generator.safetensors are damaged or incomplete")
    assert "generator.json says abababababab" in request.reason


def test_weights_exchanged_under_a_running_worker_fail_the_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As where the process has loaded others from that path: the case would tell a wrong origin.
    monkeypatch.setattr(
        "generation.synthesis.synthesise", lambda spec, **_: factories.make_case(spec)
    )
    request = make_request()
    generate.run(str(request.pk))
    request.refresh_from_db()
    assert request.state == "failed"
    assert request.reason == (
        "The weights of “parenchyma” were exchanged under a running worker: restart it."
    )
    assert not Case.objects.exists()


def test_a_network_that_cannot_be_loaded_fails_the_request_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As where torch is missing or broken: Python refuses to load what needs it.
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "generation.synthesis", raising=False)
    request = make_request()
    generate.run(str(request.pk))
    request.refresh_from_db()
    assert (request.state, request.attempt) == ("failed", 1)
    assert request.reason.startswith("The software that makes cases cannot be loaded")
    assert "torch" in request.reason
    assert not Case.objects.exists()


def test_sweep_looks_after_requests_and_workers() -> None:
    request = make_request()
    expire(make_claim(request))
    sweep.run()
    request.refresh_from_db()
    assert request.state == "queued"
    assert not WorkerHeartbeat.objects.exists()
