"""kill -9 of the generation worker in the middle of a case: the request still ends done."""

import pytest

from tests.system.site import Site

pytestmark = pytest.mark.system


def look_at_request(site: Site) -> tuple[str, int]:
    (row,) = site.query("SELECT state, attempt FROM cases_caserequest")
    return row


def kill_in_mid_case_and_wait(site: Site) -> None:
    site.manage("request_stock", "--size", "1")
    site.start("worker-default", "worker-generation", "beat")
    site.wait_for(
        lambda: look_at_request(site)[0] == "running", what="a case in the making", timeout_s=180
    )
    site.kill("worker-generation")
    assert look_at_request(site)[0] == "running"
    site.start("worker-generation")

    def done() -> bool:
        state, attempt = look_at_request(site)
        assert state != "failed", site.logs()
        return state == "done" and attempt == 2

    site.wait_for(done, what="the case, begun again", timeout_s=400)


def test_on_the_embedded_transport(embedded_site: Site) -> None:
    kill_in_mid_case_and_wait(embedded_site)


def test_on_redis(production_site: Site) -> None:
    kill_in_mid_case_and_wait(production_site)
