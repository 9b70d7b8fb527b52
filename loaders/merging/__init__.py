"""From every live load and decision to the tables of the graph."""
