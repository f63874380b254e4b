"""Lock files pin every version, and name neither a registry nor a folder of somebody's machine."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON_LOCKS = ("requirements.lock", "requirements-dev.lock")


def read_pins(name: str) -> dict[str, str]:
    lines = [
        line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")
    ]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines), lines
    return dict(line.lower().split("==") for line in lines)


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_python_packages_are_pinned_by_version_alone(name: str) -> None:
    assert read_pins(name)["torch"] == "2.13.0"


def test_both_lock_files_agree() -> None:
    runtime, everything = map(read_pins, PYTHON_LOCKS)
    assert runtime.items() <= everything.items()


def test_every_declared_package_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for name, declared in {
        "requirements.lock": project["dependencies"] + extras["node"],
        "requirements-dev.lock": project["dependencies"] + extras["node"] + extras["dev"],
    }.items():
        names = {re.split(r"[\[<>=]", one)[0].strip().lower() for one in declared}
        assert names <= read_pins(name).keys()


def test_node_packages_name_no_registry() -> None:
    text = (ROOT / "frontend/package-lock.json").read_text()
    assert "file:" not in text
    packages = json.loads(text)["packages"]
    assert all("version" in one for path, one in packages.items() if path)
    assert not any("resolved" in one for one in packages.values())
