"""The recorded call through every door, asked by real clients; a twin with one argument changed is refused at each."""

from __future__ import annotations

import xmlrpc.client
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from har2rpc.proving.mock.app import RecordedOdoo
from har2rpc.proving.mock.server import serve
from proving.mock.test_mock_app import CONTEXT, PARTNERS, RECORDED, call, session

HEADERS = {"Authorization": "bearer key", "X-Odoo-Database": "lab"}
MORE = [
    call("read", [[7, 3], ["name"]], {}, PARTNERS),
    call("create", [{"name": "Zoë"}], {}, 7),
    call("search_read", [[["name", "=", "x"]]], {"fields": ["name"]}, PARTNERS),
    call("has_group", [2, "base.group_user"], {}, True, model="res.users"),
    call("read_progress_bar", [[], "stage_id", {}], {}, {"New": {"late": None}}),
    call("search_count", [[["id", ">", 1]]], {"limit": 9007199254740991}, 9007199254740991),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    app = RecordedOdoo([*RECORDED, *MORE], session(server_version="19.0"), secret="key")
    with serve(app) as url:
        yield url


def json_2(url: str, method: str, body: Any, model: str = "res.partner", **headers: Any) -> Any:
    sent = {key: value for key, value in {**HEADERS, **headers}.items() if value is not None}
    return requests.post(f"{url}/json/2/{model}/{method}", json=body, headers=sent, timeout=60)


def refused(answer: requests.Response) -> tuple[int, str, str]:
    error = answer.json()
    assert ["name", "message", "arguments", "context", "debug"] == list(error)
    return answer.status_code, error["name"], error["message"]


NAMED = {"ids": [7, 3], "fields": ["name"], "context": CONTEXT}


def test_json_2_takes_by_name_what_was_recorded_by_position(url: str) -> None:
    assert PARTNERS == json_2(url, "read", NAMED).json()
    created = json_2(url, "create", {"vals_list": [{"name": "Zoë"}], "context": CONTEXT})
    assert [7] == created.json(), "a list, also for one record"
    body = {"ids": [2], "group_ext_id": "base.group_user", "context": CONTEXT}
    assert json_2(url, "has_group", body, model="res.users").json() is True
    archived = json_2(url, "action_archive", {"ids": [7], "context": CONTEXT})
    assert (200, None) == (archived.status_code, archived.json())


@pytest.mark.parametrize(
    "twin",
    [{"ids": [7]}, {"ids": [3, 7]}, {"fields": ["email"]}, {"context": {}}, {"load": ""}],
    ids=str,
)
def test_json_2_refuses_a_twin(url: str, twin: dict[str, Any]) -> None:
    message = "This call was never recorded: res.partner.read"
    assert (422, "odoo.exceptions.UserError", message) == refused(json_2(url, "read", NAMED | twin))


def test_json_2_says_with_its_status_what_is_wrong(url: str) -> None:
    def status(answer: requests.Response) -> int:
        assert answer.headers["Content-Type"].startswith("text/html")
        return answer.status_code

    assert (401, "Invalid apikey") == refused(json_2(url, "read", NAMED, Authorization="bearer x"))[
        ::2
    ]
    assert 401 == refused(json_2(url, "read", NAMED, Authorization=None))[0]
    assert 200 == json_2(url, "read", NAMED, **{"X-Odoo-Database": None}).status_code
    assert 404 == status(json_2(url, "read", NAMED, **{"X-Odoo-Database": "nodb"}))
    assert 415 == status(requests.post(f"{url}/json/2/a/b", data="x", headers=HEADERS, timeout=60))
    kind = {"Content-Type": "application/json"}
    assert 400 == status(
        requests.post(f"{url}/json/2/a/b", data="{", headers=HEADERS | kind, timeout=60)
    )
    with_ids = json_2(url, "search_read", {"ids": [1], "context": CONTEXT})
    assert (422, "cannot call res.partner.search_read with ids") == refused(with_ids)[::2]
    assert 404 == refused(requests.get(f"{url}/json/2/res.partner/read", headers=HEADERS))[0]
    assert 403 == refused(json_2(url, "search_fetch", {"domain": []}))[0], "private in 19"


def test_json_2_has_no_door_before_19() -> None:
    with serve(RecordedOdoo(MORE, session(server_version="18.0"), secret="key")) as older:
        assert 404 == json_2(older, "read", NAMED).status_code


def xml(url: str, method: str, *args: Any, model: str = "res.partner", **kwargs: Any) -> Any:
    with xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object", allow_none=True) as proxy:
        return proxy.execute_kw("lab", 2, "key", model, method, list(args), kwargs)


def test_xml_rpc(url: str) -> None:
    with xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common") as common:
        assert "19.0" == common.version()["server_version"]
        assert 2 == common.authenticate("lab", "me", "key", {})
        assert common.authenticate("lab", "me", "wrong", {}) is False
    assert PARTNERS == xml(url, "read", [7, 3], ["name"], context=CONTEXT)
    with pytest.raises(xmlrpc.client.Fault, match=r"never recorded: res\.partner\.read") as fault:
        xml(url, "read", [7, 3], ["email"], context=CONTEXT)
    assert 2 == fault.value.faultCode
    with (
        xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object") as proxy,
        pytest.raises(xmlrpc.client.Fault) as denied,
    ):
        proxy.execute_kw("lab", 2, "wrong", "res.partner", "read", [[7, 3], ["name"]])
    assert (3, "Access Denied") == (denied.value.faultCode, denied.value.faultString)


def test_xml_rpc_cannot_carry_none_nor_large_numbers(url: str) -> None:
    with pytest.raises(xmlrpc.client.Fault, match="cannot marshal None") as nothing:
        xml(url, "action_archive", [7], context=CONTEXT)
    assert 1 == nothing.value.faultCode
    with pytest.raises(xmlrpc.client.Fault, match=r"in dump_struct(.|\n)*cannot marshal None"):
        xml(url, "read_progress_bar", [], "stage_id", {}, context=CONTEXT)
    assert 400 == requests.post(f"{url}/xmlrpc/2/object", data="<no", timeout=60).status_code


def test_the_client_libraries_are_served(url: str) -> None:
    import odooly
    import odoorpc

    port = int(url.rpartition(":")[2])
    odoo = odoorpc.ODOO("127.0.0.1", port=port)
    odoo.login("lab", "me", "key")
    kwargs = {"fields": ["name"], "context": CONTEXT}
    args = ("res.partner", "search_read", [[["name", "=", "x"]]], kwargs)
    assert PARTNERS == odoo.execute_kw(*args)
    with pytest.raises(odoorpc.error.RPCError, match="never recorded"):
        odoo.execute_kw(*args[:2], [[["name", "=", "y"]]], kwargs)
    client = odooly.Client(f"{url}/jsonrpc")
    assert 2 == client.common.login("lab", "me", "key")
