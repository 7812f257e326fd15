"""Ruin and recreate for whatever an instance may ask: it moves clients, the walk says what a sequence costs."""
