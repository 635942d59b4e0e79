"""The web side of the council's own figures: who is here, what they may see, and the pages for it.

Nothing of it is imported by a plain `python3 run.py`; `app.py` calls `joining.join` where local mode is on.
"""
