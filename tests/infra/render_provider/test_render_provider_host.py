from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import grpc  # type: ignore[import-untyped]  # grpcio publishes no types
import pytest
from provider_harness import web_service
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from render_account import KEY, RenderAccount

from infra.render_provider import host
from infra.render_provider.values import property_map

PLUGIN = Path(host.__file__).parent / "pulumi-resource-render"
URN = "urn:pulumi:test::project::render:index:WebService::it"


def _start(**environment: str) -> tuple[subprocess.Popen[str], provider_pb2_grpc.ResourceProviderStub]:
    process = subprocess.Popen(
        [PLUGIN, "127.0.0.1:9"], stdout=subprocess.PIPE, text=True, cwd="/", env={**os.environ, **environment}
    )
    assert process.stdout is not None
    port = process.stdout.readline().strip()
    assert port.isdigit()
    return process, provider_pb2_grpc.ResourceProviderStub(grpc.insecure_channel(f"127.0.0.1:{port}"))


def test_the_plugin_starts_from_any_folder_and_answers() -> None:
    process, provider = _start()
    try:
        assert provider.GetPluginInfo(provider_pb2.GetSchemaRequest()).version == "0.1.0"
    finally:
        process.kill()
        process.wait()


def test_the_plugin_without_an_engine_says_who_starts_it() -> None:
    done = subprocess.run([PLUGIN], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "the Pulumi engine starts it" in done.stderr


def test_the_plugin_ends_when_its_engine_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", f"import subprocess; subprocess.run([{str(PLUGIN)!r}, '127.0.0.1:9'])"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline().strip().isdigit()
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []


def test_an_error_reaches_the_engine_as_plain_text_without_secrets(account: RenderAccount) -> None:
    process, provider = _start(RENDER_API_URL=account.url, RENDER_API_KEY="rnd_seededWrongKey")
    try:
        provider.Configure(provider_pb2.ConfigureRequest())
        with pytest.raises(grpc.RpcError) as caught:
            provider.Read(provider_pb2.ReadRequest(id="srv-1", urn=URN))
        assert re.match(
            r"Render API: GET /services/srv-1 answered 401: unauthorized; check the key", caught.value.details()
        )
        assert "seeded" not in caught.value.details()
    finally:
        process.kill()
        process.wait()


def test_a_service_that_does_not_become_live_reaches_the_engine_with_its_state(account: RenderAccount) -> None:
    account.deploy_script = [["update_failed"]]
    process, provider = _start(RENDER_API_URL=account.url, RENDER_API_KEY=KEY)
    try:
        provider.Configure(provider_pb2.ConfigureRequest())
        inputs = PropertyValue.marshal_map(property_map(web_service(secretFiles={}, environmentGroups={})))
        checked = provider.Check(provider_pb2.CheckRequest(urn=URN, news=inputs)).inputs
        with pytest.raises(grpc.RpcError) as caught:
            provider.Create(provider_pb2.CreateRequest(urn=URN, properties=checked))
        trailers = dict(caught.value.trailing_metadata())
        assert account.only("services")["id"].encode() in trailers["grpc-status-details-bin"]
        assert b"ErrorResourceInitFailed" in trailers["grpc-status-details-bin"]
    finally:
        process.kill()
        process.wait()
