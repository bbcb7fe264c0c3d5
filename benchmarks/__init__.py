"""Measures the bot beside a bare discord.py client: ``python -m benchmarks``."""
