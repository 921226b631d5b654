"""One check a file; a file here is a check, and its name is the check's id.

A check module has a docstring (the sentence a product manager reads, why it matters, where that comes from)
and these names:

- `QUESTION`: the data question it speaks to; `WHY`: why it matters, in a sentence; `NEEDS`: the roles and
  arguments it cannot do without (target, time, entity, group, reference);
- `measure(table)`: numbers, as frozen values; `judge(measured, limits)`: what the numbers say, held against
  the entries `<id>.<name>` of the knowledge base;
- `bad()` and `good()`: an `Example` it must find something in, and a look-alike it must keep silent on;
- `WHOLE_ROWS = True` (optional): it compares rows in all columns or learns from them, so it comes after the
  checks of single columns, and is not run where the time was too short to read every column;
- `SILENCES` (optional): checks that say nothing more about a column this one has explained.
"""
