"""A generator of a few kilobytes, and its package as members that a test may spoil."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from generation.networks.generator import Generator, GeneratorConfig
from generation.networks.weights import save_weights
from generation.packages.exporting import export_generator
from generation.packages.manifest import hash_bytes, hash_content

NOTICE = {"name": "county", "licence": "CC BY 4.0", "attribution": ["Images of County Hospital."]}
PNG = b"\x89PNG\r\n\x1a\nnot much of a picture"
Members = dict[str, bytes]


def make_weights(folder: Path, *, seed: int = 0, spoil: float | None = None) -> Path:
    """A tiny trained generator as files: weights, JSON, notice, card."""
    torch.manual_seed(seed)
    network = Generator(GeneratorConfig(widths=(4, 4), hidden=4, tail=4))
    if spoil is not None:
        with torch.no_grad():
            next(iter(network.parameters())).view(-1)[0] = spoil
    weights = folder / "generator.safetensors"
    save_weights(network, weights, record={"data": "images of County Hospital", "seed": seed})
    (folder / "notice.json").write_text(json.dumps(NOTICE))
    (folder / "generator.card.md").write_text("# Model card: County\n")
    return weights


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_weights(tmp_path_factory.mktemp("trained"))


@pytest.fixture(scope="session")
def package(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("package") / "county.zip"
    export_generator(trained, out)
    return out


@pytest.fixture
def members(package: Path) -> Members:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(members: Mapping[str, bytes], **options: Any) -> bytes:
    """Members as a zip, whatever they are; `options` are those of `zipfile.ZipFile`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def sign(members: Members, /, **said: Any) -> Members:
    """Members with a manifest that agrees with them, and says what it is told to."""
    signed = {name: data for name, data in members.items() if name != "manifest.json"}
    manifest = json.loads(members["manifest.json"])
    manifest["members"] = {name: hash_bytes(data) for name, data in signed.items()}
    manifest |= said
    manifest.pop("sha256")
    manifest["sha256"] = hash_content(manifest)
    return {**signed, "manifest.json": json.dumps(manifest).encode()}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    def write_package(data: bytes) -> Path:
        path = tmp_path / "spoilt.zip"
        path.write_bytes(data)
        return path

    return write_package
