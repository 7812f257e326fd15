"""Tiny instances of what only the search over sequences knows, alone and in random combinations.

All numbers are whole, so that the oracle may try every whole departure, charge and share.
"""
