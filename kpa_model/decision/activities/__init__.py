"""One file per activity of a workshop; see `kpa_model.activity`."""
