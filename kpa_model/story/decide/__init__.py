"""What a workshop decided: told, shown, printed."""
