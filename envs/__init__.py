"""Floor 1: batched environments (not built yet, see the roadmap in CONTRIBUTING.md)."""
