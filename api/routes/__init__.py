"""The routes of the API, a module per area; each is thin: it reads the request, asks, and answers."""
