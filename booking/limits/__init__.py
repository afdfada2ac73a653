"""How often: attempts counted by hashed keys, so that abuse is bounded on every machine."""
