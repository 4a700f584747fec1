"""Actions in, text out: the one room that knows templates.

`target_text.py` fills them in; `targets.py`, which says what there is, does without Jinja.
"""
