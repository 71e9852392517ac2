"""WhatsApp through Meta's own Cloud API, without a vendor between."""
