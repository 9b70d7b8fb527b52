"""What choices that people made teach about weights, and whether the weights in use still fit."""
