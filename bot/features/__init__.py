"""One folder a feature, the same four files everywhere: model, queries, store, service."""
