"""What makes the tables of the ledger, one version after another."""
