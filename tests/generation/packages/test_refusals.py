"""A package that is not what it should be is refused with the reason, and nothing is left of it."""

import io
import json
import pickle
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generation.packages import archive
from generation.packages import members as limits
from generation.packages.archive import read_archive
from generation.packages.exporting import export_generator
from generation.packages.installing import install_package
from generation.packages.manifest import check_manifest, hash_bytes
from generation.packages.members import PackageError
from tests.generation.packages.conftest import PNG, Members, make_weights, pack, sign

Write = Callable[[bytes], Path]


def refuse(file: Path, reason: str, **options: Any) -> None:
    """The package is refused for the reason, in one sentence, and no trace of it is left."""
    into = file.parent / "site" / "generators"
    with pytest.raises(PackageError, match=reason) as refused:
        install_package(file, into, **options)
    assert "\n" not in str(refused.value)
    assert not into.parent.exists()


def edit(data: bytes, **changes: Any) -> bytes:
    return json.dumps({**json.loads(data), **changes}).encode()


def test_a_truncated_file(package: Path, write: Write) -> None:
    data = package.read_bytes()
    for length in (0, 1, 10, len(data) // 2, len(data) - 1):
        refuse(write(data[:length]), "damaged or no package")


def test_a_file_that_is_something_else(write: Write) -> None:
    refuse(write(b"GIF89a and so on" * 100), "damaged or no package")


def test_a_flipped_bit_of_a_member(package: Path, members: Members, write: Write) -> None:
    data = bytearray(package.read_bytes())
    data[data.index(members["generator.safetensors"]) + 2000] ^= 1
    refuse(write(bytes(data)), "damaged or no package at all .*CRC")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255), length=st.integers(1, 8))
def test_any_change_is_refused_or_changes_nothing(
    package: Path, members: Members, place: float, value: int, length: int
) -> None:
    data = bytearray(package.read_bytes())
    # The directory at the end is where a reader of zips is most easily led astray.
    start = int(place * len(data)) if value % 2 else int(len(data) - place * 900) - length
    data[start : start + length] = bytes([value]) * length
    try:
        read = read_archive(bytes(data))
        check_manifest(read)
    except PackageError:
        return
    assert read == members


def test_without_a_manifest_it_is_unsigned(members: Members, write: Write) -> None:
    del members["manifest.json"]
    refuse(write(pack(members)), "It is unsigned")


@pytest.mark.parametrize("changed", [{"licence": "none"}, {"sha256": "ab" * 32}, {"sha256": None}])
def test_a_manifest_that_was_edited(
    members: Members, write: Write, changed: dict[str, Any]
) -> None:
    members["manifest.json"] = edit(members["manifest.json"], **changed)
    refuse(write(pack(members)), "not signed rightly")


def test_a_member_that_was_exchanged(members: Members, write: Write) -> None:
    members["generator.card.md"] += b"It may be used for diagnosis."
    refuse(write(pack(members)), "generator.card.md is damaged")


def test_a_member_that_nobody_signed(members: Members, write: Write) -> None:
    members["generator.audit.json"] = b"{}"
    refuse(write(pack(members)), "names other members than it holds")


@pytest.mark.parametrize(
    "missing", ["generator.safetensors", "generator.json", "generator.card.md"]
)
def test_a_missing_member(members: Members, write: Write, missing: str) -> None:
    del members[missing]
    refuse(write(pack(sign(members))), f"It holds no {missing}")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"members": []}, "manifest is incomplete"),
        ({"condition": None}, "manifest is incomplete"),
        ({"licence": " "}, "names no licence"),
        ({"licence": 4}, "names no licence"),
        ({"attribution": []}, "nobody to attribute it to"),
        ({"attribution": "me"}, "nobody to attribute it to"),
        ({"attribution": [""]}, "not a list of sentences"),
        ({"name": "../up"}, "name must be"),
        ({"name": "Über"}, "name must be"),
        ({"name": None}, "name must be"),
    ],
)
def test_an_incomplete_manifest(
    members: Members, write: Write, said: dict[str, Any], reason: str
) -> None:
    refuse(write(pack(sign(members, **said))), reason)


@pytest.mark.parametrize("spoilt", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_manifest_that_is_no_object(members: Members, write: Write, spoilt: bytes) -> None:
    members["manifest.json"] = spoilt
    refuse(write(pack(members)), "manifest.json is not (JSON|a JSON object)")


def test_another_format_of_package(members: Members, write: Write) -> None:
    refuse(write(pack(sign(members, format=2))), "of package format 2; this version reads 1")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda channels: channels[1:], "of the channels it lacks mask."),
        (lambda channels: [*channels, "age", 7], "of the channels it has age, 7 besides."),
        (lambda channels: ["age"], "it lacks mask, .* and it has age besides."),
        (lambda channels: channels[::-1], "the channels come in another order."),
        (lambda channels: "mask", "channels is mask there, .* here."),
        (lambda channels: None, "channels is missing there, .* here."),
    ],
)
def test_other_channels(
    members: Members, write: Write, change: Callable[[list[str]], Any], reason: str
) -> None:
    said = json.loads(members["manifest.json"])["condition"]
    other = {**said, "channels": change(said["channels"])}
    refuse(write(pack(sign(members, condition=other))), reason)


def test_channels_that_mean_something_else(members: Members, write: Write) -> None:
    said = json.loads(members["manifest.json"])["condition"]
    coarser = {**said, "coarse_sigma_mm": 99.0}
    refuse(write(pack(sign(members, condition=coarser))), "coarse_sigma_mm is 99.0 there, .* here")


@pytest.mark.parametrize(
    ("name", "value"), [("fine_sd", 0.5), ("middle_mean", 0.0), ("middle_bands", [[1.0, 2.0]])]
)
def test_texture_that_was_measured_otherwise(
    members: Members, write: Write, name: str, value: Any
) -> None:
    said = json.loads(members["manifest.json"])["condition"]
    refuse(write(pack(sign(members, condition={**said, name: value}))), f"whose .* {name}")


def test_weights_that_are_not_those_of_their_json(members: Members, write: Write) -> None:
    members["generator.json"] = edit(members["generator.json"], sha256="ab" * 32)
    refuse(write(pack(sign(members))), "damaged or incomplete")


def test_a_format_of_weights_from_elsewhere(members: Members, write: Write) -> None:
    members["generator.json"] = edit(members["generator.json"], format=99)
    refuse(write(pack(sign(members))), "generator.json is of another format")


@pytest.mark.parametrize(
    "config",
    [
        {"widths": [4, 6]},
        {"channels": 3},
        {"depth": 3},
        {"widths": []},
        {"widths": "wide"},
        {"widths": [0, 0]},
        {"hidden": -1},
        {"hidden": 0.5},
    ],
)
def test_another_network(members: Members, write: Write, config: dict[str, Any]) -> None:
    said = json.loads(members["generator.json"])["config"]
    members["generator.json"] = edit(members["generator.json"], config={**said, **config})
    refuse(write(pack(sign(members))), "do not fit this version|no network of this version")


@pytest.mark.parametrize(
    "config",
    [
        None,
        [4],
        {"widths": [10**9]},
        {"widths": [4] * 1000},
        {"hidden": float("nan")},
        {"hidden": {"a": 1}},
        {"hidden": 10**400},
        {str(number): number for number in range(1000)},
    ],
)
def test_a_config_that_no_network_has(members: Members, write: Write, config: Any) -> None:
    members["generator.json"] = edit(members["generator.json"], config=config)
    refuse(write(pack(sign(members))), "holds no config|is out of range")


def test_a_network_too_large_to_build_is_never_built(members: Members, write: Write) -> None:
    # Some 50 GB: it would be noticed.
    said = json.loads(members["generator.json"])["config"]
    vast = {**said, "widths": [4096] * 16, "hidden": 4096}
    members["generator.json"] = edit(members["generator.json"], config=vast)
    refuse(write(pack(sign(members))), "do not fit this version")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_weights_that_are_not_finite(
    tmp_path: Path, trained: Path, write: Write, value: float
) -> None:
    weights = make_weights(tmp_path / "trained", spoil=value)
    with pytest.raises(PackageError, match="not all finite"):
        export_generator(weights, tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()
    members = {path.name: path.read_bytes() for path in weights.parent.iterdir()}
    del members["notice.json"]
    export_generator(trained, tmp_path / "whole.zip")
    whole = read_archive((tmp_path / "whole.zip").read_bytes())
    refuse(write(pack(sign({**whole, **members}))), "not all finite numbers")


def pickled_network() -> bytes:
    file = io.BytesIO()
    torch.save({"weight": torch.zeros(3)}, file)
    return file.getvalue()


@pytest.mark.parametrize("data", [pickle.dumps({"a": 1}), pickled_network()])
def test_a_pickle_instead_of_a_package(write: Write, data: bytes) -> None:
    refuse(write(data), "pickle")


@pytest.mark.parametrize("data", [pickle.dumps({"a": 1}), pickled_network()])
def test_a_pickle_as_weights(members: Members, write: Write, data: bytes) -> None:
    members["generator.safetensors"] = data
    members["generator.json"] = edit(members["generator.json"], sha256=hash_bytes(data))
    refuse(write(pack(sign(members))), "Its weights are a pickle")


@pytest.mark.parametrize("name", ["model.pt", "archive/data.pkl", "weights.bin"])
def test_a_pickle_beside_the_weights(members: Members, write: Write, name: str) -> None:
    refuse(write(pack(sign({**members, name: b"x"}))), "It holds a pickle")


@pytest.mark.parametrize("data", [b"", b"short", b"\xff" * 64, struct.pack("<Q", 2**62) + b"{}"])
def test_weights_that_are_no_safetensors(members: Members, write: Write, data: bytes) -> None:
    members["generator.safetensors"] = data
    members["generator.json"] = edit(members["generator.json"], sha256=hash_bytes(data))
    refuse(write(pack(sign(members))), "do not fit this version")


@pytest.mark.parametrize(
    "name",
    [
        "../generator.json",
        "/etc/passwd",
        "sub/generator.json",
        "pictures/../../up.png",
        "pictures/deep/er.png",
        "pictures/A.png",
        "..\\up.json",
        "notes.txt",
        "run.py",
        "generator.SAFETENSORS",
        ".hidden",
        "line\nbreak",
    ],
)
def test_a_member_that_does_not_belong(members: Members, write: Write, name: str) -> None:
    refuse(write(pack(sign({**members, name: b"x"}))), "which does not belong")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO])
def test_a_link_or_folder(members: Members, write: Write, kind: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name)
            if name == "generator.card.md":
                entry.external_attr = (kind | 0o777) << 16
            made.writestr(entry, data)
    refuse(write(file.getvalue()), "link or folder")


def test_a_member_given_twice(members: Members, write: Write) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("generator.json", b"{}")
    refuse(write(file.getvalue()), "generator.json more than once")


def test_compressed_members_and_so_zip_bombs(members: Members, write: Write) -> None:
    members["generator.audit.json"] = b" " * 7_000_000
    bomb = pack(sign(members), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 200_000
    refuse(write(bomb), "is compressed")


def test_members_that_lie_over_each_other(members: Members, write: Write) -> None:
    # One run of bytes claimed by two entries: the file holds less than it says.
    data = bytearray(pack({**members, "generator.audit.json": members["generator.card.md"]}))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        first, second = made.getinfo("generator.card.md"), made.getinfo("generator.audit.json")
    entry = data.rindex(b"generator.audit.json") - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 42 : entry + 46] = struct.pack("<I", first.header_offset)
    assert first.header_offset != second.header_offset
    refuse(write(bytes(data)), "damaged or no package")


def test_more_files_than_any_package(members: Members, write: Write) -> None:
    many = {f"pictures/p{number}.png": PNG for number in range(100)}
    refuse(write(pack(sign({**members, **many}))), "more than any package")


def test_what_is_too_large(members: Members, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    members["generator.card.md"] = b"x" * (2**20 + 1)
    refuse(write(pack(sign(members))), "generator.card.md is too large: 1.0 MiB, at most 1")
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    refuse(write(pack(members)), "It is too large")


def test_weights_may_have_48_mib() -> None:
    limits.check_size("generator.safetensors", 48 * 2**20)
    with pytest.raises(PackageError, match="at most 48"):
        limits.check_size("generator.safetensors", 48 * 2**20 + 1)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("generator.card.md", b"\xff\xfe", "is not text"),
        ("generator.evaluation.json", b"[]", "is not a JSON object"),
        ("generator.evaluation.json", b"{", "is not JSON"),
        ("pictures/a.png", b"<svg onload=alert(1)>", "is not a picture"),
    ],
)
def test_contents_of_another_kind(
    members: Members, write: Write, name: str, data: bytes, reason: str
) -> None:
    refuse(write(pack(sign({**members, name: data}))), reason)


def test_a_file_that_is_not_the_published_one(package: Path, write: Write) -> None:
    refuse(write(package.read_bytes()), "not the file that was published", sha256="ab" * 32)


def test_an_encrypted_member(package: Path, members: Members, write: Write) -> None:
    data = bytearray(package.read_bytes())
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    refuse(write(bytes(data)), "is encrypted")


def test_half_precision_weights_are_numbers_too(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = make_weights(tmp_path / "trained")
    save_file({k: t.to(torch.bfloat16) for k, t in load_file(weights).items()}, weights)
    described = weights.with_suffix(".json")
    described.write_bytes(edit(described.read_bytes(), sha256=hash_bytes(weights.read_bytes())))
    export_generator(weights, tmp_path / "half.zip")
    install_package(tmp_path / "half.zip", tmp_path / "site")
