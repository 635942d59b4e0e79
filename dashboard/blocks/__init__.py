"""One module per topic: each function makes one block (a figure or its honest absence) for a view.

Pages and briefings show the same blocks, so a number, its title and its caveat exist once.
"""
