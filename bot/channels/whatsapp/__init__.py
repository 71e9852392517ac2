"""WhatsApp over Twilio."""
