"""What an operator sets for Telegram."""

from typing import Annotated

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`telegram_secret_token` is what was given to `setWebhook`; Telegram repeats it with every call."""

    telegram_bot_token: Annotated[
        str, msgspec.Meta(pattern=r"^[0-9]+:[A-Za-z0-9_-]+$", description="the token that @BotFather gave")
    ]
    telegram_secret_token: Annotated[
        str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,256}$", description="1 to 256 letters, digits, _ and -")
    ]
    telegram_api_url: str = "https://api.telegram.org"
