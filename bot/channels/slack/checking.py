"""Whether Slack takes our token, and gives it what is needed."""

from datetime import datetime

from bot.channels.port import Finding
from bot.channels.slack.api import Api
from bot.channels.slack.settings import Options
from bot.conversations.outbox.port import SendError

NEEDED = frozenset({"chat:write", "im:history"})
"""To write, and to receive and look up direct messages."""


async def check(api: Api, options: Options, now: datetime) -> list[Finding]:
    """What was found out. Raises nothing."""
    try:
        answer = await api.ask("auth.test", now)
    except SendError as error:
        return [Finding(False, f"SLACK_BOT_TOKEN was tried, and that did not work: {error}")]
    team = str(answer.get("team_id"))
    findings = [Finding(True, f"SLACK_BOT_TOKEN is that of {answer.get('user')} in {answer.get('team')} ({team})")]
    if options.slack_team_id and options.slack_team_id != team:
        findings.append(Finding(False, f"SLACK_TEAM_ID is {options.slack_team_id}; the token belongs to {team}"))
    given = {each.strip() for each in answer.headers.get("x-oauth-scopes", "").split(",")}
    missing = sorted(NEEDED - given)
    if missing:
        findings.append(Finding(False, f"the app lacks {', '.join(missing)}: add them and install it again"))
    else:
        findings.append(Finding(True, "the app has the scopes it needs"))
    if options.slack_alerts_channel:
        findings.append(await _alerts(api, options.slack_alerts_channel, now))
    return findings


async def _alerts(api: Api, channel: str, now: datetime) -> Finding:
    try:
        answer = await api.ask("conversations.info", now, channel=channel)
    except SendError as error:
        return Finding(False, f"SLACK_ALERTS_CHANNEL {channel} cannot be looked at: {error}")
    found = answer.get("channel") or {}
    name = f"#{found.get('name')}"
    if found.get("is_archived"):
        return Finding(False, f"SLACK_ALERTS_CHANNEL {name} is archived")
    if not found.get("is_member"):
        return Finding(False, f"the app is not in {name}: write /invite and its name there")
    return Finding(True, f"staff are told in {name} who waits")
