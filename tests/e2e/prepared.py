"""A site with real generated cases, made once and kept until the code that makes them changes."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.system.site import ROOT, Site

CASES = 2
SECONDS_PER_CASE = 240
DATABASE = "site.sqlite3"


def hash_sources() -> str:
    """Changes with every line that decides what a case or the database looks like."""
    digest = hashlib.sha256()
    for folder in ("generation", "cases", "trainer"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".json", ".safetensors"}:
                digest.update(path.relative_to(ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def make_site(folder: Path) -> Site:
    return Site(
        folder,
        database_url=f"sqlite:///{folder}/{DATABASE}",
        broker_url=f"sqla+sqlite:///{folder}/broker.sqlite3",
    )


def prepare_folder(cache: Path) -> Path:
    """A folder with the demo people and a few cases that the real worker made."""
    cache = cache.resolve()
    prepared = cache / hash_sources()
    if prepared.is_dir():
        return prepared
    for stale in cache.iterdir():
        shutil.rmtree(stale, ignore_errors=True)
    making = cache / f"making-{os.getpid()}"
    making.mkdir()
    site = make_site(making)
    try:
        fill(site)
    finally:
        site.stop()
    return making.rename(prepared)


def fill(site: Site) -> None:
    site.set_up()
    site.manage("make_demo")
    site.manage("request_stock", "--size", str(CASES))
    site.start("worker-generation")

    def done() -> bool:
        states = [state for (state,) in site.query("SELECT state FROM cases_caserequest")]
        assert "failed" not in states, site.query("SELECT reason FROM cases_caserequest")
        return states.count("done") == CASES

    site.wait_for(done, what="the cases", timeout_s=CASES * SECONDS_PER_CASE)


@contextmanager
def running_copy(prepared: Path, prepare: Callable[[Site], object] | None = None) -> Iterator[Site]:
    """A running site with a database of its own over the prepared images.

    Args:
        prepared: the folder of `prepare_folder`.
        prepare: what is done to the copy before it starts.
    """
    folder = Path(tempfile.mkdtemp(prefix="parenchyma-e2e-"))
    for path in prepared.iterdir():
        if path.name.startswith("images"):
            (folder / path.name).symlink_to(path)
        elif path.is_file() and path.suffix != ".log":
            shutil.copy2(path, folder)
    site = make_site(folder)
    try:
        if prepare is not None:
            prepare(site)
        site.start("web")
        site.wait_for(lambda: answers(site), what="the web process", timeout_s=180)
        yield site
    finally:
        site.stop()
        shutil.rmtree(folder, ignore_errors=True)


def answers(site: Site) -> bool:
    """A busy machine may take its time with the first page; that is no failure yet."""
    try:
        return requests.get(f"{site.address}/accounts/login/", timeout=20).ok
    except requests.RequestException:
        return False


def read_passwords(site: Site) -> dict[str, str]:
    """Demo passwords by email, as `make run` prints them."""
    lines = (site.folder / "demo-credentials.txt").read_text().splitlines()
    return {email: password for _role, email, password in map(str.split, lines)}
