"""Cells of times that say more than a time: letters of a legend, notes beside, formulas without a result."""
