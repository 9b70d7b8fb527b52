"""What headers mean: which register a sheet is, and what each of its columns holds."""
