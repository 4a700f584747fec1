"""Describes what somebody did in sentences, call by call: "Searched partners: phone contains 555", "Confirmed it".

The sentences use only technical names and the capture's answers: they are the same whatever the user's language is, and need
no views.
"""

from __future__ import annotations

from har2rpc.odoo.sentences.narrator import sentence_alone, sentences

__all__ = ["sentence_alone", "sentences"]
