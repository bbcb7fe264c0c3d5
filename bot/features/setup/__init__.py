"""Set-up: what moderators chose for their server, and what stands in the way."""
