"""Screens: ipywidgets views over one frozen state. The only users of ipywidgets."""
