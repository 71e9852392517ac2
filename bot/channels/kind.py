"""Which channels there are: a folder beside this file whose module `channel` has a `KIND`."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import msgspec

import bot.channels
from bot.channels.port import Channel
from bot.secret_files import SecretFileError, from_files
from bot.settings import Settings, SettingsError
from bot.texts import Catalogue


@dataclass(frozen=True)
class Parts:
    """What a channel may need besides its own settings."""

    settings: Settings
    catalogue: Catalogue


@dataclass(frozen=True)
class Kind:
    """A channel that can be turned on.

    `name` is its folder, the word in its address `/channels/NAME`, and `Conversation.channel`: at most 20 letters and
    underscores. `options` is a struct of texts: each field is the environment variable of the same name in capitals; a
    field without a default is needed. The channel is on where the variable of the field `switch` is set.
    """

    name: str
    options: type[msgspec.Struct]
    switch: str
    build: Callable[[Any, Parts], Channel]

    def read(self, environment: Mapping[str, str]) -> msgspec.Struct | None:
        """The channel's settings, None where it is off. Raises SettingsError where something else is missing."""
        environment = self.filled(environment)
        if not environment.get(self.switch.upper()):
            return None
        missing = self.missing(environment)
        if missing:
            raise SettingsError(
                f"channel {self.name}: {self.switch.upper()} is set, and so {', '.join(missing)} must be; "
                f"set them, or unset {self.switch.upper()} to turn the channel off"
            )
        given = {name: environment[name.upper()] for name in self.names() if environment.get(name.upper())}
        try:
            return msgspec.convert(given, self.options, strict=False)
        except msgspec.ValidationError as error:
            told = self._told(error)
            raise SettingsError(f"channel {self.name}: {told}; correct the environment variable") from error

    def filled(self, environment: Mapping[str, str]) -> Mapping[str, str]:
        """`environment` with the settings that stand in files (`NAME_FILE`). Raises SettingsError.

        What is nothing but spaces is not set: signed with such a secret, anybody's calls would be genuine.
        """
        names = [name.upper() for name in self.names()]
        try:
            given = from_files(environment, names)
        except SecretFileError as error:
            raise SettingsError(f"channel {self.name}: {error}") from error
        return {**given, **{name: given[name].strip() for name in names if name in given}}

    def names(self) -> tuple[str, ...]:
        """The fields of the settings."""
        return tuple(field.name for field in msgspec.structs.fields(self.options))

    def missing(self, environment: Mapping[str, str]) -> list[str]:
        """The environment variables that are needed and not set."""
        fields = msgspec.structs.fields(self.options)
        environment = self.filled(environment)
        return [each.name.upper() for each in fields if each.required and not environment.get(each.name.upper())]

    def _told(self, error: msgspec.ValidationError) -> str:
        """What was expected: in the words of the field's description where it has one; never the value."""
        name = str(error).rpartition("$.")[2].strip("`")
        if name not in self.names():
            return str(error)
        schema = msgspec.json.schema_components([self.options])[1][self.options.__name__]
        field = schema["properties"][name]
        meant = field.get("description") or " or ".join(filter(None, field.get("enum", ())))
        return f"{name.upper()}: expected {meant}; got something else" if meant else f"{name.upper()}: {error}"


def kinds() -> Iterator[Kind]:
    """Every channel of this installation, by name."""
    for found in sorted(pkgutil.iter_modules(bot.channels.__path__), key=lambda each: each.name):
        module = f"{bot.channels.__name__}.{found.name}.channel"
        if found.ispkg and find_spec(module) is not None:
            kind = importlib.import_module(module).KIND
            assert isinstance(kind, Kind)
            yield kind


def enabled(parts: Parts) -> dict[str, Channel]:
    """The channels that are turned on, by name. Raises SettingsError where one cannot be."""
    channels: dict[str, Channel] = {}
    for kind in kinds():
        options = kind.read(parts.settings.environment)
        if options is not None:
            channels[kind.name] = kind.build(options, parts)
    return channels
