"""Peer help: asks, who is asked to answer them, and whose turn it is, until each has come to an end."""
