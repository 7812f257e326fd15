"""Kernels of proofs: shortest 1-trees, and routes that the prices of clients make worth their way."""
