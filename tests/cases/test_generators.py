"""Which generator draws a case: the chosen one, the default, or none, with the reason."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from cases.domain import generate_case, retry_request
from cases.errors import GeneratorError
from cases.generators import default_generator, find_installed, installed_generators
from cases.models import CaseRequest
from generation.packages.registry import SHIPPED_WEIGHTS, InstalledGenerator
from generation.spec import CaseSpec
from tests.factories.cases import make_case, make_request
from tests.factories.generators import install_generator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings: Settings, tmp_path: Path) -> Path:
    settings.GENERATORS_DIR = tmp_path / "generators"
    return tmp_path / "generators"


def generate(request: CaseRequest) -> list[InstalledGenerator]:
    """Let a worker try the request; the generators that it drew with."""
    used = []

    def draw(spec: CaseSpec, generator: InstalledGenerator, progress: Any) -> Any:
        used.append(generator)
        return make_case(spec)

    generate_case(request_id=request.pk, worker="generation@here", synthesise=draw)
    request.refresh_from_db()
    return used


def test_the_default_is_the_shipped_one_unless_the_settings_name_another(
    site: Path, settings: Settings, tmp_path: Path
) -> None:
    sha256 = install_generator(site, "ours")
    assert default_generator().weights == SHIPPED_WEIGHTS
    for wanted in ("ours", sha256, str(site / "ours.0123456789ab" / "generator.safetensors")):
        settings.GENERATION_WEIGHTS = wanted
        assert (default_generator().name, default_generator().sha256) == ("ours", sha256)
        assert [each.name for each in installed_generators()] == ["ours", "parenchyma"]
    for wanted, said in (("gone", "no generator “gone” here"), ("/gone/x", "x.json, which")):
        settings.GENERATION_WEIGHTS = wanted
        with pytest.raises(GeneratorError, match=f"default generator cannot be used: .*{said}"):
            default_generator()
        assert [each.name for each in installed_generators()] == ["parenchyma", "ours"]


def test_a_chosen_generator_draws_the_case_and_is_remembered(site: Path) -> None:
    install_generator(site, "ours")
    request = make_request(generator=find_installed("ours"))
    (used,) = generate(request)
    assert used == find_installed("ours")
    assert request.case is not None
    assert request.case.generator_name == "ours"


def test_without_a_choice_the_default_at_that_time_draws_it(site: Path, settings: Settings) -> None:
    install_generator(site, "ours")
    request = make_request()
    settings.GENERATION_WEIGHTS = "ours"
    (used,) = generate(request)
    assert used.name == "ours"


def test_a_chosen_generator_draws_it_though_the_default_is_another(
    site: Path, settings: Settings
) -> None:
    install_generator(site, "ours")
    request = make_request(generator=find_installed("parenchyma"))
    settings.GENERATION_WEIGHTS = "ours"
    (used,) = generate(request)
    assert used.shipped


def test_a_generator_removed_meanwhile_fails_the_request_until_it_is_back(site: Path) -> None:
    sha256 = install_generator(site, "ours")
    request = make_request(generator=find_installed("ours"))
    shutil.rmtree(site)
    assert generate(request) == []
    assert (request.state, request.attempt, request.case) == ("failed", 1, None)
    assert request.reason.startswith(f"The generator “ours” (weights {sha256[:12]}…) with which")
    install_generator(site, "theirs", sha256=sha256)
    retry_request(request=request)
    (used,) = generate(request)
    assert (request.state, used.name) == ("done", "theirs")


def test_another_generator_of_that_name_is_not_the_one_that_was_chosen(site: Path) -> None:
    install_generator(site, "ours")
    request = make_request(generator=find_installed("ours"))
    shutil.rmtree(site)
    install_generator(site, "ours", package="ba9876543210")
    assert generate(request) == []
    assert request.state == "failed"
    assert "Install it again" in request.reason


def test_a_default_that_is_not_there_fails_the_request_in_words(settings: Settings) -> None:
    settings.GENERATION_WEIGHTS = "gone"
    request = make_request()
    assert generate(request) == []
    assert request.state == "failed"
    assert request.reason.startswith("The site's default generator cannot be used: There is no")
