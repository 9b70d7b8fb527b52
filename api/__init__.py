"""Every door to the outside: the command line, HTTP, and the pages."""
