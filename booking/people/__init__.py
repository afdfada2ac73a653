"""By whom: hosts with their languages; staff with permissions, passwords and sign-ins."""
