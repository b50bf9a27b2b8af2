"""Which assumptions agree with the facts: approximate Bayesian calibration, its checks, and what facts cannot tell."""
