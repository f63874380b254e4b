"""The committed feature network: it loads, it knows faults, a damaged one is refused."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from generation.quality.patch_features import (
    FEATURE_WEIGHTS,
    FeatureWeightsError,
    load_feature_network,
    save_feature_network,
)
from generation.quality.texture_network import TextureNetwork, cut_crops
from generation.training.images import read_split
from tests.generation.quality.fields import draw_tissue


def test_the_committed_weights_are_small_and_say_what_they_learnt_from() -> None:
    described = json.loads(FEATURE_WEIGHTS.with_suffix(".json").read_text())
    assert FEATURE_WEIGHTS.stat().st_size < 2 * 2**20
    assert described["sha256"] == load_feature_network().sha256
    assert "split 'train'" in described["training"]["data"]
    assert described["training"]["images"] <= len(read_split("train"))


def test_features_do_not_depend_on_the_batch() -> None:
    patches = draw_tissue(0, count=40)
    features = load_feature_network().extract(patches)
    assert features.shape == (40, sum(load_feature_network().network.widths[1:]))
    assert features.dtype == np.float64
    np.testing.assert_allclose(
        load_feature_network().extract(patches[35:]), features[35:], atol=1e-3
    )
    assert load_feature_network().extract(patches[:0]).shape == (0, features.shape[1])


def test_a_faint_chequer_moves_the_features_more_than_another_patch_does() -> None:
    y, x = np.indices((256, 256))
    chequer = np.where((y + x) % 2, 1, -1).astype(np.float32) * np.float32(2 / 255)
    grain = np.random.default_rng(0).normal(0, 0.01, (12, 256, 256)).astype(np.float32)
    tissue = draw_tissue(1, count=12) + grain
    plain = load_feature_network().extract(tissue)
    marked = load_feature_network().extract(tissue + chequer)
    moved: NDArray[np.float64] = np.abs((marked - plain).mean(axis=0))
    moved /= np.maximum(plain.std(axis=0), 0.05)
    assert (moved > 2).mean() > 0.2


def test_a_damaged_or_foreign_file_is_refused(tmp_path: Path) -> None:
    weights = tmp_path / "features.safetensors"
    with pytest.raises(FeatureWeightsError, match="cannot be read"):
        load_feature_network(weights)
    shutil.copy(FEATURE_WEIGHTS, weights)
    described = json.loads(FEATURE_WEIGHTS.with_suffix(".json").read_text())
    weights.with_suffix(".json").write_text(json.dumps({**described, "widths": [8, 8, 8, 8]}))
    with pytest.raises(FeatureWeightsError, match="does not fit"):
        load_feature_network(weights)
    weights.with_suffix(".json").write_text(json.dumps(described))
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    with pytest.raises(FeatureWeightsError, match="damaged"):
        load_feature_network(weights)


def test_what_is_saved_is_loaded_and_scaled_by_its_own_patches(tmp_path: Path) -> None:
    network = TextureNetwork(3, widths=(8, 8, 16, 16))
    patches = draw_tissue(2, count=8)
    path = tmp_path / "small.safetensors"
    save_feature_network(network, patches, path, record={"steps": 0})
    features = load_feature_network(path).extract(patches)
    np.testing.assert_allclose(features.mean(axis=0), 0, atol=1e-6)
    assert (features.std(axis=0) < 1 + 1e-6).all()


def test_crops_lie_in_their_patch_turned_every_way() -> None:
    patches = np.stack([np.full((40, 40), level, np.float32) for level in (1, 2, 3)])
    patches[:, :, :20] += 0.5
    crops = cut_crops(patches, np.tile(np.arange(3), 40), 32, np.random.default_rng(0))
    assert crops.shape == (120, 32, 32)
    assert (np.floor(crops).reshape(120, -1) == np.tile([1, 2, 3], 40)[:, None]).all()
    corners = {tuple(crop[[0, 0, -1, -1], [0, -1, 0, -1]] % 1) for crop in crops}
    assert len(corners) == 4
