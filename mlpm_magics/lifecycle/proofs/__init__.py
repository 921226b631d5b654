"""What can meet a gate criterion, one kind a file: what the project file holds about it, and that in words.

A file offers `found(criterion, state)`, `RESTS_ON`, what its evidence rests on where the criterion does not
say, and `TO_TYPE`, what to type to get it.
"""
