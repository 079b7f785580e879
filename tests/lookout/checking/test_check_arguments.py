"""Arguments of `lookout check` that contradict each other or are empty."""

from __future__ import annotations

import pytest

from lookout.main import main


@pytest.mark.parametrize("form", ["text", "sarif", "github"])
def test_two_forms_at_once_are_refused(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "--format", form]) == 2
    assert capsys.readouterr().err == (
        f"lookout: --json and --format {form} ask for two forms\nLeave one of them out.\n"
    )


def test_an_empty_catalogue_is_not_taken_for_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--catalog", ""]) == 2
    assert capsys.readouterr().err == (
        "lookout: --catalog is '', which is not of the form module:attribute\nOurs is monitors.catalog:stack.\n"
    )


def test_an_empty_code_is_not_taken_for_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", ""]) == 2
    assert capsys.readouterr().err.startswith("lookout: there is no check ''\n")
