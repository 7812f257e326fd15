"""Floor 2: one module per solver, and `solve()` in front of them."""
