"""What the rule of standing gives honest communities, and what it leaves to those who try to farm it."""
