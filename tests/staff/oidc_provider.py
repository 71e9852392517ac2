"""A small OpenID Connect provider for the tests: discovery, authorize, token, userinfo and keys, on a port of its own.

It is as strict as a real one (client, redirect address, PKCE, codes that work once), and its attributes make it wrong
in each way a test needs.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from aiohttp import BasicAuth, web
from aiohttp.test_utils import TestServer
from joserfc import jwk, jwt
from yarl import URL

from bot.clock import Clock

CLIENT_ID = "nexus-desk"
CLIENT_SECRET = "a secret only the two know: /+%"

Sign = Callable[[dict[str, Any]], str]


@cache
def rsa_key(name: str) -> jwk.RSAKey:
    """An RSA key, the same one for the same name: making one takes a while."""
    return jwk.RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@cache
def ec_key(name: str) -> jwk.ECKey:
    return jwk.ECKey.generate_key("P-256", {"kid": name, "use": "sig"})


def unsigned(claims: dict[str, Any], algorithm: str = "none") -> str:
    """A token of that algorithm with an empty signature."""
    parts = ({"alg": algorithm, "typ": "JWT"}, claims)
    return ".".join([*(_b64(json.dumps(part).encode()) for part in parts), ""])


def signed_with_secret(claims: dict[str, Any], secret: bytes) -> str:
    """An HS256 token, by hand: the library refuses to take a public key for a secret."""
    head, body, _none = unsigned(claims, "HS256").split(".")
    return f"{head}.{body}.{_b64(hmac.digest(secret, f'{head}.{body}'.encode(), 'sha256'))}"


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class OidcProvider:
    """Who is signed in at the provider (`person`), and how it behaves."""

    clock: Clock
    url: str = ""
    redirect_uri: str = ""
    person: dict[str, Any] = field(
        default_factory=lambda: {"sub": "u-1", "email": "amara@staff.example", "email_verified": True}
    )
    key: jwk.RSAKey | jwk.ECKey = field(default_factory=lambda: rsa_key("one"))
    algorithm: str = "RS256"
    claims: dict[str, Any] = field(default_factory=dict)  # put over those of the token; None removes one
    metadata: dict[str, Any] = field(default_factory=dict)  # put over what discovery says; None removes one
    published: list[dict[str, Any]] | None = None  # instead of the one key
    sign: Sign | None = None  # instead of signing with the key
    userinfo: dict[str, Any] | None = None
    refuses: str = ""  # the error that authorize answers
    hangs: asyncio.Event | None = None  # every answer waits for it
    answers: int = 200  # the status of discovery, keys and token
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._behaviour])
        app.router.add_get("/.well-known/openid-configuration", self._discovery)
        app.router.add_get("/authorize", self._authorize)
        app.router.add_post("/token", self._token)
        app.router.add_get("/keys", self._keys)
        app.router.add_get("/userinfo", self._userinfo)
        return app

    @web.middleware
    async def _behaviour(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.asked.append(request.path)
        if self.hangs is not None:
            await self.hangs.wait()
        if self.answers != 200 and request.path != "/authorize":
            return web.Response(status=self.answers, text="<html>not now")
        response: web.StreamResponse = await handler(request)
        return response

    async def _discovery(self, _request: web.Request) -> web.Response:
        told = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
            **self.metadata,
        }
        return web.json_response({name: value for name, value in told.items() if value is not None})

    async def _authorize(self, request: web.Request) -> web.Response:
        query = request.query
        assert query["client_id"] == CLIENT_ID and query["response_type"] == "code"
        assert query["redirect_uri"] == self.redirect_uri and "openid" in query["scope"].split()
        assert query["code_challenge_method"] == "S256" and len(query["state"]) >= 32 and len(query["nonce"]) >= 32
        answer = {"state": query["state"]}
        if self.refuses:
            answer["error"] = self.refuses
        else:
            answer["code"] = secrets.token_urlsafe(8)
            self._codes[answer["code"]] = dict(query)
        return web.Response(status=302, headers={"Location": str(URL(self.redirect_uri).with_query(answer))})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        began = self._codes.pop(str(form.get("code")), None)
        auth = BasicAuth.decode(request.headers.get("Authorization", "Basic Og=="))
        if (auth.login, auth.password) != (CLIENT_ID, CLIENT_SECRET):
            return web.json_response({"error": "invalid_client"}, status=401)
        challenge = _b64(hashlib.sha256(str(form.get("code_verifier")).encode()).digest())
        if began is None or began["code_challenge"] != challenge or form["redirect_uri"] != began["redirect_uri"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(self.clock().timestamp())
        told = {
            "iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": began["nonce"],
            **self.person, **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in told.items() if value is not None}
        token = self.sign(claims) if self.sign else self._signed(claims)
        return web.json_response({"access_token": "at-1", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def _signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": self.algorithm, "kid": self.key.kid}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    async def _keys(self, _request: web.Request) -> web.Response:
        keys = self.published if self.published is not None else [self.key.as_dict(private=False)]
        return web.json_response({"keys": keys})

    async def _userinfo(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer at-1"
        return web.json_response(self.userinfo if self.userinfo is not None else {"sub": self.person["sub"]})


@asynccontextmanager
async def running_provider(provider: OidcProvider) -> AsyncIterator[TestServer]:
    """Runs the provider and sets its `url`."""
    server = TestServer(provider.application())
    await server.start_server()
    provider.url = str(server.make_url("")).rstrip("/")
    try:
        yield server
    finally:
        if provider.hangs is not None:
            provider.hangs.set()
        await server.close()
