"""Introductions: one card a member, with its own thread, and the way to find one another."""
