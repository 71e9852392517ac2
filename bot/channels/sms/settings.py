"""The settings of SMS."""

from bot.channels.twilio.settings import SmsSender, TwilioOptions


class Options(TwilioOptions, frozen=True, kw_only=True):
    """`twilio_sms_from` is a number in E.164 form, a short code, or the id of a messaging service (MG…)."""

    twilio_sms_from: SmsSender
