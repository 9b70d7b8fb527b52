"""What a load did, for people: on the screen, as a page, as a marked-up workbook."""
