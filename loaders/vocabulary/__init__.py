"""The words of headers: how they are compared, and which the registers know."""
