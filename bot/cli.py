"""The command line. Each command lives in the room it belongs to and is imported only when it is called."""

import importlib
import sys

import click

COMMANDS = {
    "applicants": "bot.applicants.commands:applicants",
    "audit": "bot.audit.audit_command:audit",
    "channels": "bot.channels.channels_command:channels",
    "chat": "bot.chat_command:chat",
    "evaluate": "bot.improving.evaluate_command:evaluate",
    "migrate": "bot.db.commands:migrate",
    "outbox": "bot.conversations.outbox.outbox_command:outbox",
    "parse": "bot.dialogue.parse_command:parse",
    "policy": "bot.policy.commands:policy",
    "review": "bot.improving.review_command:review",
    "rule": "bot.policy.rule_command:rule",
    "staff": "bot.staff.commands:staff",
    "train": "bot.dialogue.train_command:train",
    "up": "bot.up_command:up",
}


class _Rooms(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Rooms, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The NEXUS interview guide."""


def stop(message: str, status: int = 1) -> None:
    """Ends the command with one sentence on standard error."""
    click.echo(message, err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
