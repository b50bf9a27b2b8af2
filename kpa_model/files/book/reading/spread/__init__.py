"""Hours spread over columns: people, days, weeks, months, kinds of work; on one line of titles or two."""
