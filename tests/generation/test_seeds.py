import zlib

import numpy as np
import pytest

from generation.seeds import STAGES, generator, seed_sequence


def test_streams_do_not_share_draws() -> None:
    streams = [
        generator(1, "lesion", side="left", finding="f1"),
        generator(1, "lesion", side="left", finding="f2"),
        generator(1, "lesion", side="right", finding="f1"),
        generator(1, "anatomy", side="left"),
        generator(1, "anatomy", side="left", view="cc"),
        generator(1, "anatomy", side="left", view="mlo"),
        generator(1, "anatomy", side="left", index=1),
        generator(2, "anatomy", side="left"),
    ]
    firsts = [int(stream.integers(2**62)) for stream in streams]
    assert len(set(firsts)) == len(firsts)


def test_a_stream_is_the_same_every_time() -> None:
    draws = [generator(5, "texture", side="left", view="cc").normal(size=4) for _ in range(2)]
    assert np.array_equal(*draws)


def test_keys_are_pinned_because_cases_are_stored_by_seed() -> None:
    assert seed_sequence(7, "lesion", side="right", finding="f1").spawn_key == (
        6,
        2,
        0,
        zlib.crc32(b"f1"),
        0,
    )
    assert sorted(STAGES.values()) == list(range(len(STAGES)))


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(KeyError):
        generator(1, "magic")
