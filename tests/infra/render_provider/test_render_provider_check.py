from __future__ import annotations

from typing import Any

import pytest
from provider_harness import (
    CheckRefused,
    Harness,
    environment_group,
    key_value,
    postgres,
    private_service,
    project,
    web_service,
)

WEB = "render:index:WebService"
PRIVATE = "render:index:PrivateService"
DOCKER: dict[str, Any] = {"runtime": "docker", "image": None, "repo": "https://github.com/acme/legal"}
NATIVE: dict[str, Any] = {"runtime": "python", "image": None, "repo": "https://github.com/acme/legal"}
DISK = {"name": "data", "mountPath": "/data"}

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    (
        WEB,
        web_service(plan="standart"),
        'property "plan" value "standart" is not one of starter, standard, pro, pro_plus, pro_max, pro_ultra; '
        'did you mean "standard"?',
    ),
    (WEB, web_service(plan=None), 'property "plan" is required: Instance type.'),
    (WEB, web_service(name=" "), 'property "name" is empty: Name at Render.'),
    (
        WEB,
        web_service(healthcheckPath="/"),
        'property "healthcheckPath" is not one of WebService; did you mean "healthCheckPath"?',
    ),
    (
        WEB,
        web_service(healthCheckPath="health"),
        'property "healthCheckPath" value "health" is not a path; start it with "/"',
    ),
    (WEB, web_service(numInstances="2"), 'property "numInstances" must be a whole number, not text'),
    (WEB, web_service(numInstances=0), 'property "numInstances" value 0 is below 1, the least there is'),
    (WEB, web_service(autoDeploy="yes"), 'property "autoDeploy" must be true or false, not text'),
    (
        WEB,
        web_service(envVars={"PORT": 8000}),
        'property "envVars.PORT" must be text, not a number; write the value in quotes',
    ),
    (
        WEB,
        web_service(envVars={"MANAGED_BY": "me"}),
        'property "envVars.MANAGED_BY" is reserved: it carries the owner; set "managedBy" instead',
    ),
    (WEB, web_service(managedBy="unmanaged"), 'property "managedBy" value "unmanaged" means no owner; name the owner'),
    (
        WEB,
        web_service(image={"path": "nginx"}),
        'property "image.path" is not one of image (imagePath, registryCredentialId)',
    ),
    (WEB, web_service(image=None), 'property "image" is required for runtime "image"'),
    (
        WEB,
        web_service(startCommand="run"),
        'property "startCommand" does not go with runtime "image", which takes no start command',
    ),
    (WEB, web_service(**NATIVE), 'property "buildCommand" is required for runtime "python"'),
    (
        WEB,
        web_service(**DOCKER, buildCommand="make"),
        'property "buildCommand" does not go with runtime "docker", which takes no build command',
    ),
    (
        WEB,
        web_service(autoscaling={"min": 5, "max": 2, "cpuPercent": 70}),
        'property "autoscaling.min" value 5 is above "autoscaling.max" value 2',
    ),
    (
        WEB,
        web_service(autoscaling={"min": 1, "max": 2}),
        'property "autoscaling" names nothing to scale on: give "cpuPercent", "memoryPercent" or both',
    ),
    (
        WEB,
        web_service(autoscaling={"min": 1, "max": 2, "cpuPercent": 70}, disk=DISK),
        'property "autoscaling" does not go with "disk": Render cannot scale a service that has a disk',
    ),
    (
        WEB,
        web_service(numInstances=2, disk=DISK),
        'property "numInstances" value 2 does not go with "disk", which allows one instance',
    ),
    (PRIVATE, private_service() | {"healthCheckPath": "/"}, 'property "healthCheckPath" is not one of PrivateService'),
    ("render:index:Postgres", postgres(diskSizeGB=7), 'property "diskSizeGB" value 7 is neither 1 nor a multiple of 5'),
    (
        "render:index:Postgres",
        postgres(highAvailability=True),
        '"highAvailability" needs a pro or accelerated plan, and "plan" is "basic_1gb"; pro_4gb is the smallest',
    ),
    ("render:index:Postgres", postgres(plan="basic-1gb"), 'did you mean "basic_1gb"?'),
    ("render:index:Postgres", postgres(environmentId=None), 'property "environmentId" is required'),
    ("render:index:KeyValue", key_value(maxmemoryPolicy="allkeys-lru"), 'did you mean "allkeys_lru"?'),
    ("render:index:Project", project("staging", "staging"), 'property "environments" names "staging" twice'),
    (
        "render:index:EnvironmentGroup",
        environment_group(envVars=["A"]),
        'property "envVars" must be a map of texts, not a list',
    ),
    (
        "render:index:LogStream",
        {"ownerId": "tea-1", "endpoint": "https://logs.example"},
        'property "endpoint" value "https://logs.example" is not host:port',
    ),
    (
        "render:index:MetricsStream",
        {"ownerId": "tea-1", "provider": "NEW_RELIC", "url": "http://metrics.example"},
        'property "url" value "http://metrics.example" does not start with https://',
    ),
]


@pytest.mark.parametrize(("token", "inputs", "text"), REFUSED)
def test_a_mistake_is_named_with_its_property_value_and_way_out(
    harness: Harness, token: str, inputs: dict[str, Any], text: str
) -> None:
    with pytest.raises(CheckRefused) as caught:
        harness.check(token, inputs)
    assert text in str(caught.value)
    assert harness.account.calls == []


def test_a_secret_value_of_the_wrong_type_is_not_quoted(harness: Harness) -> None:
    with pytest.raises(CheckRefused) as caught:
        harness.check(WEB, web_service(envVars={"API_TOKEN": 123456789}))
    assert "123456789" not in str(caught.value)


def test_every_problem_is_told_at_once(harness: Harness) -> None:
    with pytest.raises(CheckRefused) as caught:
        harness.check(WEB, web_service(plan="big", region="paris", numInstances=0))
    assert len(str(caught.value).splitlines()) == 3


def test_a_database_disk_that_would_shrink_is_refused_before_anything_happens(harness: Harness) -> None:
    made = harness.create("render:index:Postgres", postgres(diskSizeGB=25))
    with pytest.raises(CheckRefused, match="value 10 is below the present 25: a disk at Render only grows"):
        harness.diff(made, postgres(diskSizeGB=10))


def test_a_key_value_plan_that_would_shrink_is_refused(harness: Harness) -> None:
    made = harness.create("render:index:KeyValue", key_value(plan="standard"))
    with pytest.raises(CheckRefused, match='"starter" is below the present "standard": Render cannot shrink'):
        harness.diff(made, key_value(plan="starter"))


def test_leaving_out_a_disk_is_refused_because_its_data_would_be_lost(harness: Harness) -> None:
    made = harness.create(WEB, web_service(disk=DISK))
    with pytest.raises(CheckRefused, match="removing it would lose its data at once"):
        harness.diff(made, web_service())
