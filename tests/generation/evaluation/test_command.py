"""The command line of `evaluate`: what is refused, and with which code."""

import json
from pathlib import Path
from typing import Any

import pytest

from generation.__main__ import main
from generation.evaluation import report
from tests.generation.evaluation.conftest import Made, stand_in


def given(folder: Path, *more: str) -> list[str]:
    out = str(folder / "made" / "report.json")
    return ["evaluate", "--real", str(folder), "--count", "2", "--out", out, *more]


@pytest.mark.parametrize(
    "more",
    [
        ("--count", "0"),
        ("--patches", "x"),
        ("--seed", "-1"),
        ("--sets", "all"),
        ("--skip", "nothing"),
        ("--samples", "nowhere"),
        ("--with-real-pictures",),
    ],
)
def test_bad_arguments_exit_2(tmp_path: Path, more: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(given(tmp_path, *more))
    assert stopped.value.code == 2


def test_a_real_folder_that_is_not_there_exits_2(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(given(tmp_path / "nowhere"))
    assert stopped.value.code == 2


def test_a_folder_of_something_else_fails_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(given(tmp_path)) == 1
    (said,) = capsys.readouterr().err.strip().splitlines()
    assert said.startswith("generation evaluate: ")
    assert "not the CDD-CESM folder" in said


def test_weights_of_something_else_fail_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.json").write_text("{}")
    assert main(given(tmp_path, "--weights", str(tmp_path / "other.safetensors"))) == 1
    (said,) = capsys.readouterr().err.strip().splitlines()
    assert said.startswith("generation evaluate: ")
    assert "other.safetensors" in said or "other.json" in said


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["evaluate", "--help"])
    assert stopped.value.code == 0
    assert "example:" in capsys.readouterr().out


def test_report_and_page_are_written(
    tmp_path: Path,
    made: Made,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stand_in(monkeypatch)
    monkeypatch.setattr(report, "evaluate", lambda plan, say: made.done)
    page = tmp_path / "made" / "page.html"
    assert main(given(tmp_path, "--page", str(page))) == 0
    written: dict[str, Any] = json.loads((tmp_path / "made" / "report.json").read_text())
    assert written == made.done.report
    assert page.read_text().startswith("<!doctype html>")
    said = capsys.readouterr().out
    assert "MISSED" in said
    assert "met " in said
