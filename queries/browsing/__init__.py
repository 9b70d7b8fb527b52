"""Parts of a graph to be walked through: overview, surroundings, ways between two, details – and the canvas that draws them."""
