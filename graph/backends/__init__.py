"""The engines that can keep a graph, one module each."""
