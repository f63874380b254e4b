"""Where training data comes from: images or shards, and never what is held out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generation.training import layouts
from generation.training.images import read_split
from generation.training.layouts import LayoutError, recognise
from generation.training.pack import PackPlan, pack_images
from generation.training.shards import ShardError
from generation.training.source import load_training_data


def hash_lines(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def silent(line: str) -> None:
    """No report."""


def test_a_folder_of_images_gives_its_training_part(folder: Path, tmp_path: Path) -> None:
    # The held-out image of this folder has no file: to read it would be an error.
    data = load_training_data(folder, cache=tmp_path / "pairs")
    assert len(data.pairs) == 2
    assert data.record["layout"] == "cdd-cesm"
    assert "CC BY 4.0" in data.record["licence"]
    assert data.record["images"] == {"used": 2, "held_out": 1, "skipped": 0}
    names = sorted(path.name for path in (folder / "images").iterdir())
    assert not set(names) & read_split("held_out")
    digests = [hashlib.sha256((folder / "images" / name).read_bytes()) for name in names]
    assert data.record["files_sha256"] == hash_lines(each.hexdigest() for each in digests)
    assert data.record["split_sha256"] == hash_lines([sorted(read_split("held_out"))[0]])
    assert data.record["notes"] == []


def test_other_files_are_other_data_in_the_record(folder: Path, tmp_path: Path) -> None:
    before = load_training_data(folder, cache=tmp_path / "pairs").record
    assert load_training_data(folder, cache=tmp_path / "pairs").record == before
    image = next((folder / "images").iterdir())
    image.write_bytes(image.read_bytes() + b"\0")
    after = load_training_data(folder, cache=tmp_path / "pairs").record
    assert after["files_sha256"] != before["files_sha256"]


def test_shards_give_the_same_pairs_as_their_images(folder: Path, tmp_path: Path) -> None:
    pack_images(recognise(folder), tmp_path / "pack", PackPlan(whole=True), report=silent)
    images = load_training_data(folder, cache=tmp_path / "pairs")
    shards = load_training_data(tmp_path / "pack", cache=tmp_path / "unused")
    assert not (tmp_path / "unused").exists()
    for one, other in zip(images.pairs, shards.pairs, strict=True):
        assert np.array_equal(one.grey, other.grey)
        assert np.array_equal(one.excluded, other.excluded)
    assert shards.record["layout"] == "cdd-cesm" and shards.record["mode"] == "whole"
    assert shards.record["images"]["used"] == 2 and shards.record["images"]["held_out"] == 1
    index = (tmp_path / "pack" / "index.json").read_bytes()
    assert shards.record["index_sha256"] == hashlib.sha256(index).hexdigest()


def test_folders_that_cannot_be_used_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="nowhere is not a folder"):
        load_training_data(tmp_path / "nowhere", cache=tmp_path / "pairs")
    (tmp_path / "empty").mkdir()
    with pytest.raises(LayoutError, match="has none of the known layouts"):
        load_training_data(tmp_path / "empty", cache=tmp_path / "pairs")
    (folder / "labels.csv").write_text("file,category,side\n")
    with pytest.raises(LayoutError, match="holds no image to train on"):
        load_training_data(folder, cache=tmp_path / "pairs")
    (tmp_path / "empty" / "index.json").write_text("{}")
    with pytest.raises(ShardError, match="is not the index of a pack"):
        load_training_data(tmp_path / "empty", cache=tmp_path / "pairs")


def test_film_is_refused(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = replace(recognise(folder), refused="it is film")
    monkeypatch.setattr(layouts, "recognise", lambda path: film)
    with pytest.raises(LayoutError, match="it is film"):
        load_training_data(folder, cache=tmp_path / "pairs")
