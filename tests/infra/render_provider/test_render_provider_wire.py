from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.render_provider.service_wire import WEB, create_body, inputs_of, patch_body, same_image

_TEXT = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
_SCALING = st.fixed_dictionaries(
    {"min": st.integers(1, 5), "max": st.integers(5, 9), "cpuPercent": st.integers(1, 100)},
    optional={"memoryPercent": st.integers(1, 100)},
)
_COMMON = {
    "name": _TEXT,
    "ownerId": _TEXT,
    "region": st.sampled_from(["oregon", "ohio"]),
    "plan": st.sampled_from(["starter", "pro"]),
    "autoDeploy": st.booleans(),
    "numInstances": st.integers(1, 9),
    "maxShutdownDelaySeconds": st.integers(1, 300),
    "preDeployCommand": st.just("") | _TEXT,
    "healthCheckPath": st.just("") | _TEXT,
}
_OPTIONAL = {
    "environmentId": _TEXT,
    "autoscaling": _SCALING,
    "disk": st.fixed_dictionaries({"name": _TEXT, "mountPath": _TEXT, "sizeGB": st.integers(1, 50)}),
}
_IMAGE = {
    "runtime": st.just("image"),
    "image": st.fixed_dictionaries({"imagePath": _TEXT, "registryCredentialId": st.just("") | _TEXT}),
    "dockerCommand": st.just("") | _TEXT,
}
_REPO = {"repo": _TEXT, "branch": _TEXT, "rootDir": st.just("") | _TEXT}
_DOCKER = _REPO | {
    "runtime": st.just("docker"),
    "dockerCommand": st.just("") | _TEXT,
    "dockerContext": _TEXT,
    "dockerfilePath": _TEXT,
}
_NATIVE = _REPO | {"runtime": st.sampled_from(["python", "node"]), "buildCommand": _TEXT, "startCommand": _TEXT}
_INPUTS = st.one_of(
    *(st.fixed_dictionaries(_COMMON | source, optional=_OPTIONAL) for source in (_IMAGE, _DOCKER, _NATIVE))
)


def _as_render_shows(body: dict[str, Any]) -> dict[str, Any]:
    image = body.get("image", {})
    details = dict(body["serviceDetails"])
    specific = {**details["envSpecificDetails"], "preDeployCommand": details.pop("preDeployCommand")}
    credential = image.get("registryCredentialId")
    return {
        **body,
        "imagePath": image.get("imagePath"),
        "registryCredential": {"id": credential} if credential else None,
        "serviceDetails": {**details, "envSpecificDetails": specific},
    }


@given(_INPUTS)
def test_what_is_sent_is_what_is_read_back(inputs: dict[str, Any]) -> None:
    body = create_body(WEB, inputs | {"secretFiles": {}}, {})
    assert inputs_of(_as_render_shows(body)) == inputs


@given(_INPUTS)
def test_nothing_is_patched_when_nothing_differs(inputs: dict[str, Any]) -> None:
    assert patch_body(WEB, inputs, inputs) == {}


@given(_INPUTS, _INPUTS)
def test_a_patch_holds_every_difference_that_render_can_take(live: dict[str, Any], wanted: dict[str, Any]) -> None:
    body = patch_body(WEB, live, wanted)
    assert ("name" in body) is (live["name"] != wanted["name"])
    assert ("plan" in body.get("serviceDetails", {})) is (live["plan"] != wanted["plan"])
    assert "region" not in body.get("serviceDetails", {})
    assert "numInstances" not in body.get("serviceDetails", {})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("nginx", "docker.io/library/nginx:latest", True),
        ("nginx:1.27", "docker.io/library/nginx:1.27", True),
        ("acme/legal", "docker.io/acme/legal:latest", True),
        ("ghcr.io/acme/legal:1", "ghcr.io/acme/legal:1", True),
        ("localhost:5000/legal", "localhost:5000/legal:latest", True),
        ("nginx:1.27", "nginx:1.28", False),
        ("ghcr.io/acme/legal", "docker.io/acme/legal", False),
        ("nginx@sha256:0a", "nginx", False),
    ],
)
def test_image_paths_are_compared_by_what_they_mean(one: str, other: str, same: bool) -> None:
    assert same_image(one, other) is same
