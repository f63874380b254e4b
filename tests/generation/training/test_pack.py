"""From a folder of images to shards and back to training pairs."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from generation.__main__ import main
from generation.anatomy import condition
from generation.anatomy.condition import CHANNELS
from generation.training import packing
from generation.training.crops import CropSampler
from generation.training.dicom import ImageError
from generation.training.images import RealImage
from generation.training.layouts import recognise
from generation.training.pack import PackPlan, hash_file, pack_images
from generation.training.packing import (
    FORMS,
    PackError,
    check_image,
    choose_tiles,
    encode_pair,
    extend,
)
from generation.training.pair import Pair
from generation.training.pairs import make_pair
from generation.training.shard_writer import PackFull, ShardWriter, measure
from generation.training.shards import ShardError, decode_pair, read_index, read_pairs
from tests.generation.training.mammograms import (
    draw_grey,
    write_dicom,
    write_picture,
    write_table,
)

ROOT = Path(__file__).parents[3]
SIZE = {"height": 480, "width": 300}


def make_site(folder: Path, *, count: int = 6) -> Path:
    """A site's folder: DICOM files of as many women, the third with a marked finding."""
    rows = []
    for number in range(count):
        side = "right" if number % 2 else "left"
        grey = draw_grey(**SIZE, side=side, seed=number)
        letter = side[0].upper()
        write_dicom(
            folder / f"{number}.dcm", grey, ImageLaterality=letter, PatientID=f"woman {number}"
        )
        boxes = "[[20, 300, 30, 30]]" if number == 2 else ""
        rows.append({"file": f"{number}.dcm", "density": "C", "boxes": boxes})
    write_table(folder / "labels.csv", rows)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def whole(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of the site's training images, packed whole."""
    out = tmp_path_factory.mktemp("whole")
    pack_images(recognise(site), out, PackPlan(whole=True), report=lambda line: None)
    return out


@pytest.fixture(scope="module")
def pair(site: Path) -> Pair:
    return make_pair(recognise(site).images[2])


def assert_alike(packed: Pair, made: Pair) -> None:
    """Greys, mask and excluded pixels to the bit; the rest as close as training could notice."""
    assert np.array_equal(packed.grey, made.grey)
    assert np.array_equal(packed.excluded, made.excluded)
    assert packed.channels.dtype == made.channels.dtype == np.float16
    difference = np.abs(packed.channels.astype(np.float32) - made.channels.astype(np.float32))
    worst = dict(zip(CHANNELS, difference.max(axis=(1, 2)), strict=True))
    assert worst.pop("mask") == 0
    assert worst.pop("skin_distance") < 0.03
    assert worst.pop("coarse") < 0.01
    assert max(worst.values()) < 0.003


def test_shards_give_the_pairs_that_the_images_give(site: Path, whole: Path) -> None:
    images = recognise(site).part("train")
    packed = read_pairs(whole, channels=CHANNELS)
    assert len(packed) == len(images) > 2
    for one, image in zip(packed, images, strict=True):
        assert_alike(one, make_pair(image))


def test_tiles_give_the_part_of_the_pair_that_lies_there(pair: Pair) -> None:
    for tile in [(0, 0, 64, 96), (101, 37, 80, 80), (176, 54, 64, 96)]:
        top, left, rows, columns = tile
        here = np.s_[top : top + rows, left : left + columns]
        part = Pair(
            pair.grey[2 * top : 2 * (top + rows), 2 * left : 2 * (left + columns)],
            pair.channels[:, here[0], here[1]],
            pair.excluded[here],
        )
        assert_alike(decode_pair(encode_pair(pair, tile), (rows, columns), FORMS), part)


def test_a_channel_that_does_not_keep_its_form_is_refused(pair: Pair) -> None:
    rough = pair.channels.copy()
    rough[CHANNELS.index("nipple_depth")] += np.random.default_rng(0).random(rough.shape[1:])
    with pytest.raises(PackError, match="nipple_depth cannot be kept as plane"):
        encode_pair(replace(pair, channels=rough))


def test_a_field_goes_on_straight_beyond_the_breast() -> None:
    y, x = np.mgrid[:40, :60].astype(np.float32)
    slope = 0.02 * y + 0.01 * x
    mask = x < 45
    assert np.allclose(extend(np.where(mask, slope, 0), mask)[:, :58], slope[:, :58], atol=1e-5)


def test_tiles_hold_breast_and_keep_away_from_lesions(pair: Pair) -> None:
    blocked = pair.excluded.copy()
    blocked[:75] = True
    tiles = choose_tiles(
        replace(pair, excluded=blocked), 6, edge_px=64, rng=np.random.default_rng(0)
    )
    assert len(tiles) == len(set(tiles)) == 6
    for top, left, rows, columns in tiles:
        here = np.s_[top : top + rows, left : left + columns]
        assert (pair.channels[0][here] > 0).mean() >= 0.35
        assert blocked[here].mean() <= 0.25
    everywhere = replace(pair, excluded=np.ones_like(pair.excluded))
    assert not choose_tiles(everywhere, 6, edge_px=64, rng=np.random.default_rng(0))


def test_tiles_spread_over_the_breast(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    clear = replace(pair, excluded=np.zeros_like(pair.excluded))

    def count_unseen() -> int:
        unseen = 0
        for seed in range(5):
            rng = np.random.default_rng(seed)
            left_over = pair.channels[0] > 0
            for top, left, rows, columns in choose_tiles(clear, 8, edge_px=75, rng=rng):
                left_over[top : top + rows, left : left + columns] = False
            unseen += int(left_over.sum())
        return unseen

    spread = count_unseen()
    monkeypatch.setattr(packing, "COMPARED", 1)
    assert spread < 0.85 * count_unseen()


def test_packed_crops_feed_the_sampler(site: Path, tmp_path: Path) -> None:
    plan = PackPlan(crops=12, tile_px=96)
    index, skipped = pack_images(recognise(site), tmp_path, plan, report=lambda line: None)
    pairs = read_pairs(tmp_path, channels=CHANNELS)
    assert len(pairs) == 12 and not skipped
    assert index["mode"] == "crops" and index["tile_px"] == 96
    sources = [item["source"] for shard in index["shards"] for item in shard["items"]]
    counts = [sources.count(source) for source in set(sources)]
    assert max(counts) - min(counts) <= 1
    greys, conditions = CropSampler(pairs, crop_px=64, rng=np.random.default_rng(0)).draw(4)
    assert greys.shape == (4, 1, 128, 128) and conditions.shape == (4, len(CHANNELS), 64, 64)


def test_packing_twice_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    plan = PackPlan(crops=5, tile_px=96)
    for name in ("one", "two"):
        pack_images(recognise(site), tmp_path / name, plan, report=lambda line: None)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_shards_and_the_whole_stay_within_their_sizes(site: Path, tmp_path: Path) -> None:
    limit, shard = 200_000, 50_000
    plan = PackPlan(tile_px=64, shard_bytes=shard, limit_bytes=limit)
    index, _ = pack_images(recognise(site), tmp_path, plan, report=lambda line: None)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    shards = [size for name, size in sizes.items() if name.startswith("shard-")]
    assert len(shards) == len(index["shards"]) > 2 and max(shards) <= shard
    assert 0.8 * limit < sum(shards) + sizes["index.json"] <= limit
    assert index["mode"] == "crops"
    assert index["images"]["used"] == index["images"]["train"]


def test_images_that_fit_are_packed_whole_without_being_asked(site: Path, tmp_path: Path) -> None:
    index, _ = pack_images(recognise(site), tmp_path, PackPlan(), report=lambda line: None)
    assert index["mode"] == "whole"


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (PackPlan(whole=True, limit_bytes=150_000), "whole images take about"),
        (PackPlan(crops=500, tile_px=96, limit_bytes=300_000), "crops fill the limit of"),
        (PackPlan(whole=True, shard_bytes=50_000), "more than a shard of"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(
    site: Path, tmp_path: Path, plan: PackPlan, said: str
) -> None:
    with pytest.raises(PackError, match=said):
        pack_images(recognise(site), tmp_path, plan, report=lambda line: None)
    assert not list(tmp_path.iterdir())


def test_a_folder_in_use_is_left_alone(site: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(PackError, match="is not empty"):
        pack_images(recognise(site), tmp_path, PackPlan(), report=lambda line: None)


def test_film_is_not_packed(site: Path, tmp_path: Path) -> None:
    layout = replace(recognise(site), refused="it is film")
    with pytest.raises(PackError, match="it is film"):
        pack_images(layout, tmp_path, PackPlan(), report=lambda line: None)


def test_index_says_what_is_packed_and_names_nobody(site: Path, whole: Path) -> None:
    index = read_index(whole)
    layout = recognise(site)
    assert index["layout"] == "site" and index["licence"] == layout.licence
    assert index["images"] == {
        "used": len(layout.part("train")),
        "train": len(layout.part("train")),
        "held_out": len(layout.part("held_out")),
        "skipped": {},
    }
    items = [item for shard in index["shards"] for item in shard["items"]]
    assert [item["source"] for item in items] == [
        hash_file(image.path) for image in layout.part("train")
    ]
    assert {item["density"] for item in items} == {"C"}
    # What the channels meant when they were packed, for whoever doubts it later.
    assert index["condition"]["skin_reach_mm"] == condition.SKIN_REACH_MM
    split = json.loads((whole / "split.json").read_text())
    assert split["held_out"] == [hash_file(image.path) for image in layout.part("held_out")]
    said = (whole / "index.json").read_text() + (whole / "split.json").read_text()
    assert ".dcm" not in said and "woman" not in said and layout.images[0].patient not in said


def test_markers_outside_the_breast_are_not_learnt(tmp_path: Path) -> None:
    grey = draw_grey(**SIZE)
    grey[20:60, 250:290] = 1.0
    write_picture(tmp_path / "a.png", grey)
    pair = make_pair(RealImage(tmp_path / "a.png", "left", "normal", ()))
    assert not pair.grey[10:70, 240:].any()
    assert not pair.channels[0][5:35, 120:].any()
    assert pair.grey.any()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda grey: grey * 0, "no breast is seen"),
        (lambda grey: 1 - grey, "no background is seen"),
        (lambda grey: grey[:, ::-1], "at the edge away"),
        (lambda grey: grey / 16, "the value shown white is wrong"),
        (lambda grey: grey / 6, "nearly black"),
        (lambda grey: np.minimum(4 * grey, 1), "plain white"),
    ],
)
def test_images_that_are_not_what_they_say_are_left_out(
    tmp_path: Path, spoil: Callable[[np.ndarray], np.ndarray], reason: str
) -> None:
    write_picture(tmp_path / "a.png", spoil(draw_grey(**SIZE)), white=65535)
    with pytest.raises(ImageError, match=reason):
        check_image(RealImage(tmp_path / "a.png", "left", "normal", ()))


def test_a_proper_image_passes(site: Path) -> None:
    for image in recognise(site).images:
        check_image(image)


def test_images_of_one_name_in_two_folders_are_two_images(tmp_path: Path) -> None:
    rows = []
    for number in range(6):
        file = f"exam-{number}/view.dcm"
        # Every other is black: none may be taken for the one before.
        grey = draw_grey(**SIZE, seed=number) * (number % 2)
        write_dicom(tmp_path / file, grey, PatientID=f"woman {number}")
        rows.append({"file": file})
    write_table(tmp_path / "labels.csv", rows)
    layout = replace(recognise(tmp_path), held_out=frozenset())
    index, skipped = pack_images(layout, tmp_path / "out", PackPlan(), report=lambda line: None)
    assert index["images"]["used"] == 3
    assert [each.file for each in skipped] == [f"exam-{number}/view.dcm" for number in (0, 2, 4)]


def test_the_command_packs_and_names_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site(tmp_path / "site", count=5)
    layout = recognise(site)
    broken, raw = [image.path for image in layout.part("train")][:2]
    content = broken.read_bytes()
    # The header is whole, the pixels are not.
    broken.write_bytes(content[: len(content) * 3 // 4])
    write_dicom(raw, draw_grey(**SIZE), PresentationIntentType="FOR PROCESSING")
    table = tmp_path / "skipped.csv"
    out = tmp_path / "pack"
    arguments = ["pack", "--data", str(site), "--out", str(out), "--skipped", str(table)]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "layout site:" in said
    assert f"FOR PROCESSING: raw detector values, which no reader sees: {raw.name}" in said
    assert "cannot be read" in said and broken.name in said
    assert "whole images of" in said and "1 shards" in said
    assert broken.name in table.read_text() and raw.name in table.read_text()
    assert read_pairs(out, channels=CHANNELS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["pack"],
        ["pack", "--data", "x"],
        ["pack", "--data", "x", "--out", "y", "--crops", "0"],
        ["pack", "--data", "x", "--out", "y", "--crops", "3", "--whole"],
        ["pack", "--data", "x", "--out", "y", "--shard-mib", "17"],
    ],
)
def test_bad_arguments_end_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_a_folder_of_no_layout_ends_with_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", "--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("generation pack:") and "Looked for:" in said and said.count("\n") == 1


def copy_pack(whole: Path, folder: Path) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    for path in whole.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    index: dict[str, Any] = json.loads((folder / "index.json").read_text())
    return index


def sign(folder: Path, index: dict[str, Any]) -> None:
    """Write an index that agrees with what lies in the folder."""
    for shard in index["shards"]:
        content = (folder / shard["file"]).read_bytes()
        shard["bytes"], shard["sha256"] = len(content), hashlib.sha256(content).hexdigest()
    (folder / "index.json").write_text(json.dumps(index))


def test_missing_and_foreign_indexes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ShardError, match="cannot be read"):
        read_pairs(tmp_path, channels=CHANNELS)
    for content, said in (("{", "is not JSON"), ("[]", "not the index of a pack")):
        (tmp_path / "index.json").write_text(content)
        with pytest.raises(ShardError, match=said):
            read_pairs(tmp_path, channels=CHANNELS)


def test_packs_of_other_versions_are_refused(whole: Path, tmp_path: Path) -> None:
    index = copy_pack(whole, tmp_path)
    (tmp_path / "index.json").write_text(json.dumps({**index, "format": 2}))
    with pytest.raises(ShardError, match="format 2, this version reads 1"):
        read_pairs(tmp_path, channels=CHANNELS)
    (tmp_path / "index.json").write_text(json.dumps(index))
    with pytest.raises(ShardError, match="the network reads mask, magic"):
        read_pairs(tmp_path, channels=("mask", "magic"))
    del index["shards"]
    (tmp_path / "index.json").write_text(json.dumps(index))
    with pytest.raises(ShardError, match="does not fit this version: KeyError"):
        read_pairs(tmp_path, channels=CHANNELS)


def test_incomplete_and_damaged_shards_are_refused(whole: Path, tmp_path: Path) -> None:
    index = copy_pack(whole, tmp_path)
    shard = tmp_path / index["shards"][0]["file"]
    content = shard.read_bytes()
    shard.write_bytes(content[:-100])
    with pytest.raises(ShardError, match=r"is incomplete: \d+ of \d+ bytes"):
        read_pairs(tmp_path, channels=CHANNELS)
    shard.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ShardError, match="is damaged: its SHA-256"):
        read_pairs(tmp_path, channels=CHANNELS)
    shard.unlink()
    with pytest.raises(ShardError, match="cannot be read"):
        read_pairs(tmp_path, channels=CHANNELS)


def test_shards_forged_with_a_right_hash_are_refused(whole: Path, tmp_path: Path) -> None:
    index = copy_pack(whole, tmp_path)
    shard = tmp_path / index["shards"][0]["file"]
    tensors = load_file(shard)
    save_file({**tensors, "000000.grey": tensors["000000.grey"][:50]}, shard)
    sign(tmp_path, index)
    with pytest.raises(ShardError, match="item 000000 of .* cannot be unpacked"):
        read_pairs(tmp_path, channels=CHANNELS)
    save_file({**tensors, "000000.channel.coarse": np.zeros((2, 2), np.float16)}, shard)
    sign(tmp_path, index)
    with pytest.raises(ShardError, match="coarse is not smooth"):
        read_pairs(tmp_path, channels=CHANNELS)
    shard.write_bytes(b"not safetensors at all")
    sign(tmp_path, index)
    with pytest.raises(ShardError, match="is no safetensors file"):
        read_pairs(tmp_path, channels=CHANNELS)


def test_the_writer_stops_before_its_limit(pair: Pair, tmp_path: Path) -> None:
    tensors = encode_pair(pair, (100, 20, 64, 64))
    writer = ShardWriter(tmp_path, 10**6, 4 * measure(tensors))
    with pytest.raises(PackFull):
        for _ in range(5):
            writer.add(tensors, {"shape": [64, 64]})
    assert writer.items == 3


# What a machine has that trains and does nothing else.
READING_ALONE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"scipy", "PIL", "pydicom", "sklearn", "django"}:
            raise ImportError(f"{name} is not installed here")

sys.meta_path.insert(0, Refuse())
from pathlib import Path
from generation.training.shards import read_index, read_pairs
folder = Path(sys.argv[1])
channels = [form["name"] for form in read_index(folder)["channels"]]
pairs = read_pairs(folder, channels=channels)
print(len(pairs), pairs[0].grey.shape, int(pairs[0].grey.sum()))
"""


def test_shards_are_read_with_numpy_and_safetensors_alone(whole: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", READING_ALONE, str(whole)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=600,
    )
    assert ended.returncode == 0, ended.stderr
    pairs = read_pairs(whole, channels=CHANNELS)
    first = pairs[0].grey
    assert ended.stdout.strip() == f"{len(pairs)} {first.shape} {int(first.sum())}"
