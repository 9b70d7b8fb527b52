"""The table in a sheet: raw cells, where the header is, which rows are data, who sent them."""
