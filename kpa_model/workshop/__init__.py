"""What a workshop is, whatever is asked in it: activity, event, live state, script."""
