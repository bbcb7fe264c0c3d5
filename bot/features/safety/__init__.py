"""Safety: what may be posted, reports and what moderators do about them, holds, and the daily list."""
