"""Thanks, the ledger that records them, and what it says about whom a community can rely on."""
