"""The ledger of real months on the disk: entries that are only added, each chained to the one before."""
