"""Every resource type of the provider: its properties, their types, and which are secret or immutable.

Names, types and allowed values follow Render's public OpenAPI description (api-docs.render.com, dated 2025-09-20).
"""

from __future__ import annotations

from typing import Final

from infra.render_provider.properties import Property, ResourceSchema, boolean, integer, text

REGIONS: Final = ("frankfurt", "oregon", "ohio", "singapore", "virginia")
SERVICE_PLANS: Final = ("starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra")
RUNTIMES: Final = ("docker", "elixir", "go", "node", "python", "ruby", "rust", "image")
# Render keeps the older names (starter, standard, pro, pro_plus) only for databases that already have them.
POSTGRES_PLANS: Final = (
    "free",
    *(f"basic_{size}" for size in ("256mb", "1gb", "4gb")),
    *(f"pro_{gigabytes}gb" for gigabytes in (4, 8, 16, 32, 64, 128, 192, 256, 384, 512)),
    *(f"accelerated_{gigabytes}gb" for gigabytes in (16, 32, 64, 128, 256, 384, 512, 768, 1024)),
)
# Smallest first: Render cannot make a Key Value instance smaller.
KEY_VALUE_PLANS: Final = ("free", "starter", "standard", "pro", "pro_plus")
EVICTION_POLICIES: Final = (
    "noeviction",
    *(f"{which}_{how}" for which in ("allkeys", "volatile") for how in ("lfu", "lru", "random")),
    "volatile_ttl",
)
METRICS_PROVIDERS: Final = ("BETTER_STACK", "GRAFANA", "DATADOG", "NEW_RELIC", "HONEYCOMB", "CUSTOM")

_NAME = text("Name at Render.", required=True)
_OWNER = text("The workspace's id, `tea-...`.", required=True, immutable=True)
_ENVIRONMENT = text("The environment's id, `evm-...`; a change moves the object in place.")
_STORE_ENVIRONMENT = text(
    "The environment's id, `evm-...`; being in it is what marks the store as owned. A change moves it in place.",
    required=True,
)
_REGION = text("Render region.", default="oregon", immutable=True, choices=REGIONS)
_MANAGED_BY = text("The owner's mark, kept as environment variable MANAGED_BY.", required=True)
_ENV_VARS = Property("texts", "Environment variables by name.", secret=True, default={})
_SECRET_FILES = Property("texts", "Secret files: content by file name.", secret=True, default={})
_IP_ALLOW_LIST = Property(
    "objects",
    "Networks that may connect from outside; none by default, so only Render's private network can.",
    default=[],
    unordered=True,
    fields={"cidrBlock": text("CIDR block.", required=True), "description": text("Whose it is.", default="")},
)

_SERVICE_INPUTS = {
    "name": _NAME,
    "ownerId": _OWNER,
    "environmentId": _ENVIRONMENT,
    "region": _REGION,
    "plan": text("Instance type.", required=True, choices=SERVICE_PLANS),
    "managedBy": _MANAGED_BY,
    "runtime": text("What runs: `image`, `docker` or a native runtime.", required=True, choices=RUNTIMES),
    "image": Property(
        "object",
        "The image to run, for runtime `image`.",
        fields={
            "imagePath": text("Path with tag or digest.", required=True),
            "registryCredentialId": text("Id of the registry credential for a private image.", default=""),
        },
    ),
    "repo": text("Repository address, for every runtime but `image`.", default=""),
    "branch": text("Branch to deploy.", computed=True),
    "rootDir": text("Folder in the repository that the commands run in.", default=""),
    "buildCommand": text("Build command, for native runtimes.", default=""),
    "startCommand": text("Start command, for native runtimes.", default=""),
    "dockerCommand": text("Command that replaces the image's own, for `image` and `docker`.", default=""),
    "dockerContext": text("Build context, for `docker`.", computed=True),
    "dockerfilePath": text("Dockerfile, for `docker`.", computed=True),
    "preDeployCommand": text("Runs before each deploy, such as migrations.", default=""),
    "autoDeploy": boolean("Whether Render deploys each new commit by itself.", default=False),
    "numInstances": integer("Instances while autoscaling is off.", default=1, minimum=1, maximum=100),
    "autoscaling": Property(
        "object",
        "Scales between two sizes on CPU and memory; leaving it out turns autoscaling off.",
        fields={
            "min": integer("Fewest instances.", required=True, minimum=1, maximum=100),
            "max": integer("Most instances.", required=True, minimum=1, maximum=100),
            "cpuPercent": integer("Average CPU to hold, in percent.", minimum=1, maximum=100),
            "memoryPercent": integer("Average memory to hold, in percent.", minimum=1, maximum=100),
        },
    ),
    "maxShutdownDelaySeconds": integer("Seconds from SIGTERM to SIGKILL.", default=30, minimum=1, maximum=300),
    "disk": Property(
        "object",
        "A persistent disk; excludes autoscaling and more than one instance.",
        fields={
            "name": text("Disk name.", required=True),
            "mountPath": text("Absolute path.", required=True),
            "sizeGB": integer("Gigabytes; only grows.", default=1, minimum=1),
        },
    ),
    "envVars": _ENV_VARS,
    "secretFiles": _SECRET_FILES,
    "environmentGroups": Property(
        "texts", "Linked environment groups: content hash by group id; a changed hash deploys.", default={}
    ),
}
_SERVICE_OUTPUTS = {
    "url": text("Address: public for a web service, `host:port` on the private network for a private one."),
    "dashboardUrl": text("Page in Render's dashboard."),
    "slug": text("Unique name that addresses are made of."),
    "internalHost": text("Host name on the private network."),
    "internalPort": integer("Port on the private network; absent until Render has found one open."),
    "deployId": text("The latest deploy."),
    "deployStatus": text("The latest deploy's status."),
}

PROJECT: Final = ResourceSchema(
    token="render:index:Project",  # noqa: S106 - a type's name, no secret
    title="project",
    description="A project with its environments. Deleting one that still holds resources is refused.",
    inputs={
        "name": _NAME,
        "ownerId": _OWNER,
        "environments": Property(
            "objects",
            "The project's environments.",
            required=True,
            unordered=True,
            fields={
                "name": text("Environment name.", required=True),
                "protectedStatus": text(
                    "Whether only admins may change it.", default="unprotected", choices=("unprotected", "protected")
                ),
                "networkIsolationEnabled": boolean("Closes the private network to others.", default=False),
            },
        ),
    },
    outputs={"environmentIds": Property("texts", "Environment ids by name.")},
)
ENVIRONMENT_GROUP: Final = ResourceSchema(
    token="render:index:EnvironmentGroup",  # noqa: S106 - a type's name, no secret
    title="environment group",
    description="Environment variables and secret files that several services share.",
    inputs={
        "name": _NAME,
        "ownerId": _OWNER,
        "environmentId": _ENVIRONMENT,
        "managedBy": _MANAGED_BY,
        "envVars": _ENV_VARS,
        "secretFiles": _SECRET_FILES,
    },
    outputs={
        "contentHash": text("Changes with the content; keyed, so the content cannot be guessed from it."),
        "contentSalt": text("Key of the content hash.", secret=True),
    },
)
WEB_SERVICE: Final = ResourceSchema(
    token="render:index:WebService",  # noqa: S106 - a type's name, no secret
    title="web service",
    description="A service with a public address.",
    inputs={**_SERVICE_INPUTS, "healthCheckPath": text("Path that answers 2xx when healthy.", default="")},
    outputs=_SERVICE_OUTPUTS,
)
PRIVATE_SERVICE: Final = ResourceSchema(
    token="render:index:PrivateService",  # noqa: S106 - a type's name, no secret
    title="private service",
    description="A service that only Render's private network reaches. Render checks its health by TCP only.",
    inputs=_SERVICE_INPUTS,
    outputs=_SERVICE_OUTPUTS,
)
POSTGRES: Final = ResourceSchema(
    token="render:index:Postgres",  # noqa: S106 - a type's name, no secret
    title="Postgres database",
    description="A Postgres database. Deleting it deletes its backups.",
    inputs={
        "name": _NAME,
        "ownerId": _OWNER,
        "environmentId": _STORE_ENVIRONMENT,
        "plan": text("Instance type.", required=True, choices=POSTGRES_PLANS),
        "version": text(
            "Major version.", required=True, immutable=True, choices=("11", "12", "13", "14", "15", "16", "17")
        ),
        "region": _REGION,
        "databaseName": text("Database name.", computed=True, immutable=True),
        "databaseUser": text("Database user.", computed=True, immutable=True),
        "diskSizeGB": integer("Gigabytes: 1 or a multiple of 5; only grows.", computed=True, minimum=1),
        "highAvailability": boolean("Keeps a standby; needs a pro or accelerated plan.", default=False),
        "ipAllowList": _IP_ALLOW_LIST,
    },
    outputs={
        "internalConnectionString": text("For services on Render.", secret=True),
        "externalConnectionString": text("For programs elsewhere.", secret=True),
        "password": text("The database user's password.", secret=True),
        "host": text("Host name on the private network."),
        "status": text("Render's status."),
        "dashboardUrl": text("Page in Render's dashboard."),
    },
)
KEY_VALUE: Final = ResourceSchema(
    token="render:index:KeyValue",  # noqa: S106 - a type's name, no secret
    title="Key Value instance",
    description="A Redis-compatible store.",
    inputs={
        "name": _NAME,
        "ownerId": _OWNER,
        "environmentId": _STORE_ENVIRONMENT,
        "plan": text("Instance type; only grows.", required=True, choices=KEY_VALUE_PLANS),
        "region": _REGION,
        "maxmemoryPolicy": text(
            "What happens when memory is full: allkeys_lru for a cache, noeviction for a queue.",
            default="allkeys_lru",
            choices=EVICTION_POLICIES,
        ),
        "ipAllowList": _IP_ALLOW_LIST,
    },
    outputs={
        "internalConnectionString": text("For services on Render.", secret=True),
        "externalConnectionString": text("For programs elsewhere.", secret=True),
        "status": text("Render's status."),
    },
)
LOG_STREAM: Final = ResourceSchema(
    token="render:index:LogStream",  # noqa: S106 - a type's name, no secret
    title="log stream",
    description="Sends the logs of the whole workspace to one TLS syslog endpoint. A workspace has one.",
    inputs={
        "ownerId": _OWNER,
        "endpoint": text("`host:port`.", required=True),
        "token": text("Authenticates the stream.", secret=True, write_only=True),
        "preview": text("Whether preview environments send theirs.", default="drop", choices=("send", "drop")),
    },
    outputs={},
)
METRICS_STREAM: Final = ResourceSchema(
    token="render:index:MetricsStream",  # noqa: S106 - a type's name, no secret
    title="metrics stream",
    description="Sends the metrics of the whole workspace to one provider. A workspace has one; needs Professional.",
    inputs={
        "ownerId": _OWNER,
        "provider": text("Who receives.", required=True, choices=METRICS_PROVIDERS),
        "url": text("Where to.", required=True),
        "token": text("Authenticates the stream.", secret=True, write_only=True),
    },
    outputs={},
)

SCHEMAS: Final = (
    PROJECT,
    ENVIRONMENT_GROUP,
    WEB_SERVICE,
    PRIVATE_SERVICE,
    POSTGRES,
    KEY_VALUE,
    LOG_STREAM,
    METRICS_STREAM,
)
