"""Members and communities; numbers of people as the asker may see them."""
