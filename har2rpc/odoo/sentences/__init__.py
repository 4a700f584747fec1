"""What somebody did, call by call, in sentences: "Searched partners: phone contains 555", "Confirmed it".

Technical names and the capture's answers are all that they are made of: the words are the same in every language that the
user has, and no view is read for them.
"""

from __future__ import annotations

from har2rpc.odoo.sentences.narrator import sentence_alone, sentences

__all__ = ["sentence_alone", "sentences"]
