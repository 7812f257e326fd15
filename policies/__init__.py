"""Floor 2: learned policies (not built yet, see the roadmap in CONTRIBUTING.md)."""
