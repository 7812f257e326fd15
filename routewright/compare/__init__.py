"""Comparing solvers on sets of instances."""
