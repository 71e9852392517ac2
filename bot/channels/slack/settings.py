"""What an operator sets for Slack."""

from typing import Annotated, Literal

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`slack_team_id` refuses what comes from another workspace, where the app is installed in several.

    With `slack_alerts_channel`, the id of a channel such as C024BE91L, staff are told there who waits for a person; in
    both languages, or in `slack_alerts_language`.
    """

    slack_bot_token: Annotated[
        str, msgspec.Meta(pattern=r"^xox[a-z]-[A-Za-z0-9-]+$", description="the Bot User OAuth Token, xoxb-…")
    ]
    slack_signing_secret: str
    slack_api_url: str = "https://slack.com/api/"
    slack_team_id: str = ""
    slack_alerts_channel: Annotated[
        str, msgspec.Meta(pattern=r"^([CG][A-Z0-9]+)?$", description="a channel's id, such as C024BE91L, not its name")
    ] = ""
    slack_alerts_language: Literal["", "en", "fr"] = ""
