"""Facebook Messenger: people write to a page."""
