import asyncio
import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from bot.staff.models import RecoveryCode
from bot.staff.seal import SealError
from bot.staff.second_factor import SecondFactor, Used, address_of, picture_of
from tests.record.scripted import KEY
from tests.staff.office import Office

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def _set_up(office: Office) -> tuple[pyotp.TOTP, list[str]]:
    await office.hire()
    return await office.with_totp(await office.entered())


def _code(office: Office, authenticator: pyotp.TOTP, steps: int = 0) -> str:
    """What the authenticator shows some steps of 30 seconds from now."""
    return authenticator.at(office.watch() + timedelta(seconds=30 * steps))


async def _check(office: Office, code: str, key: str = KEY) -> Used | None:
    account = await office.account()
    async with office.database.write() as session:
        return await SecondFactor(key).check(session, account, code, office.watch())


async def test_a_code_counts_one_step_before_and_after_its_time(office: Office) -> None:
    authenticator, _ = await _set_up(office)
    assert await _check(office, _code(office, authenticator, -2)) is None
    assert await _check(office, _code(office, authenticator, 2)) is None
    assert await _check(office, _code(office, authenticator, -1)) == "totp"
    assert await _check(office, _code(office, authenticator)) == "totp"
    ahead = _code(office, authenticator, 1)
    assert await _check(office, f" {ahead[:3]} {ahead[3:]} ") == "totp"


async def test_a_totp_code_counts_once(office: Office) -> None:
    authenticator, _ = await _set_up(office)
    code = _code(office, authenticator)
    assert await _check(office, code) == "totp"
    assert await _check(office, code) is None
    assert await _check(office, _code(office, authenticator, -1)) is None


async def test_of_two_who_show_one_code_at_once_one_is_refused(office: Office) -> None:
    authenticator, _ = await _set_up(office)
    code = _code(office, authenticator)
    assert sorted(map(str, await asyncio.gather(_check(office, code), _check(office, code)))) == ["None", "totp"]


async def test_the_code_that_set_it_up_cannot_sign_in(office: Office) -> None:
    await office.hire()
    own = await office.entered()
    authenticator = pyotp.TOTP(await office.own.prepare_second_factor(own, "correct horse battery staple"))
    code = _code(office, authenticator)
    await office.own.set_second_factor(own, code)
    assert await _check(office, code) is None


async def test_a_recovery_code_counts_once(office: Office) -> None:
    _, codes = await _set_up(office)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"(?:[a-z2-7]{4}-){3}[a-z2-7]{4}", code) for code in codes)
    assert await _check(office, codes[3].upper().replace("-", " ")) == "recovery"
    assert await _check(office, codes[3]) is None
    assert await _check(office, codes[4]) == "recovery"


async def test_the_database_holds_neither_the_secret_nor_a_recovery_code(office: Office) -> None:
    authenticator, codes = await _set_up(office)
    stored = await office.account()
    assert stored.totp_secret is not None and authenticator.secret not in stored.totp_secret
    async with office.database.read_once() as session:
        kept = (await session.scalars(select(RecoveryCode.digest))).all()
    assert len(kept) == 10
    assert not {code.replace("-", "") for code in codes} & set(kept)


async def test_recovery_codes_outlive_a_lost_secret_key(small_office: Office) -> None:
    authenticator, codes = await _set_up(small_office)
    with pytest.raises(SealError, match="staff reset --second-factor"):
        await _check(small_office, _code(small_office, authenticator), key="another key")
    assert await _check(small_office, codes[0], key="another key") == "recovery"


@pytest.mark.parametrize("code", ["", "000000", "12345", "é" * 6, "٣٣٣٣٣٣", "x" * 16, "9" * 10_000])
async def test_anything_else_is_no_code(small_office: Office, code: str) -> None:
    await _set_up(small_office)
    assert await _check(small_office, code) is None


def test_an_authenticator_reads_the_address_from_a_picture_without_script_or_style() -> None:
    address = address_of(SECRET, "alex@example.org")
    parsed = pyotp.parse_uri(address)
    assert isinstance(parsed, pyotp.TOTP)
    assert (parsed.secret, parsed.name, parsed.issuer) == (SECRET, "alex@example.org", "NEXUS guide")
    picture = picture_of(address)
    assert picture.startswith("<svg ") and 'xmlns="http://www.w3.org/2000/svg"' in picture
    assert "style" not in picture and "script" not in picture
