"""The pages that are made from the code and the knowledge: a module here is found by its being here.

Each has `GROUP`, its heading in the reference, and `pages(known)`: Markdown by path, in the order to list.
"""
