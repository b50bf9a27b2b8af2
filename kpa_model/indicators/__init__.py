"""Figures about a result: smallest pay, ratio, euros per hour, inequality. Arrays in, numbers out."""
