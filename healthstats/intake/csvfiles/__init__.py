"""CSV: long and wide, record by record."""
