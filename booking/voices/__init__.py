"""What people tell us: ideas, and barriers that they met; what is answered, and what became of it."""
