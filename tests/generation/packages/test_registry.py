import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generation import __version__
from generation.packages.registry import (
    SHIPPED_WEIGHTS,
    RegistryError,
    find_generator,
    find_generators_folder,
    list_generators,
    read_generator,
)
from tests.factories.generators import install_generator


def test_the_shipped_generator_is_there_and_describes_itself(tmp_path: Path) -> None:
    (shipped,) = list_generators(tmp_path / "none")
    assert (shipped.name, shipped.version, shipped.shipped) == ("parenchyma", __version__, True)
    assert shipped.sha256 == json.loads(SHIPPED_WEIGHTS.with_suffix(".json").read_text())["sha256"]
    assert "CDD-CESM" in shipped.trained_on
    assert shipped.card is not None and shipped.card.read_text().startswith(
        "# The Parenchyma generator"
    )


def test_the_sites_own_follow_by_name(tmp_path: Path) -> None:
    later = install_generator(tmp_path, "west-wing")
    first = install_generator(tmp_path, "county")
    shipped, *own = list_generators(tmp_path)
    assert [(each.name, each.sha256) for each in own] == [("county", first), ("west-wing", later)]
    assert own[0].trained_on == "images of county"
    assert (own[0].version, own[0].shipped, own[0].has_card) == ("9.9.9", False, False)
    assert shipped.shipped


def test_weights_installed_twice_are_listed_once(tmp_path: Path) -> None:
    same = "ab" * 32
    install_generator(tmp_path, "a", sha256=same)
    install_generator(tmp_path, "b", sha256=same)
    assert [each.name for each in list_generators(tmp_path)] == ["parenchyma", "a"]


@pytest.mark.parametrize(
    "spoilt",
    ["", "[]", "{", "[" * 100_000, '{"sha256": 5}', '{"sha256": "AB"}', '{"training": {}}'],
)
def test_a_folder_that_says_nothing_usable_is_left_out(
    tmp_path: Path, spoilt: str, caplog: pytest.LogCaptureFixture
) -> None:
    install_generator(tmp_path, "broken")
    (tmp_path / "broken.0123456789ab" / "generator.json").write_text(spoilt)
    install_generator(tmp_path, "whole")
    assert [each.name for each in list_generators(tmp_path)] == ["parenchyma", "whole"]
    assert "broken" in caplog.text


@pytest.mark.parametrize("name", ["Ours.0123456789ab", "ours", ".import-1", "ours.0123456789", "x"])
def test_folders_that_no_import_made_are_passed_over(tmp_path: Path, name: str) -> None:
    install_generator(tmp_path, "ours")
    (tmp_path / "ours.0123456789ab").rename(tmp_path / name)
    assert [each.name for each in list_generators(tmp_path)] == ["parenchyma"]


@pytest.mark.parametrize("training", [["CDD-CESM"], {"data": ["CDD-CESM"]}, {}, None])
def test_a_record_without_words_leaves_it_to_the_attribution(tmp_path: Path, training: Any) -> None:
    install_generator(tmp_path, "ours", training=training)
    assert list_generators(tmp_path)[1].trained_on == ""
    manifest = {"version": 7, "attribution": ["Images of County Hospital.", 4, "With leave."]}
    (tmp_path / "ours.0123456789ab" / "manifest.json").write_text(json.dumps(manifest))
    (_, ours) = list_generators(tmp_path)
    assert ours.trained_on == "Images of County Hospital. With leave."
    assert ours.version == ""


def test_one_is_found_by_name_or_hash(tmp_path: Path) -> None:
    sha256 = install_generator(tmp_path, "ours")
    generators = list_generators(tmp_path)
    assert find_generator("ours", generators) == find_generator(sha256, generators)
    with pytest.raises(RegistryError, match="no generator “theirs” here; installed: parenchyma, o"):
        find_generator("theirs", generators)
    with pytest.raises(RegistryError, match="no generator cdcdcdcdcdcd… here"):
        find_generator("cd" * 32, generators)


def test_weights_without_a_description_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="lost.json, which describes the weights, cannot be"):
        read_generator(tmp_path / "lost.safetensors")


def test_a_file_of_weights_elsewhere_goes_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "run-7.json").write_text(json.dumps({"sha256": "ab" * 32}))
    generator = read_generator(tmp_path / "run-7.safetensors")
    assert (generator.name, generator.version, generator.shipped) == ("run-7", "", False)


def test_the_folder_is_the_sites_or_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GENERATORS_DIR", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    assert find_generators_folder() == tmp_path / "data" / "generators"
    assert find_generators_folder(tmp_path) == tmp_path / "generators"
    monkeypatch.delenv("DATA_DIR")
    assert find_generators_folder().parts[-2:] == ("var", "generators")
    monkeypatch.setenv("GENERATORS_DIR", str(tmp_path / "own"))
    assert find_generators_folder(tmp_path) == tmp_path / "own"


def test_listing_never_loads_torch(tmp_path: Path) -> None:
    list_them = (
        "import sys; from pathlib import Path; "
        "from generation.packages.registry import list_generators; "
        f"print(len(list_generators(Path({str(tmp_path)!r}))), 'torch' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", list_them], capture_output=True, text=True)
    assert told.stdout.split() == ["1", "False"], told.stderr
