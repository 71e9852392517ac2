"""The settings of WhatsApp Cloud."""

from bot.channels.graph.settings import MetaOptions
from bot.formats import Language


class Options(MetaOptions, frozen=True, kw_only=True):
    """The number that people write to, by Meta's id for it, and a token of a system user that may send from it.

    The templates are those that carry words to travellers who last wrote more than 24 hours ago; without one nothing is
    sent to them.
    """

    whatsapp_cloud_phone_id: str
    whatsapp_cloud_token: str
    whatsapp_cloud_template_en: str = ""
    whatsapp_cloud_template_fr: str = ""

    def template(self, language: Language) -> str:
        """The template of a language, empty where there is none."""
        return self.whatsapp_cloud_template_fr if language == "fr" else self.whatsapp_cloud_template_en
