"""What SMS and WhatsApp share, which both go over Twilio; not a channel by itself."""
