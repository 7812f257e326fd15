"""Ruin-and-recreate search with compiled kernels."""
