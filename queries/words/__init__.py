"""What a service, a skill or a line of business is, and which words stand for the same."""
