"""The settings of WhatsApp over Twilio."""

from bot.channels.twilio.settings import Template, TwilioOptions, WhatsAppSender


class Options(TwilioOptions, frozen=True, kw_only=True):
    """`twilio_whatsapp_from` is a number in E.164 form or the id of a messaging service (MG…).

    The templates (HX…) are what is sent after 24 hours, with the message as their variable 1; without one of the
    language, messages are refused then.
    """

    twilio_whatsapp_from: WhatsAppSender
    twilio_whatsapp_template_en: Template = ""
    twilio_whatsapp_template_fr: Template = ""
