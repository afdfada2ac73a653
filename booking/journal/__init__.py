"""What happened: one append-only row for every deed, without personal data."""
