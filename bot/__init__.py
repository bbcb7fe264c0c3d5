"""Goen's rules and data. Runs without Discord; never imports :mod:`cogs`."""

__version__ = "0.1.0"
