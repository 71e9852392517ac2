"""What an ID token must be to be believed."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jwk, jws, jwt
from joserfc.jwk import KeySet

from bot.staff.oidc_refused import OidcError
from bot.staff.oidc_token import ALGORITHMS, Identity, UnknownKeyError, read_id_token, read_keys
from tests.staff.oidc_provider import ec_key, rsa_key, signed_with_secret, unsigned

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
_NOW = int(NOON.timestamp())
_ISSUER = "https://id.example"
CLAIMS: dict[str, Any] = {
    "iss": _ISSUER, "aud": "desk", "sub": "u-1", "iat": _NOW, "exp": _NOW + 300, "nonce": "n-1",
    "email": "amara@staff.example", "email_verified": True,
}  # fmt: skip


def signed(claims: dict[str, Any], algorithm: str = "RS256", key: Any = None) -> str:
    key = key or rsa_key("one")
    return jwt.encode({"alg": algorithm, "kid": key.kid}, claims, key, algorithms=[algorithm])


def published(*keys: Any) -> KeySet:
    return read_keys({"keys": [key.as_dict(private=False) for key in keys or (rsa_key("one"), ec_key("curve"))]})


def read(token: str, keys: KeySet | None = None, algorithms: tuple[str, ...] = ALGORITHMS) -> Identity:
    return read_id_token(
        token, keys or published(), algorithms, issuer=_ISSUER, client_id="desk", nonce="n-1", now=NOON
    )


@pytest.mark.parametrize(
    ("algorithm", "key"), [("RS256", rsa_key("one")), ("PS256", rsa_key("one")), ("ES256", ec_key("curve"))]
)
def test_a_token_of_the_provider_names_somebody(algorithm: str, key: Any) -> None:
    identity = read(signed(CLAIMS, algorithm, key))
    assert identity == Identity(issuer=_ISSUER, subject="u-1", email="amara@staff.example", email_verified=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://other.example"}, {"iss": _ISSUER + "/"}, {"iss": [_ISSUER]}, {"iss": None},
        {"aud": "another"}, {"aud": ["another"]}, {"aud": []}, {"aud": None},
        {"aud": ["desk", "another"]}, {"aud": ["desk", "another"], "azp": "another"}, {"azp": "another"},
        {"exp": _NOW - 60}, {"exp": None}, {"exp": "tomorrow"}, {"exp": True}, {"iat": _NOW + 61}, {"iat": None},
        {"nbf": _NOW + 61}, {"nonce": "n-2"}, {"nonce": ["n-1"]}, {"nonce": None}, {"nonce": ""},
        {"sub": None}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 256}, {"sub": "u\x00"}, {"sub": "é"},
    ],
    ids=str,
)  # fmt: skip
def test_a_claim_that_does_not_hold_is_refused(wrong: dict[str, Any]) -> None:
    claims = {name: value for name, value in {**CLAIMS, **wrong}.items() if value is not None}
    with pytest.raises(OidcError) as refused:
        read(signed(claims))
    assert refused.value.reason == "token"


@pytest.mark.parametrize(
    "right", [{"aud": ["desk"]}, {"aud": ["desk", "x"], "azp": "desk"}, {"exp": _NOW - 59}, {"iat": _NOW + 60}], ids=str
)
def test_what_the_standard_allows_is_taken(right: dict[str, Any]) -> None:
    assert read(signed({**CLAIMS, **right})).subject == "u-1"


def test_a_token_without_signature_is_refused() -> None:
    for token in (unsigned(CLAIMS), unsigned(CLAIMS, "NONE"), unsigned(CLAIMS, "RS256")):
        with pytest.raises((OidcError, UnknownKeyError)):
            read(token, algorithms=(*ALGORITHMS, "none"))


def test_a_token_signed_with_the_published_key_as_if_it_were_a_secret_is_refused() -> None:
    for public in (rsa_key("one").as_pem(private=False), json.dumps(rsa_key("one").as_dict(private=False)).encode()):
        with pytest.raises(OidcError) as refused:
            read(signed_with_secret(CLAIMS, public), published(rsa_key("one")), algorithms=("RS256", "HS256"))
        assert refused.value.reason == "token"


def test_an_algorithm_the_provider_does_not_announce_is_refused() -> None:
    with pytest.raises(OidcError):
        read(signed(CLAIMS, "PS256"), algorithms=("RS256",))


def test_a_key_of_somebody_else_under_a_known_name_is_refused() -> None:
    impostor = jwk.RSAKey.generate_key(2048, {"kid": "one"})
    with pytest.raises(UnknownKeyError):
        read(signed(CLAIMS, key=impostor))


def test_a_changed_token_is_refused() -> None:
    head, _body, tail = signed(CLAIMS).split(".")
    other = signed({**CLAIMS, "sub": "u-2"}).split(".")[1]
    with pytest.raises(UnknownKeyError):
        read(f"{head}.{other}.{tail}")


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "..", "é.é.é", "a.b.c.d.e"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(OidcError):
        read(token)


@pytest.mark.parametrize("verified", [False, "true", 1, None])
def test_only_true_says_that_an_address_is_verified(verified: Any) -> None:
    assert not read(signed({**CLAIMS, "email_verified": verified})).email_verified


@pytest.mark.parametrize("email", [7, ["amara@staff.example"], "amara\x00@staff.example", "\udc80@staff.example"])
def test_an_address_that_is_no_text_counts_as_none(email: Any) -> None:
    body = json.dumps({**CLAIMS, "email": email}).encode()
    header = {"alg": "RS256", "kid": "one"}
    token = jws.serialize_compact(header, body, rsa_key("one"), algorithms=["RS256"])
    assert read(token).email is None


@pytest.mark.parametrize("told", [None, [], {}, {"keys": None}, {"keys": []}, {"keys": [None, 3, {"kty": "RSA"}]}])
def test_a_key_set_without_keys_is_refused(told: Any) -> None:
    with pytest.raises(OidcError) as refused:
        read_keys(told)
    assert refused.value.reason == "provider"


def test_keys_for_other_purposes_and_unknown_kinds_are_passed_over() -> None:
    good = rsa_key("one").as_dict(private=False)
    others = [{"kty": "AKP", "kid": "new"}, {"kty": "oct", "k": "c2VjcmV0"}, {**good, "use": "enc", "kid": "enc"}]
    assert [key.kid for key in read_keys({"keys": [*others, good]})] == ["one"]
