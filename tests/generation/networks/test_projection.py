"""Fixed features: whole, always the same, never learnt."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from generation.networks import projection
from generation.networks.projection import FEATURES_FILE, TAPS, FixedFeatures


@pytest.fixture(scope="module")
def features() -> FixedFeatures:
    return FixedFeatures(width=8)


@pytest.fixture(scope="module")
def image() -> torch.Tensor:
    return torch.randn(2, 1, 64, 96, generator=torch.Generator().manual_seed(0))


def test_each_size_is_half_the_one_before(features: FixedFeatures, image: torch.Tensor) -> None:
    shapes = [tuple(each.shape) for each in features(image)]
    assert shapes == [(2, 8, 32, 48), (2, 8, 16, 24), (2, 8, 8, 12), (2, 8, 4, 6)]
    assert len(shapes) == len(TAPS)


def test_features_are_fixed(features: FixedFeatures, image: torch.Tensor) -> None:
    assert not any(parameter.requires_grad for parameter in features.parameters())
    torch.manual_seed(99)
    again = FixedFeatures(width=8)
    for one, other in zip(features(image), again(image), strict=True):
        assert torch.equal(one, other)
    assert not torch.equal(features(image)[0], FixedFeatures(width=8, seed=5)(image)[0])


def test_an_images_own_gradient_goes_through(features: FixedFeatures, image: torch.Tensor) -> None:
    shown = image.clone().requires_grad_(True)
    sum(each.square().mean() for each in features(shown)).backward()
    assert shown.grad is not None and shown.grad.abs().min() >= 0 and shown.grad.std() > 0


def test_fewer_sizes_are_not_mixed_with_what_was_not_asked_for(
    features: FixedFeatures, image: torch.Tensor
) -> None:
    two = features(image, sizes=2)
    assert [each.shape for each in two] == [each.shape for each in features(image)[:2]]
    # The last size asked for is itself alone; finer ones hold those below.
    assert not torch.equal(two[0], features(image)[0])
    one = features(image, sizes=1)
    assert torch.allclose(
        two[0],
        0.7
        * (one[0] + torch.nn.functional.interpolate(two[1], one[0].shape[-2:], mode="bilinear")),
        atol=1e-6,
    )


def test_a_moved_image_has_moved_features(features: FixedFeatures, image: torch.Tensor) -> None:
    here, there = (features(each, sizes=1)[0] for each in (image, image.roll(16, 3)))
    torch.testing.assert_close(there[..., 12:-4], here.roll(8, 3)[..., 12:-4], atol=1e-4, rtol=1e-4)
    assert here.std() > 0.1


def test_a_damaged_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(FEATURES_FILE.read_bytes())
    content[-1] ^= 1
    damaged = tmp_path / "projection.safetensors"
    damaged.write_bytes(content)
    monkeypatch.setattr(projection, "FEATURES_FILE", damaged)
    with pytest.raises(ValueError, match=r"projection\.safetensors is damaged"):
        FixedFeatures(width=8)
