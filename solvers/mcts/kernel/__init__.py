"""Kernels of the search that a heatmap guides."""
