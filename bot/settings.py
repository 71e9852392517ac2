"""What an operator can set, read from the environment once, in one place."""

import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from bot.secret_files import SecretFileError, from_files

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting cannot be used; the message says which, what was expected and what came."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The guide's settings; each is the environment variable of the same name in capitals, or with `_FILE` a file's.

    `environment` is what they were read from; channels read settings of their own there (`bot.channels.options`).
    """

    host: str = "127.0.0.1"
    port: int = 8080
    data_dir: Path = ROOT / "var"
    database_url: str = ""
    public_url: str = ""
    model_dir: Path = ROOT / "models"
    secret_key: str = ""
    clock_start: datetime | None = None
    web_origins: tuple[str, ...] = ()
    log_level: str = "INFO"
    staffed_hours: str = ""
    staff_time_zone: str = "America/Toronto"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_label: str = ""
    handoff_desk: Literal["own", "chatwoot"] = "own"
    chatwoot_url: str = ""
    chatwoot_account: str = ""
    chatwoot_inbox: str = ""
    chatwoot_token: str = ""
    chatwoot_webhook_secret: str = ""
    redis_url: str = ""
    workers: int = 1
    log_format: Literal["text", "json"] = "text"
    otel_exporter_otlp_endpoint: str = ""
    metrics_token: str = ""
    environment: Mapping[str, str] = {}


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `environment`, with what follows from others filled in.

    `DATABASE_URL` defaults to a SQLite file in `DATA_DIR`; `SECRET_KEY` to a key that is made once and kept there,
    readable by its owner only: applicants' numbers and birth dates are stored under it, so it must outlive restarts.

    Raises:
        SettingsError: a value is not of its kind.
    """
    names = [field.name.upper() for field in msgspec.structs.fields(Settings)]
    try:
        environment = from_files(environment, names)
    except SecretFileError as error:
        raise SettingsError(str(error)) from error
    raw: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        if field.name == "environment":
            continue
        value = environment.get(field.name.upper())
        if value:
            raw[field.name] = tuple(value.split()) if field.name == "web_origins" else value
    try:
        settings = msgspec.convert(raw, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        name = str(error).rpartition("$.")[2].strip("`").upper()
        raise SettingsError(f"setting {name}: {error}; correct the environment variable {name}") from error
    if settings.clock_start is not None and settings.clock_start.utcoffset() is None:
        raise SettingsError("setting CLOCK_START: expected a date-time with an offset, e.g. 2026-11-21T09:00:00-05:00")
    _check_public_url(settings.public_url)
    data_dir = settings.data_dir.resolve()
    return msgspec.structs.replace(
        settings,
        data_dir=data_dir,
        database_url=settings.database_url or f"sqlite+aiosqlite:///{data_dir / 'nexus-guide.sqlite3'}",
        public_url=(settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/"),
        secret_key=settings.secret_key or _kept_key(data_dir / "secret.key"),
        environment=dict(environment),
    )


def _check_public_url(url: str) -> None:
    """Providers sign this address, and links in messages begin with it: a wrong one is found out by nobody else."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if url and (not usable or any(each in url for each in "?#@\\ ")):
        raise SettingsError(
            "setting PUBLIC_URL: expected the http or https address by which the guide is reached, without a query, "
            "such as https://nexus.example.org; got something else; correct the environment variable PUBLIC_URL"
        )


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(kind)


def _kept_key(file: Path) -> str:
    try:
        # The record and the register lie here: its owner's business only.
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
                out.write(secrets.token_hex(32))
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise SettingsError(
            f"setting DATA_DIR: {file.parent} cannot be used ({error.strerror}); name a folder that can be written"
        ) from error
