import stat
from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings


def test_defaults_follow_from_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings({"DATA_DIR": str(tmp_path / "data")})
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path / 'data' / 'nexus-guide.sqlite3'}"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.public_url == "http://127.0.0.1:8080"


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path)}
    first = load_settings(environment).secret_key
    assert load_settings(environment).secret_key == first
    assert len(bytes.fromhex(first)) == 32
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_key_that_is_given_is_not_written_down(tmp_path: Path) -> None:
    assert load_settings({"DATA_DIR": str(tmp_path), "SECRET_KEY": "given"}).secret_key == "given"
    assert not (tmp_path / "secret.key").exists()


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "http"), ("CLOCK_START", "yesterday"), ("CLOCK_START", "2026-11-21T09:00:00")]
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({"DATA_DIR": str(tmp_path), name: value})


@pytest.mark.parametrize(
    "url",
    [
        "guide.example",
        "ftp://guide.example",
        "https://",
        "https://guide.example:x",
        "https://guide.example/?a=1",
        "https://guide.example/a b",
        "https://me:secret@guide.example",
        "https://guide.example#top",
    ],
)
def test_a_public_address_that_no_provider_could_sign_is_refused_unquoted(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL: expected the http or https address") as caught:
        load_settings({"DATA_DIR": str(tmp_path), "PUBLIC_URL": url})
    assert "secret" not in str(caught.value)


def test_a_public_address_may_have_a_path(tmp_path: Path) -> None:
    settings = load_settings({"DATA_DIR": str(tmp_path), "PUBLIC_URL": "https://example.org:444/guide/"})
    assert settings.public_url == "https://example.org:444/guide"


def test_a_data_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(SettingsError, match=r"DATA_DIR: .* cannot be used .*; name a folder that can be written"):
        load_settings({"DATA_DIR": str(tmp_path / "file" / "data")})


def test_web_origins_are_a_list_and_the_public_address_has_no_slash_at_its_end(tmp_path: Path) -> None:
    environment = {
        "DATA_DIR": str(tmp_path),
        "WEB_ORIGINS": "https://a.example https://b.example",
        "PUBLIC_URL": "https://guide.example/",
    }
    settings = load_settings(environment)
    assert settings.web_origins == ("https://a.example", "https://b.example")
    assert settings.public_url == "https://guide.example"
