"""Sharing: our figures, one order, one pot, our rule, why, compare, in hand."""
