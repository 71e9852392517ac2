"""The settings that both channels of a Meta app have."""

import msgspec


class MetaOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The app: its secret signs what Meta sends, and the verify token is the word agreed on when the address is set."""

    meta_app_secret: str
    meta_verify_token: str
    meta_graph_url: str = "https://graph.facebook.com"
    meta_graph_version: str = "v25.0"
