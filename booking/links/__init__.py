"""Secret addresses: random ids with a purpose, opened only by a MAC whose key is not in the database."""
