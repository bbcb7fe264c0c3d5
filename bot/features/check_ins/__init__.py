"""Check-ins: prompts that keep time, and what members answer to them."""
