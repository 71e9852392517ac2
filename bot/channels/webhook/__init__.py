"""Any integrator: JSON in and out over HTTPS, signed both ways as Standard Webhooks are (docs/channels.md)."""
