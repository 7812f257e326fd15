"""Seeded generators of instances, one module per family."""
