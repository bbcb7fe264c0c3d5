"""Members: their language, their promise, the drafts that keep what they typed."""
