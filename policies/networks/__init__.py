"""Parts that policies are made of, one idea in each module."""
