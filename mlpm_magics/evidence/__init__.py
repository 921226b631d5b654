"""What a table says about whether ML fits: rungs, paired gaps, and one measurement a file."""
