"""The workshop and the register of decisions."""
