"""Shilian 十联: what exists and where it is kept: the ontology, the workspace, the snapshots, the engines.

Importing the package costs nothing.
"""
