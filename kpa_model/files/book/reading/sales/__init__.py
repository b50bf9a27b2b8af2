"""What lists of sales and accounts say: states, VAT, totals, a cash book, a ledger."""
