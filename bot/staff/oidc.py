"""Sign-in through the staff's own OpenID Connect provider: authorization code flow with PKCE.

What this module imports takes a moment; import it only where a provider is set.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
import msgspec
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.jwk import KeySet

from bot.clock import Clock
from bot.settings import Settings
from bot.staff.oidc_attempt import Attempt
from bot.staff.oidc_refused import OidcError
from bot.staff.oidc_token import ALGORITHMS, Identity, UnknownKeyError, identity_of, read_id_token, read_keys

SECONDS = 10.0
"""For the provider's part on the way there or back; somebody waits in front of an empty page."""

KEPT = timedelta(hours=1)
"""How long what the provider publishes about itself is believed. A new key is asked for at once, whatever this says."""

_Type = TypeVar("_Type")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Metadata(msgspec.Struct, frozen=True):
    """What is used of the provider's description of itself; the defaults are the standard's."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class Provider:
    """The provider of the settings, which sends people back to `redirect_uri`.

    Every method raises OidcError: unreachable, provider, token.
    """

    def __init__(self, settings: Settings, redirect_uri: str, clock: Clock) -> None:
        self._issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._redirect_uri = redirect_uri
        self._clock = clock
        self._metadata: tuple[datetime, Metadata] | None = None
        self._keys: tuple[datetime, KeySet] | None = None
        self._tls: Any = None

    async def authorization_url(self, attempt: Attempt) -> str:
        """Where to send the browser."""
        metadata = await self._discover()
        async with self._client(metadata) as client:
            url, _state = client.create_authorization_url(
                metadata.authorization_endpoint,
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(url)

    async def identity(self, attempt: Attempt, code: str, iss: str | None) -> Identity:
        """Who the provider says came back with `code`; `iss` is the parameter of that name (RFC 9207), if any."""
        metadata = await self._discover()
        if iss != self._issuer and (iss is not None or metadata.authorization_response_iss_parameter_supported):
            raise OidcError("provider", f"expected the answer to be of {self._issuer}, it is of {str(iss)[:200]!r}")
        async with self._client(metadata) as client:
            tokens = await _tokens(client, metadata.token_endpoint, code, attempt.verifier)
            id_token = tokens.get("id_token")
            if not isinstance(id_token, str):
                raise OidcError("token", "the provider gave no ID token")
            identity = await self._read(id_token, metadata, attempt)
            if identity.email is None and metadata.userinfo_endpoint and tokens.get("access_token"):
                # In this flow the standard lets a provider tell the address here only (Core, 5.4).
                identity = _with_email(identity, await _json(client, metadata.userinfo_endpoint, with_token=True))
        return identity

    async def _read(self, id_token: str, metadata: Metadata, attempt: Attempt) -> Identity:
        for fresh in (False, True):
            try:
                return read_id_token(
                    id_token,
                    await self._published_keys(metadata, fresh=fresh),
                    metadata.id_token_signing_alg_values_supported,
                    issuer=self._issuer,
                    client_id=self._client_id,
                    nonce=attempt.nonce,
                    now=self._clock(),
                )
            except UnknownKeyError as error:
                unknown = error
        raise OidcError("token", f"no published key fits the ID token: {unknown}") from unknown

    async def _discover(self) -> Metadata:
        now = self._clock()
        if self._metadata and now - self._metadata[0] < KEPT:
            return self._metadata[1]
        async with self._client() as client:
            told = await _json(client, self._issuer.rstrip("/") + "/.well-known/openid-configuration")
        metadata = _as(Metadata, told)
        self._check(metadata)
        self._metadata = now, metadata
        return metadata

    def _check(self, metadata: Metadata) -> None:
        if metadata.issuer != self._issuer:
            raise OidcError(
                "provider", f"OIDC_ISSUER is {self._issuer!r}, the provider calls itself {metadata.issuer!r}; set that"
            )
        for url in (
            self._issuer,
            metadata.authorization_endpoint,
            metadata.token_endpoint,
            metadata.jwks_uri,
            metadata.userinfo_endpoint or metadata.jwks_uri,
        ):
            if not is_safe(url):
                raise OidcError("provider", f"expected an https address, got {url!r}")
        if not set(ALGORITHMS) & set(metadata.id_token_signing_alg_values_supported):
            raise OidcError("provider", f"expected it to sign with one of {', '.join(ALGORITHMS)}")

    async def _published_keys(self, metadata: Metadata, *, fresh: bool) -> KeySet:
        now = self._clock()
        if self._keys and not fresh and now - self._keys[0] < KEPT:
            return self._keys[1]
        async with self._client() as client:
            keys = read_keys(await _json(client, metadata.jwks_uri))
        self._keys = now, keys
        return keys

    @asynccontextmanager
    async def _client(self, metadata: Metadata | None = None) -> AsyncIterator[Any]:
        """A client for one visit to the provider: whatever goes wrong inside becomes an OidcError."""
        if self._tls is None:
            # Reads the system's certificates, which takes too long for the event loop.
            self._tls = await asyncio.to_thread(httpx2.create_ssl_context)
        client = AsyncOAuth2Client(
            self._client_id,
            self._secret or None,
            token_endpoint_auth_method=self._auth_method(metadata),
            scope="openid email",
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
            leeway=0,  # an access token is used once, right after it was given
            timeout=SECONDS,
            verify=self._tls,
        )
        try:
            async with asyncio.timeout(SECONDS), client:
                yield client
        except (TimeoutError, httpx2.TransportError) as error:
            raise OidcError("unreachable", f"the provider did not answer: {type(error).__name__}") from error
        except AuthlibBaseError as error:
            raise OidcError("provider", f"the provider refused: {str(error.error)[:100]!r}") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise OidcError("provider", f"the provider's answer cannot be used: {type(error).__name__}") from error

    def _auth_method(self, metadata: Metadata | None) -> str:
        if not self._secret:
            return "none"
        offered = metadata.token_endpoint_auth_methods_supported if metadata else ()
        post = "client_secret_post" in offered and "client_secret_basic" not in offered
        return "client_secret_post" if post else "client_secret_basic"


async def _tokens(client: Any, url: str, code: str, verifier: str) -> dict[str, Any]:
    try:
        tokens: dict[str, Any] = await client.fetch_token(
            url, grant_type="authorization_code", code=code, code_verifier=verifier
        )
    except (ValueError, TypeError) as error:  # Authlib's, of an answer that is not as it should be
        raise OidcError("provider", f"{url} answered something that is no token response") from error
    return tokens


async def _json(client: Any, url: str, *, with_token: bool = False) -> Any:
    headers = {"Accept": "application/json"}
    response = await client.request("GET", url, headers=headers, withhold_token=not with_token)
    if response.status_code != 200:
        raise OidcError("provider", f"{url} answered {response.status_code}, expected 200")
    try:
        return response.json()
    except ValueError as error:
        raise OidcError("provider", f"{url} answered something that is not JSON") from error


def _as(kind: type[_Type], value: Any) -> _Type:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise OidcError("provider", f"its description of itself cannot be read: {error}") from error


def _with_email(identity: Identity, told: Any) -> Identity:
    if not isinstance(told, dict) or told.get("sub") != identity.subject:
        raise OidcError("token", "the provider's userinfo is about somebody else than its ID token")
    return identity_of(told, identity.issuer, identity.subject)


def is_safe(url: str) -> bool:
    """Whether what is said there stays between the two: https, or this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as "https://["
        return False
    if parts.scheme == "http":
        return parts.hostname in _LOOPBACK
    return parts.scheme == "https" and bool(parts.hostname)
