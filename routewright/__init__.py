"""Routewright: solve, train and compare on vehicle routing problems."""

__version__ = "0.1.0"
