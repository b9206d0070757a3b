"""How the buyer decides."""
