"""One check a file; a file here is a check, and its name is the check's id.

A check module has a docstring (the sentence a product manager reads, why it matters, where that comes from)
and these names:

- `QUESTION`: the data question it speaks to; `WHY`: why it matters, in a sentence; `NEEDS`: the roles and
  arguments it cannot do without (target, time, entity, group, reference);
- `measure(table)`: numbers, as frozen values; `judge(measured, limits)`: what the numbers say, held against
  the entries `<id>.<name>` of the knowledge base;
- `bad()` and `good()`: an `Example` it must find something in, and a look-alike it must keep silent on;
- `SILENCES` (optional): checks that say nothing more about a column this one has explained.
"""
