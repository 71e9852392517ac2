"""Looking at a channel as an operator needs it: what is set, what is missing, whether the credentials work."""

import asyncio
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

from bot.channels.kind import Kind, Parts
from bot.channels.port import Channel, Finding
from bot.settings import SettingsError

_SECONDS = 30.0


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about one channel; of settings the names only, never the values.

    `address` is what the provider is to be given. `findings` is what trying it showed; `warnings` fail nothing.
    """

    name: str
    on: bool
    switch: str
    set: list[str]
    missing: list[str]
    optional: list[str]
    address: str
    warnings: list[str]
    findings: list[Finding]

    @property
    def good(self) -> bool:
        """False where the channel is on and does not work."""
        return not self.on or all(each.good for each in self.findings)


async def checked(kind: Kind, parts: Parts, *, offline: bool) -> Checked:
    """Looks at one channel, and unless `offline` tries its credentials at the provider."""
    environment = kind.filled(parts.settings.environment)
    names = [name.upper() for name in kind.names()]
    missing = kind.missing(environment)
    given = [name for name in names if environment.get(name)]
    switch = kind.switch.upper()
    on = switch in given
    return Checked(
        name=kind.name,
        on=on,
        switch=switch,
        set=given,
        missing=missing,
        optional=[name for name in names if name not in given and name not in missing],
        address=f"{parts.settings.public_url}/channels/{kind.name}",
        warnings=[*_about_address(parts.settings.public_url)] if on else _about_switch(switch, given),
        findings=[*await _tried(kind, parts, offline=offline)] if on else [],
    )


async def _tried(kind: Kind, parts: Parts, *, offline: bool) -> Sequence[Finding]:
    try:
        options = kind.read(parts.settings.environment)
        assert options is not None
        channel: Channel = kind.build(options, parts)
    except SettingsError as error:
        return [Finding(False, str(error))]
    try:
        if offline:
            return []
        async with asyncio.timeout(_SECONDS):
            return await channel.check()
    except TimeoutError:
        return [Finding(False, f"the provider did not answer within {_SECONDS:g} s; check the network and try again")]
    finally:
        await channel.close()


def _about_switch(switch: str, given: Sequence[str]) -> list[str]:
    if not given:
        return []
    return [f"{', '.join(given)} stand for nothing while {switch} is not set"]


def _about_address(public_url: str) -> Sequence[str]:
    parts = urlsplit(public_url)
    if _is_here(parts.hostname or ""):
        return ["PUBLIC_URL is of this machine alone; set it to the address that providers can reach"]
    if parts.scheme != "https":
        return ["PUBLIC_URL is not https; providers call only https addresses, and what they send could be read"]
    return []


def _is_here(host: str) -> bool:
    try:
        return host in ("", "localhost") or ip_address(host).is_loopback
    except ValueError:
        return False
