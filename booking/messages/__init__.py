"""What we tell: the outbox, wording, calendar objects, letters, delivery and replies."""
