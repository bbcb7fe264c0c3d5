"""What everything stands on: time, ids, errors, words, logs, metrics. Knows nobody above."""
