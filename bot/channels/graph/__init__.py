"""What Meta's channels share: settings, signatures, the handshake, requests to the Graph API and its errors."""
