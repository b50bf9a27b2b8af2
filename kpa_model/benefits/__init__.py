"""From the total cost of a pay to what stays in hand: dated parameters, contributions, benefits. Pure functions."""
