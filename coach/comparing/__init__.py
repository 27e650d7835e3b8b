"""How like correct demonstrations a repetition is, and what differs."""
