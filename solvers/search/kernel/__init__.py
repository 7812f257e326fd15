"""The compiled part of search: ruin, recreate, accept.

One source, specialised by argument types into families: ``capacity`` where ``times`` is None (its
branches vanish at compile time) and ``windows`` where it is a ``Times``.
"""
