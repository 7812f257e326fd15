"""The search for whatever the fast kernels do not know: see ``run`` for the recipe."""
