"""docker-compose.yml says what the other tests run, and nothing that the settings do not read."""

import re
import subprocess
from typing import Any

import pytest
import yaml

from tests.system.site import ROOT
from trainer.processes import COMMANDS

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())[
    "services"
]
OF_THE_SITE = {name: one for name, one in SERVICES.items() if one["image"] == "parenchyma"}
READ_BY_LIBRARIES = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_commands_are_the_tested_ones(name: str) -> None:
    assert SERVICES[name]["command"] == COMMANDS[name].replace("HOST:PORT", "0.0.0.0:8000")


def test_one_of_two_profiles_makes_cases() -> None:
    on_gpu, on_cpu = SERVICES["worker-generation"], SERVICES["worker-generation-cpu"]
    assert (on_gpu["profiles"], on_cpu["profiles"]) == (["gpu"], ["cpu"])
    assert on_gpu["command"] == on_cpu["command"]
    assert on_gpu["environment"]["GENERATION_DEVICE"] == "cuda"
    (device,) = on_gpu["deploy"]["resources"]["reservations"]["devices"]
    assert device == {"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}
    assert "deploy" not in on_cpu


def test_every_lasting_service_has_a_health_check() -> None:
    lasting = SERVICES.keys() - {"migrate"}
    assert lasting == {name for name, one in SERVICES.items() if "healthcheck" in one}


@pytest.mark.parametrize("name", ["worker-generation", "worker-generation-cpu", "worker-default"])
def test_each_worker_is_judged_by_its_own_signs_of_life(name: str) -> None:
    queue = SERVICES[name]["command"].split("--queues ")[1].split()[0]
    check = SERVICES[name]["healthcheck"]["test"]
    assert check[-3:] == ["worker_alive", queue, "--here"]
    assert f"--hostname {queue}@%h" in SERVICES[name]["command"]


def test_everything_waits_for_the_migrated_database() -> None:
    for name in OF_THE_SITE.keys() - {"migrate"}:
        assert SERVICES[name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }


def test_data_lies_in_volumes() -> None:
    assert all(one["volumes"] == ["data:/data"] for one in OF_THE_SITE.values())
    assert SERVICES["postgres"]["volumes"] == ["postgres:/var/lib/postgresql/data"]
    assert SERVICES["redis"]["volumes"] == ["redis:/data"]


def test_the_settings_read_every_variable() -> None:
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', (ROOT / "trainer/settings.py").read_text()))
    for name, one in OF_THE_SITE.items():
        assert one["environment"].keys() - READ_BY_LIBRARIES <= read, name


def test_the_guide_lists_every_variable() -> None:
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', (ROOT / "trainer/settings.py").read_text()))
    guide = (ROOT / "docs/operating.md").read_text()
    assert {name for name in read if f"`{name}`" not in guide} == set()


def test_compose_itself_accepts_the_file() -> None:
    """Where the compose client is installed; elsewhere the tests above have to do."""
    try:
        present = subprocess.run(["docker", "compose", "version"], capture_output=True)
    except FileNotFoundError:
        return
    if present.returncode:
        return
    subprocess.run(
        ["docker", "compose", "--profile", "gpu", "--profile", "cpu", "config", "--quiet"],
        cwd=ROOT,
        check=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "SECRET_KEY": "x", "POSTGRES_PASSWORD": "x"},
    )
