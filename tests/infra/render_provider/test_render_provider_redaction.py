from __future__ import annotations

from infra.render_provider.redaction import Redactor


def test_a_remembered_value_is_masked_wherever_it_stands() -> None:
    redactor = Redactor()
    redactor.remember(["seededSecret"])
    assert redactor.clean("url=postgres://u:seededSecret@h") == "url=postgres://u:[secret]@h"


def test_the_longer_of_two_values_is_masked_whole() -> None:
    redactor = Redactor()
    redactor.remember(["seeded", "seededSecret"])
    assert redactor.clean("seededSecret") == "[secret]"


def test_each_line_of_a_secret_file_is_masked_by_itself() -> None:
    redactor = Redactor()
    redactor.remember(["-----BEGIN KEY-----\nMIIabcdef\n-----END KEY-----"])
    assert redactor.clean("bad line MIIabcdef in key") == "bad line [secret] in key"


def test_settings_too_short_to_be_secrets_stay_readable() -> None:
    redactor = Redactor()
    redactor.remember(["true", "8000", ""])
    assert redactor.clean("port 8000 is true") == "port 8000 is true"


def test_its_repr_shows_no_value() -> None:
    redactor = Redactor()
    redactor.remember(["seededSecret"])
    assert "seeded" not in repr(redactor)
