"""The outbox: what is said on a messaging channel is put here in the same transaction, and delivered from here."""
