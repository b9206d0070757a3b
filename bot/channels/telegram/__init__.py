"""The Telegram channel: updates in by polling or webhook, messages out from the outbox."""
