"""What many questions read of a graph: units, names, uses, agreements, links, each as a frame."""
