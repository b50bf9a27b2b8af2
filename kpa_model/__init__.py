"""The KPA workbook: how a neighbourhood cooperative shares what it earns, tried out together."""
