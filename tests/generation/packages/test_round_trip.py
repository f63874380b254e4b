"""From one site to another: what arrives is what was sent, at once or not at all."""

import json
import shutil
from pathlib import Path

import pytest

from generation.__main__ import main
from generation.networks.weights import load_generator
from generation.packages import installing
from generation.packages.archive import read_archive, write_archive
from generation.packages.exporting import export_generator
from generation.packages.installing import install_package
from generation.packages.manifest import hash_bytes
from generation.packages.members import PackageError
from generation.packages.registry import SHIPPED_WEIGHTS, list_generators
from tests.generation.packages.conftest import PNG, make_weights


def test_what_arrives_is_what_was_sent(package: Path, trained: Path, tmp_path: Path) -> None:
    done = install_package(package, tmp_path / "deep" / "site")
    generator = done.generator
    assert (generator.name, done.new, done.replaced) == ("county", True, 0)
    assert generator.weights.read_bytes() == trained.read_bytes()
    assert generator.trained_on == "images of County Hospital"
    assert generator.card is not None and "County" in generator.card.read_text()
    assert load_generator(generator.weights, "cpu").sha256 == generator.sha256
    assert list_generators(tmp_path / "deep" / "site")[1:] == [generator]


def test_the_same_generator_is_the_same_file(package: Path, trained: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    export_generator(trained, again)
    assert again.read_bytes() == package.read_bytes()


def test_an_installed_generator_can_be_passed_on(package: Path, tmp_path: Path) -> None:
    installed = install_package(package, tmp_path / "site").generator
    again = tmp_path / "again.zip"
    export_generator(installed.weights, again)
    assert again.read_bytes() == package.read_bytes()


def test_reports_and_pictures_come_along(tmp_path: Path) -> None:
    weights = make_weights(tmp_path / "trained")
    (tmp_path / "trained" / "pictures").mkdir()
    beside = {
        "generator.evaluation.json": b'{"bars": []}',
        "generator.audit.json": b'{"ratio": 1.0}',
        "pictures/pictures.json": b"{}",
        "pictures/bright-star.png": PNG,
    }
    for name, data in beside.items():
        (tmp_path / "trained" / name).write_bytes(data)
    (tmp_path / "trained" / "optimiser.pt").write_bytes(b"of no use to others")
    manifest = export_generator(weights, tmp_path / "out.zip")
    assert set(beside) < set(manifest.members)
    assert "optimiser.pt" not in read_archive((tmp_path / "out.zip").read_bytes())
    installed = install_package(tmp_path / "out.zip", tmp_path / "site").generator
    for name, data in beside.items():
        assert installed.weights.with_name("x").parent.joinpath(name).read_bytes() == data


def test_the_shipped_generator_can_be_passed_on(tmp_path: Path) -> None:
    manifest = export_generator(SHIPPED_WEIGHTS, tmp_path / "out.zip")
    assert manifest.name == "parenchyma"
    assert any("CDD-CESM" in line for line in manifest.attribution)
    done = install_package(tmp_path / "out.zip", tmp_path / "site")
    assert done.generator.weights.read_bytes() == SHIPPED_WEIGHTS.read_bytes()
    assert [each.name for each in list_generators(tmp_path / "site")] == ["parenchyma"]


def test_importing_again_changes_nothing(package: Path, tmp_path: Path) -> None:
    first = install_package(package, tmp_path)
    before = first.generator.weights.stat().st_mtime_ns
    again = install_package(package, tmp_path)
    assert (again.new, again.generator) == (False, first.generator)
    assert first.generator.weights.stat().st_mtime_ns == before


def test_importing_again_repairs_what_was_damaged(package: Path, tmp_path: Path) -> None:
    weights = install_package(package, tmp_path).generator.weights
    whole = weights.read_bytes()
    weights.write_bytes(whole[:100])
    assert install_package(package, tmp_path).new
    assert weights.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == [weights.parent.name]


def make_other(tmp_path: Path) -> Path:
    other = tmp_path / "other.zip"
    export_generator(make_weights(tmp_path / "other", seed=1), other)
    return other


def test_another_of_the_same_name_is_replaced_only_when_told(package: Path, tmp_path: Path) -> None:
    site, other = tmp_path / "site", make_other(tmp_path)
    first = install_package(package, site).generator
    with pytest.raises(PackageError, match="installed as “county”: --replace .* --name"):
        install_package(other, site)
    assert list_generators(site)[1:] == [first]
    done = install_package(other, site, replace=True)
    assert (done.new, done.replaced) == (True, 1)
    assert list_generators(site)[1:] == [done.generator]
    assert done.generator.sha256 != first.sha256
    # Another path: a process that has loaded the old one does not go on with it.
    assert done.generator.weights != first.weights
    assert [path.name for path in site.iterdir()] == [done.generator.weights.parent.name]


def test_another_name_keeps_both(package: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install_package(package, site)
    install_package(make_other(tmp_path), site, name="county-2")
    assert [each.name for each in list_generators(site)] == ["parenchyma", "county", "county-2"]


def test_the_same_weights_have_one_name(package: Path, tmp_path: Path) -> None:
    install_package(package, tmp_path)
    with pytest.raises(PackageError, match="installed already, as “county”"):
        install_package(package, tmp_path, name="west-wing")


def test_the_shipped_generator_keeps_its_name(package: Path, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="shipped generator is called “parenchyma”"):
        install_package(package, tmp_path / "site", name="parenchyma", replace=True)
    assert not (tmp_path / "site").exists()


def test_a_failure_in_the_middle_leaves_what_was(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, other = tmp_path / "site", make_other(tmp_path)
    first = install_package(package, site).generator

    def run_out_of_space(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(installing, "check_fitness", run_out_of_space)
    with pytest.raises(OSError, match="No space"):
        install_package(other, site, replace=True)
    assert list_generators(site)[1:] == [first]
    assert [path.name for path in site.iterdir()] == [first.weights.parent.name]


def test_what_a_killed_import_left_is_never_listed_and_goes_with_the_next(
    package: Path, tmp_path: Path
) -> None:
    installed = install_package(package, tmp_path).generator.weights.parent
    shutil.copytree(installed, tmp_path / f".import-{installed.name}")
    (tmp_path / f".import-{installed.name}" / "generator.safetensors").write_bytes(b"half")
    assert len(list_generators(tmp_path)) == 2
    install_package(package, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [installed.name]


def test_a_failed_export_leaves_the_file_that_was(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.zip"
    out.write_bytes(b"an older package")
    with pytest.raises(PackageError, match="too large"):
        write_archive(out, {"generator.card.md": b"x" * 2**21})
    monkeypatch.setattr("zipfile.ZipFile.writestr", lambda *_: (_ for _ in ()).throw(OSError()))
    with pytest.raises(OSError):
        export_generator(trained, out)
    assert out.read_bytes() == b"an older package"
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]


def test_nothing_is_passed_on_without_card_licence_and_credit(tmp_path: Path) -> None:
    weights, out = make_weights(tmp_path / "trained"), tmp_path / "out.zip"
    (weights.parent / "notice.json").unlink()
    with pytest.raises(PackageError, match="give --licence and --attribution"):
        export_generator(weights, out)
    (weights.parent / "generator.card.md").unlink()
    with pytest.raises(PackageError, match="without its model card"):
        export_generator(weights, out)
    card = tmp_path / "card.md"
    card.write_text("# Ours")
    manifest = export_generator(
        weights, out, name="ours", card=card, licence="CC0", attribution=["Ours."]
    )
    assert (manifest.name, manifest.licence, manifest.attribution) == ("ours", "CC0", ("Ours.",))


def test_the_commands(trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, site = tmp_path / "county.zip", tmp_path / "site"
    assert main(["export", "--weights", str(trained), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert hash_bytes(out.read_bytes()) in said
    take = ["import", str(out), "--into", str(site), "--sha256", hash_bytes(out.read_bytes())]
    assert main(take) == 0
    assert "installed “county” in" in capsys.readouterr().out
    assert main(take) == 0
    assert "was installed already" in capsys.readouterr().out


def test_the_sites_own_folder_is_where_packages_go(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENERATORS_DIR", str(tmp_path / "own"))
    assert main(["import", str(package), "--name", "ours"]) == 0
    assert [each.name for each in list_generators(tmp_path / "own")] == ["parenchyma", "ours"]


def test_a_refusal_is_one_line_and_exit_1(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(package.read_bytes()[:1000])
    assert main(["import", str(cut), "--into", str(tmp_path / "site")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("generation import: cut.zip is refused. It is damaged")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "nowhere.zip"],
        ["import", __file__, "--sha256", "abc"],
        ["import", __file__, "--name", "../up"],
        ["export"],
        ["export", "--out", "x.zip", "--weights", "nowhere.safetensors"],
        ["export", "--out", "x.zip", "--name", "Two Words"],
    ],
)
def test_bad_arguments_are_exit_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_a_manifest_is_read_by_people_too(package: Path) -> None:
    manifest = json.loads(read_archive(package.read_bytes())["manifest.json"])
    assert manifest["condition"]["channels"][0] == "mask"
    assert manifest["condition"]["coarse_sigma_mm"] > 0
    assert set(manifest["members"]) == {
        "generator.safetensors",
        "generator.json",
        "generator.card.md",
    }
