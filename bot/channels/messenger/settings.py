"""The settings of Messenger."""

from typing import Literal

from bot.channels.graph.settings import MetaOptions


class Options(MetaOptions, frozen=True, kw_only=True):
    """The page that people write to.

    `messenger_human_agent` says that Meta has granted the app the feature Human Agent: staff may then answer for seven
    days, where the guide has 24 hours.
    """

    messenger_page_id: str
    messenger_page_token: str
    messenger_human_agent: Literal["", "yes"] = ""
