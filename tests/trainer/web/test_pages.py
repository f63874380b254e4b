import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.factories.accounts import PASSWORD
from trainer.accounts.models import User

MANIFEST = {
    "src/main.tsx": {
        "file": "assets/main-1.js",
        "isEntry": True,
        "imports": ["_viewer.js"],
        "css": ["assets/main-1.css"],
    },
    "_viewer.js": {"file": "assets/viewer-1.js", "imports": ["_shared.js"]},
    "_shared.js": {"file": "assets/shared-1.js", "css": ["assets/shared-1.css"]},
    "src/ui/site.css": {"file": "assets/site-1.css", "isEntry": True},
    "src/other.ts": {"file": "assets/other-1.js", "isDynamicEntry": True},
}
APP_PAGES = [
    "/",
    "/progress",
    "/notes",
    "/cohort",
    "/people",
    "/requests",
    "/reports",
    "/read/2f1b0a52-59a5-4c3e-9a3e-0b8f5c7e1d11",
    "/feedback/2f1b0a52-59a5-4c3e-9a3e-0b8f5c7e1d11",
]


@pytest.fixture
def built_frontend(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / ".vite" / "manifest.json"
    path.parent.mkdir()
    path.write_text(json.dumps(MANIFEST))
    settings.FRONTEND_DIST = tmp_path
    return path


@pytest.mark.parametrize("page", APP_PAGES)
def test_app_pages_ask_for_a_sign_in_first(db: None, client: Client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("page", APP_PAGES)
def test_shell_loads_the_built_files_and_sets_the_csrf_cookie(
    client: Client, resident: User, built_frontend: Path, page: str
) -> None:
    client.force_login(resident)
    response = client.get(page)
    html = response.content.decode()
    assert response.status_code == 200
    assert '<script type="module" src="/static/assets/main-1.js"></script>' in html
    assert html.count("modulepreload") == 2
    for style in ("main-1", "shared-1", "site-1"):
        assert html.count(f'href="/static/assets/{style}.css"') == 1
    assert "other-1" not in html
    assert '<div id="root"></div>' in html
    assert "csrftoken" in response.cookies
    assert "no-store" in response["Cache-Control"]


def test_a_new_build_is_served_without_a_restart(
    client: Client, resident: User, built_frontend: Path
) -> None:
    client.force_login(resident)
    client.get("/")
    newer = {**MANIFEST, "src/main.tsx": {"file": "assets/main-2.js", "isEntry": True}}
    built_frontend.write_text(json.dumps(newer))
    assert "main-2.js" in client.get("/").content.decode()


@pytest.mark.parametrize("content", [None, "", "{", "[]", "{}", '{"a": 3}'])
def test_missing_or_broken_build_is_explained(
    client: Client, resident: User, tmp_path: Path, settings: Settings, content: str | None
) -> None:
    settings.FRONTEND_DIST = tmp_path
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    client.force_login(resident)
    response = client.get("/")
    assert response.status_code == 503
    assert "make setup" in response.content.decode()


def test_every_page_allows_files_of_its_own_only(db: None, client: Client) -> None:
    for page in ("/accounts/login/", "/healthz", "/nothing", "/api/me/"):
        policy = client.get(page)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_pages_hold_no_inline_script_or_style(db: None, client: Client) -> None:
    for page in ("/accounts/login/", "/accounts/logout/", "/nothing"):
        html = client.get(page, follow=True).content.decode()
        assert "<style" not in html
        assert "style=" not in html
        assert "<script" not in html


def test_sign_in_page_is_labelled_and_says_synthetic(db: None, client: Client) -> None:
    html = client.get("/accounts/login/").content.decode()
    assert "SYNTHETIC - not for diagnosis" in html
    assert '<html lang="en">' in html
    assert 'for="id_login"' in html
    assert 'for="id_password"' in html
    assert 'autocomplete="current-password"' in html


def test_signing_in_leads_to_the_wanted_page(client: Client, resident: User) -> None:
    response = client.post(
        "/accounts/login/", {"login": resident.email, "password": PASSWORD, "next": "/progress"}
    )
    assert response.status_code == 302
    assert response["Location"] == "/progress"


def test_refused_sign_in_names_no_reason_that_tells_who_exists(
    client: Client, resident: User
) -> None:
    pages = [
        client.post("/accounts/login/", {"login": email, "password": "wrong"}).content.decode()
        for email in (resident.email, "nobody@example.org")
    ]
    assert all('role="alert"' in page for page in pages)
    errors = [page.split('role="alert"')[1].split("</div>")[0] for page in pages]
    assert errors[0] == errors[1]


def test_signing_in_never_leads_to_another_site(client: Client, resident: User) -> None:
    response = client.post(
        "/accounts/login/",
        {"login": resident.email, "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert response["Location"] == "/"


def test_unknown_address_is_a_friendly_404(db: None, client: Client) -> None:
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert "Nothing here" in response.content.decode()


def test_forms_without_token_are_refused_in_words(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
    assert response.status_code == 403
    assert "open for too long" in response.content.decode()


def test_server_error_page_needs_nothing_but_itself(
    client: Client, resident: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    client.force_login(resident)
    monkeypatch.setattr("trainer.web.views.shell.find_frontend_files", lambda: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
