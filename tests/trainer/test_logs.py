import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.conf import settings

from trainer.logs import make_logging


@pytest.fixture(autouse=True)
def site_logging_again() -> Iterator[None]:
    yield
    logging.config.dictConfig(settings.LOGGING)


def fail_with_a_secret() -> None:
    password = "hunter2"
    try:
        raise ValueError(f"{len(password)} characters")
    except ValueError:
        logging.getLogger("site").exception("refused", extra={"case": "c1"})


@pytest.mark.parametrize("as_json", [True, False])
def test_a_failure_is_logged_without_local_values(
    as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.config.dictConfig(make_logging(level="INFO", as_json=as_json))
    fail_with_a_secret()
    logged = capsys.readouterr().err
    assert "ValueError: 7 characters" in logged
    assert "hunter2" not in logged
    if as_json:
        line = json.loads(logged)
        assert (line["event"], line["case"], line["level"]) == ("refused", "c1", "error")
