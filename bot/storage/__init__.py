"""The database: one writer, several readers, and what all features keep in the same way."""
