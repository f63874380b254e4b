"""From an empty PostgreSQL and Redis to a read case, by HTTP alone, on the production commands."""

import hashlib
import uuid
from typing import Any

import numpy as np
import pytest

from cases.frames import decode_frame
from tests.system.site import Browser, Site

pytestmark = pytest.mark.system

PASSPHRASE = "a passphrase for the system test"


def json_of(response: Any, status: int = 200) -> Any:
    assert response.status_code == status, f"{response.url}: {response.text[:2000]}"
    return response.json()


def make_people(site: Site) -> tuple[Browser, Browser]:
    """An operator who came by invite, and a resident from a CSV file."""
    invite = site.manage("found_institution", "County Hospital", "operator@example.org")
    operator, resident = Browser(site.address), Browser(site.address)
    operator.fill(invite, name="Olu", password=PASSPHRASE, password_again=PASSPHRASE)
    csv = b"email,name,role,cohort\nrobin@example.org,Robin,resident,Class of 2027\n"
    imported = json_of(
        operator.post("/api/people/import/", files={"file": ("people.csv", csv, "text/csv")}), 201
    )
    (person,) = imported["created"]
    resident.fill(person["url"], password=PASSPHRASE, password_again=PASSPHRASE)
    assert json_of(resident.get("/api/me/"))["email"] == "robin@example.org"
    return operator, resident


def request_and_await_case(site: Site, operator: Browser) -> None:
    request_id = str(uuid.uuid4())
    wanted = {"id": request_id, "wishes": {"findings": "mass", "density": "B"}}
    json_of(operator.post("/api/case-requests/", json=wanted), 201)

    def look() -> Any:
        state = json_of(operator.get(f"/api/case-requests/{request_id}/"))
        assert state["state"] != "failed", state
        return state if state["state"] == "done" else None

    site.wait_for(look, what="the case", timeout_s=400)


def load_frame(reader: Browser, frame: dict[str, Any], width: int, height: int) -> Any:
    response = reader.get(frame["url"])
    assert response.status_code == 200, response.text[:500]
    assert "immutable" in response.headers["Cache-Control"]
    assert len(response.content) == frame["bytes"]
    assert hashlib.sha256(response.content).hexdigest() == frame["sha256"]
    return decode_frame(response.content, width=width, height=height)


def test_a_case_is_made_and_read(production_site: Site) -> None:
    site = production_site
    site.start("web", "worker-generation", "worker-default", "beat")
    site.wait_for_web()
    operator, resident = make_people(site)
    request_and_await_case(site, operator)

    session = json_of(resident.post("/api/sessions/", json={"mode": "practice"}))
    assignment = json_of(resident.post(f"/api/sessions/{session['id']}/next/"))
    pixels = {}
    for view in assignment["case"]["views"]:
        image = load_frame(resident, view["frame"], view["width"], view["height"])
        assert image.shape == (2304, 1792)
        assert image.max() < 4096
        assert image.std() > 50
        pixels[view["key"]] = image
    assert set(pixels) == {"left_cc", "right_cc", "left_mlo", "right_mlo"}

    answers = {
        "density": "B",
        "breasts": {"left": {"assessment": "1"}, "right": {"assessment": "1"}},
        "recall": False,
        "marks": [],
    }
    draft = {"answers": {**answers, "recall": None}, "revision": 0}
    json_of(resident.put(f"/api/assignments/{assignment['id']}/draft/", json=draft))
    reading = {
        "assignment": assignment["id"],
        "key": str(uuid.uuid4()),
        "answers": answers,
        "log": {"views": {}, "first_mark_ms": None, "total_ms": 60_000},
    }
    feedback = json_of(resident.post("/api/readings/", json=reading), 201)
    assert json_of(resident.post("/api/readings/", json=reading))["reading"] == feedback["reading"]
    again = resident.post("/api/readings/", json={**reading, "key": str(uuid.uuid4())})
    assert json_of(again, 409)["code"] == "already_read"

    (finding,) = feedback["truth"]["findings"]
    assert finding["kind"] == "mass"
    assert feedback["base_frames"]
    for key, frame in feedback["base_frames"].items():
        base = load_frame(resident, frame, 1792, 2304)
        changed = np.count_nonzero(base != pixels[key])
        assert 0 < changed < base.size / 10
    assert json_of(resident.get("/api/progress/"))["readings"] == 1

    health = json_of(resident.get("/healthz"))
    assert health["status"] == "ok"
    assert resident.get("/api/people/").status_code == 403
