"""Shilian 十联: the interfaces for users and other programs: the command line, HTTP, and the web pages."""
