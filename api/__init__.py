"""Shilian 十联: every door to the outside: the command line, HTTP, and the pages."""
