import re
import shutil
from pathlib import Path

import pytest

from generation import __version__
from generation.code_version import SOURCES, hash_sources, read_code_version


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "code" / "inner").mkdir(parents=True)
    (tmp_path / "code" / "a.py").write_text("A = 1\n")
    (tmp_path / "code" / "inner" / "b.py").write_text("B = 2\n")
    return tmp_path / "code"


def test_it_is_the_packages_version_and_the_hash_of_its_code() -> None:
    told = read_code_version()
    assert told == f"{__version__}+{hash_sources(SOURCES)}"
    assert re.fullmatch(r".+\+[0-9a-f]{12}", told)


def test_the_same_code_has_the_same_hash_wherever_it_lies(sources: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sources, tmp_path / "elsewhere")
    (copy / "notes.txt").write_text("no code")
    assert hash_sources(copy) == hash_sources(sources)


def test_every_change_of_the_code_changes_it(sources: Path) -> None:
    seen = [hash_sources(sources)]
    (sources / "inner" / "b.py").write_text("B = 3\n")
    seen.append(hash_sources(sources))
    (sources / "inner" / "b.py").rename(sources / "inner" / "c.py")
    seen.append(hash_sources(sources))
    (sources / "empty.py").touch()
    seen.append(hash_sources(sources))
    assert len(set(seen)) == len(seen)
