"""Settings that stand in files."""

from pathlib import Path

import pytest

from bot.secret_files import from_files
from bot.settings import SettingsError, load_settings


def test_a_setting_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")
    settings = load_settings({"DATA_DIR": str(tmp_path), "SECRET_KEY_FILE": str(tmp_path / "key")})
    assert settings.secret_key == "from a file"
    assert not (tmp_path / "secret.key").exists()


def test_what_is_set_itself_comes_before_its_file(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path), "METRICS_TOKEN": "set", "METRICS_TOKEN_FILE": str(tmp_path / "missing")}
    assert load_settings(environment).metrics_token == "set"


def test_names_of_others_are_left_alone() -> None:
    environment = {"SSL_CERT_FILE": "/nowhere"}
    assert from_files(environment, ["SECRET_KEY"]) == environment


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"\n", "empty"), (b"\xff", "UTF-8")])
def test_a_file_that_cannot_be_used_is_named_and_its_content_is_not(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "url").write_bytes(content)
    with pytest.raises(SettingsError, match=f"DATABASE_URL_FILE: .*{said}"):
        load_settings({"DATA_DIR": str(tmp_path), "DATABASE_URL_FILE": str(tmp_path / "url")})
