import pytest

from bot.staff.passwords import LONGEST, PasswordError, Passwords, check, one_time_password
from tests.staff.office import CountingHasher

GOOD = "un cheval à bascule"


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("short", "too-short"),
        ("eleven char", "too-short"),
        ("x" * (LONGEST + 1), "too-long"),
        ("abababababab", "too-common"),
        ("alex.tremblay@example.org", "too-common"),
        ("ALEX Tremblay", "too-common"),
    ],
)
def test_a_weak_password_is_refused_with_what_was_expected(password: str, weakness: str) -> None:
    with pytest.raises(PasswordError, match="expected") as caught:
        check(password, email="alex.tremblay@example.org", name="Alex Tremblay")
    assert caught.value.weakness == weakness


def test_twelve_characters_of_any_kind_are_enough_and_eleven_are_not() -> None:
    check("motdepasse d", email="a@example.org", name="Alex")
    with pytest.raises(PasswordError):
        check("motdepasse ", email="a@example.org", name="Alex")


async def test_a_password_is_kept_as_argon2id_and_matches_itself_only() -> None:
    passwords = Passwords(CountingHasher())
    stored = await passwords.hash(GOOD)
    assert stored.startswith("$argon2id$") and GOOD not in stored
    assert await passwords.match(stored, GOOD)
    assert not await passwords.match(stored, GOOD + " ")
    assert not await passwords.match("no hash at all", GOOD)


async def test_the_same_keys_match_however_a_system_writes_accents() -> None:
    passwords = Passwords(CountingHasher())
    assert await passwords.match(await passwords.hash("un cheval à bascule"), "un cheval a\u0300 bascule")


async def test_nobodys_password_is_compared_as_long_as_anybodys() -> None:
    hasher = CountingHasher()
    assert not await Passwords(hasher).match(None, GOOD)
    assert hasher.verified == 1


async def test_a_hash_of_other_parameters_is_outdated() -> None:
    stored = await Passwords(CountingHasher()).hash(GOOD)
    assert not Passwords(CountingHasher()).is_outdated(stored)
    assert Passwords(CountingHasher(time_cost=2)).is_outdated(stored)


async def test_the_usual_parameters_are_argon2id_with_64_mebibytes() -> None:
    assert (await Passwords().hash(GOOD)).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_one_time_passwords_are_good_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        check(password, email="a@example.org", name="Alex")
