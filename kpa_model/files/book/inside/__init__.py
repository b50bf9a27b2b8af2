"""What a workbook says beside its values, whatever its format."""
