"""`--lookups`: what stands in front of an action that takes records."""

from __future__ import annotations

from har_builder import call, page, views

from .actions_of import actions

FIELDS = {
    "partner_id": {"type": "many2one", "string": "Customer", "relation": "res.partner"},
    "partner_invoice_id": {"type": "many2one", "string": "Invoice to", "relation": "res.partner"},
    "user_id": {"type": "many2one", "string": "Seller", "relation": "res.users"},
}
ORDER = {"partner_id": 7, "partner_invoice_id": 8, "user_id": 3}
FOUND = call("res.users", "name_search", (), {"name": "an"}, result=[[3, "Ann"]])
ENTRIES = (
    page(),
    views("sale.order", FIELDS),
    FOUND,
    call("sale.order", "create", (ORDER,), result=9),
    call("res.partner", "write", ([7], {"name": "Ada"})),
)


def test_each_model_is_looked_up_once_where_it_is_first_taken() -> None:
    found = {
        action.name: [one.name for one in action.lookups]
        for action in actions(*ENTRIES, lookups=True)
    }
    assert {
        "create_sale_order": ["find_partners", "find_users"],
        "update_partner_name": [],
    } == found


def test_it_tells_what_it_is_for_and_shows_the_recorded_name() -> None:
    create = actions(*ENTRIES, lookups=True)[0]
    users = create.lookups[1]
    assert ("res.users", "name_search", ()) == (users.model, users.method, users.runs)
    assert "Ann" == users.inputs[0].example and not users.changes
    assert ("Added: finds the id for `user_id`.",) == users.notes


def test_nothing_is_added_without_being_asked_for() -> None:
    assert not any(action.lookups for action in actions(*ENTRIES))
