import pytest

from generation.clock import StageClock


def test_a_stage_that_fails_is_booked_and_ended() -> None:
    clock = StageClock(lambda stage, share: None)
    with pytest.raises(KeyError), clock.stage("outer"), clock.stage("inner"):
        raise KeyError
    assert clock.running == []
    assert set(clock.seconds) == {"outer", "inner"}
