"""The compiled part of the Lin-Kernighan search for tours."""
