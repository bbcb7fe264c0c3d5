"""Communities in simulated time: what the bot's rules do in them, beside what else one could do."""
