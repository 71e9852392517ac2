"""What the audit says about accounts."""

from typing import Final

from bot.audit.actor import Actor

NOBODY: Final = Actor("nobody", "somebody not signed in")

OBJECT: Final = "staff"
SIGNED_IN: Final = "staff.signed_in"
SIGN_IN_FAILED: Final = "staff.sign_in_failed"
FIRST_FACTOR_ACCEPTED: Final = "staff.first_factor_accepted"
SIGNED_OUT: Final = "staff.signed_out"
PASSWORD_CHANGED: Final = "staff.password_changed"  # noqa: S105 - a name
CONFIRMATION_FAILED: Final = "staff.confirmation_failed"
SECOND_FACTOR_SET: Final = "staff.second_factor_set"
SECOND_FACTOR_REMOVED: Final = "staff.second_factor_removed"
PROVIDER_LINKED: Final = "staff.provider_linked"
LANGUAGE_CHANGED: Final = "staff.language_changed"
ADDED: Final = "staff.added"
DISABLED: Final = "staff.disabled"
ENABLED: Final = "staff.enabled"
RESET: Final = "staff.reset"
