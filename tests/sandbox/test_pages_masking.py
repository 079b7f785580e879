"""Which fields of an object no page shows."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.pages.masking import Secrets, is_secret_value

NOTHING_DECLARED = Secrets.of({})


@pytest.mark.parametrize(
    "name",
    [
        "apiKey",
        "integrationKey",
        "licence_key",
        "authToken",
        "routingKey",
        "clientSecret",
        "PASSWORD",
        "sentryDsn",
        "connectionInfo",
        "psqlCommand",
        "passphrase",
        "webhookSecret",
        "sshPrivateKey",
        "credentials",
    ],
)
def test_a_field_whose_name_speaks_of_a_secret_is_masked(name: str) -> None:
    assert NOTHING_DECLARED.hides(("inputs", "deep", name))


@pytest.mark.parametrize("name", ["name", "key", "keyValue", "publicKey", "threshold", "query", "keyId", "description"])
def test_a_field_that_only_names_something_is_shown(name: str) -> None:
    assert not NOTHING_DECLARED.hides(("inputs", name))


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        (("envVars", "0", "value"), {"key": "PLAIN", "value": "x"}),
        (("inputs", "customHeaders", "0", "value"), {"key": "X-Any", "value": "x"}),
        (("secretFiles", "1", "content"), {"name": "a.pem", "content": "x"}),
        (("inputs", "properties", "0", "value"), {"key": "api_key", "value": "x"}),
    ],
)
def test_the_value_beside_a_secret_name_is_masked(path: tuple[str, ...], beside: dict[str, Any]) -> None:
    assert NOTHING_DECLARED.hides(path, beside)


def test_the_value_of_a_tag_is_shown() -> None:
    assert not NOTHING_DECLARED.hides(("inputs", "tags", "0", "values"), {"key": "team", "values": ["platform"]})


@pytest.mark.parametrize(
    ("declared", "path"),
    [
        ("note", ("inputs", "note")),
        ("outputs.note", ("outputs", "note")),
        ("layers[0].note", ("inputs", "layers", "0", "note")),
        ("layers.*.note", ("inputs", "layers", "7", "note")),
    ],
)
def test_a_field_that_the_document_declares_is_masked(declared: str, path: tuple[str, ...]) -> None:
    assert Secrets.of({"secret_paths": [declared]}).hides(path)
    assert not Secrets.of({"secret_paths": [declared]}).hides((*path[:-1], "other"))


@pytest.mark.parametrize(
    ("value", "secret"),
    [
        ("postgres://user:hunter2@host/db", True),
        ("redis://:hunter2@host:6379", True),
        ({"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "x"}, True),
        ("https://example.org/a:b@c", False),
        ("https://example.org", False),
        (5, False),
    ],
)
def test_a_value_is_recognised_as_a_secret_by_its_form(value: object, secret: bool) -> None:
    assert is_secret_value(value) is secret


def test_a_view_that_picks_its_own_fields_gets_none_that_is_secret() -> None:
    document = {"nrql": {"query": "q", "apiKey": "x"}, "list": [{"note": "x"}, {"name": "a"}], "url": "redis://:pw@h"}
    shown = Secrets.of({"secret_paths": ["inputs.list.0.note"]}).shown({"inputs": document})
    assert shown == {"inputs": {"nrql": {"query": "q"}, "list": [{}, {"name": "a"}]}}
