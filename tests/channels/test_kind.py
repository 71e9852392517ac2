"""Which channels there are, and when one is on."""

import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from bot.channels.kind import Kind, Parts, enabled, kinds
from bot.settings import ROOT, Settings, SettingsError
from bot.texts import Catalogue
from tests.channels.webhook.fake_webhook import SECRET


class Options(msgspec.Struct, frozen=True, kw_only=True):
    pigeon_token: str
    pigeon_loft: str
    pigeon_size: int = 3
    pigeon_ring: Annotated[str, msgspec.Meta(pattern="^CA[0-9]+$", description="CA and digits")] = "CA1"
    pigeon_language: Literal["", "en", "fr"] = ""


def built(options: Options, _parts: Parts) -> Options:
    return options


PIGEON = Kind("pigeon", Options, "pigeon_token", built)
SET = {"PIGEON_TOKEN": "secret", "PIGEON_LOFT": "roof"}


def test_every_channel_has_a_folder_of_its_name_with_the_one_shape() -> None:
    found = [*kinds()]
    assert len({kind.name for kind in found}) == len(found) >= 7
    for kind in found:
        folder = Path(ROOT / "bot" / "channels" / kind.name)
        assert re.fullmatch(r"[a-z_]{2,20}", kind.name)
        assert {f"{part}.py" for part in ("channel", "settings")} <= {file.name for file in folder.iterdir()}
        assert kind.switch in kind.names()


def test_a_variable_means_one_thing_and_one_switch_one_channel() -> None:
    switches = [kind.switch for kind in kinds()]
    assert len(set(switches)) == len(switches)
    assert not {name for kind in kinds() for name in kind.names()} & {
        field.name for field in msgspec.structs.fields(Settings)
    }


def test_is_off_without_its_switch_and_on_with_everything() -> None:
    assert PIGEON.read({"PIGEON_LOFT": "roof"}) is None
    assert PIGEON.read({**SET, "PIGEON_TOKEN": ""}) is None
    assert PIGEON.read(SET) == Options(pigeon_token="secret", pigeon_loft="roof")


def test_a_blank_secret_is_none_so_nobody_can_sign_with_it() -> None:
    assert PIGEON.read({**SET, "PIGEON_TOKEN": "  "}) is None
    with pytest.raises(SettingsError, match="PIGEON_LOFT must be"):
        PIGEON.read({**SET, "PIGEON_LOFT": " \n"})
    assert PIGEON.read({**SET, "PIGEON_TOKEN": "secret\n"}) == Options(pigeon_token="secret", pigeon_loft="roof")


def test_half_set_it_says_what_is_missing_and_never_a_value() -> None:
    with pytest.raises(SettingsError, match="PIGEON_TOKEN is set, and so PIGEON_LOFT must be") as raised:
        PIGEON.read({"PIGEON_TOKEN": "secret"})
    assert "secret" not in str(raised.value)
    with pytest.raises(SettingsError, match=r"channel pigeon: .*pigeon_size"):
        PIGEON.read({**SET, "PIGEON_SIZE": "large"})


@pytest.mark.parametrize(
    ("name", "expected"), [("PIGEON_RING", "expected CA and digits"), ("PIGEON_LANGUAGE", "expected en or fr")]
)
def test_what_cannot_be_right_is_named_with_what_was_expected_and_never_shown(name: str, expected: str) -> None:
    with pytest.raises(SettingsError, match=f"channel pigeon: {name}: {expected}; got something else") as raised:
        PIGEON.read({**SET, name: "hushhush"})
    assert "hushhush" not in str(raised.value)


async def test_what_is_on_is_built_from_the_environment() -> None:
    environment = {"WEBHOOK_URL": "https://app.example", "WEBHOOK_SECRET": SECRET}
    parts = Parts(Settings(environment=environment), Catalogue.load(ROOT / "data" / "responses"))
    channels = enabled(parts)
    assert [*channels] == ["webhook"]
    for channel in channels.values():
        await channel.close()
