"""Finds fields that identify people: by their type in the capture's metadata, by model, and by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from har2rpc.model import Field
from har2rpc.odoo.schema.relations import usual_model

Personal = Literal["name", "number", "email"]

# Models whose records are people, or companies that people deal with (Odoo 12-19).
PEOPLE = frozenset(
    """res.partner res.users hr.employee hr.employee.public hr.employee.base hr.applicant hr.candidate
    res.partner.bank mail.guest event.registration mailing.contact crm.lead calendar.attendee""".split()
)
_NAMES_OF_PEOPLE = frozenset(
    "name display_name complete_name commercial_company_name parent_name".split()
)
_NAME = re.compile(
    r"(?:contact|partner|employee|author|guest|acc_holder|firstname|lastname|first|last|legal|private_|common|spouse_complete)_?name"
    r"|(?:\w+_)?partner_display_name|emergency_contact|place_of_birth|(?:partner|private)_address|(?:\w+_)?street2?|signature|signed_by|contact_address\w*|(?:first|last|middle)name"
)
_EMAIL = re.compile(r"(?:\w+_)?e?mail(?:_\w+)?|login|username|reply_to")
_NUMBER = re.compile(
    r"(?:\w+_)?(?:phone|mobile|fax)(?:_\w+)?|vat|(?:\w+_)?acc_number|iban|ssnid|passport_id|identification_id"
    r"|(?:\w+_)?(?:tax_id|company_registry)|barcode_person|visa_no|permit_no|private_car_plate"
)
_NO_TEXT = re.compile(
    r".*_(?:id|ids|count|state|type|status|template|server|activity|alias|format|normalized_id)"
)
_TEXT_TYPES = frozenset({"", "char", "text", "html"})
_LINKS_TO_PEOPLE = re.compile(
    r"(?:\w+_)?(?:partner|user|employee|author|contact|applicant|guest|coach|attendee|partner_bank)_ids?|create_uid|write_uid"
    r"|partner_(?:invoice|shipping)_id|address(?:_home)?_id"
    r"|res\.partner|res\.users|Persona|persona|partner|author|guest|current(?:Partner|Guest)|partner_root"
)

Fields = Mapping[str, Mapping[str, Field]]


class PersonalFields:
    """What the fields of a capture hold; `fields` is its metadata, by model and name."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def kind(self, model: str, name: str) -> Personal | None:
        """What a field of this name holds; None where it tells nothing of a person."""
        last = name.rpartition(".")[2]
        if "." in name:
            for link in name.split(".")[:-1]:
                model = self.relation(model, link)
        field = self._fields.get(model, {}).get(last)
        if field is not None and field.type not in _TEXT_TYPES:
            return None
        if last in _NAMES_OF_PEOPLE and model in PEOPLE:
            return "name"
        if _NAME.fullmatch(last):
            return "name"
        if _NO_TEXT.fullmatch(last) and (field is None or last not in self._fields.get(model, {})):
            return "number" if last in ("passport_id", "identification_id", "tax_id") else None
        if _EMAIL.fullmatch(last):
            return "email"
        return "number" if _NUMBER.fullmatch(last) else None

    def relation(self, model: str, name: str) -> str:
        """The model that a field links to; empty where that is unknown."""
        field = self._fields.get(model, {}).get(name)
        if field is not None:
            return field.relation
        return "res.partner" if _LINKS_TO_PEOPLE.fullmatch(name) else usual_model(name, model)

    def model_of(self, record: Mapping[str, object], model: str) -> str:
        """The model of an object of an answer: what has a name and an email address is a person, whatever it stands in."""
        if model in PEOPLE or "name" not in record:
            return model
        is_person = any(
            isinstance(record.get(name), str) for name in ("email", "email_from", "login")
        )
        return "res.partner" if is_person else model
