"""The nouns of a KPA: people, orders, hours, a month. Frozen, without any input or output."""
