"""The walk: what one sequence of clients costs one kind of vehicle, whatever the instance asks of it.

Decisions that lie between the clients (where to reload, to charge and how much, to rest, which window to
take, when to leave) are made here, so that a search need only look for sequences. One feature, one file.
"""
