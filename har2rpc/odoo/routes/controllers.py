"""The purpose of routes of Odoo's own controllers that change something or return a file.

A route that is neither here nor in `clients_own.py` belongs to a custom module: it may have changed something, so har2rpc
names it.
Source: Odoo 14 and 19 `addons/*/controllers/*.py`; the routes of Enterprise (`stock_barcode`, `documents`, `sign`) from
what browsers sent.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from har2rpc.model import RequestKind

_NO_FILE = "no method of the external API returns a report's file (since Odoo 14)"
_PUBLIC_FORM = "through the API, create the record that the form creates"


class Controller(NamedTuple):
    """The purpose of a route."""

    kind: RequestKind
    does: str
    """What a request to it did, in the past tense, behind the route."""
    instead: str = ""
    """What a program can do instead, if anything."""


_ATTENDANCE = (
    "through the API, create an hr.attendance with employee_id to check in, and write its check_out"
    " to check out"
)
# What all others are for; the first that fits counts.
_CONTROLLERS = (
    (r"/report/download/?$", Controller("report", "downloaded a report", _NO_FILE)),
    (
        r"/report/(?!barcode)[a-z_]+/[\w.-]+(?:/[\d,]*)?/?$",
        Controller("report", "showed a report", _NO_FILE),
    ),
    (
        r"/web/export/",
        Controller("export", "exported records to a file", "export_data returns its rows"),
    ),
    (
        r"/web/pivot/",
        Controller("export", "exported a pivot table to a file", "read_group returns its numbers"),
    ),
    (r"/web/database/", Controller("settings", "worked with whole databases")),
    (
        r"/web/session/change_password/?$",
        Controller(
            "settings", "changed the user's password", "through the API: res.users.change_password"
        ),
    ),
    (
        r"/(?:mail/attachment/upload|web/binary/upload\w*|portal/attachment/add|(?:web|html)_editor/attachment/add_\w+"
        r"|product/document/upload|sale_pdf_quote_builder/.*upload|project_sharing/attachment/\w+)/?$",
        Controller(
            "upload",
            "uploaded a file",
            "through the API, create an ir.attachment with datas, res_model and res_id",
        ),
    ),
    (
        r"/documents/upload\w*(?:/[^/]+)?/?$",
        Controller(
            "upload",
            "uploaded a document",
            "through the API, create a documents.document with datas and folder_id",
        ),
    ),
    (
        r"/(?:documents|sign|knowledge|spreadsheet)/",
        Controller("documents", "worked with documents"),
    ),
    (
        r"/stock_barcode/save_barcode_data/?$",
        Controller(
            "barcode",
            "saved what was scanned",
            "through the API, write these values on the record that they belong to",
        ),
    ),
    (r"/stock_barcode/", Controller("barcode", "handled what was scanned")),
    (
        r"/hr_attendance/(?:systray_check_in_out|manual_selection\w*|attendance_barcode_scanned)/?$",
        Controller("attendance", "checked somebody in or out", _ATTENDANCE),
    ),
    (r"/hr_attendance/", Controller("attendance", "set up attendances")),
    (r"/(?:pos|pos[-_]\w[\w-]*|kiosk)/", Controller("pos", "worked with the point of sale")),
    (
        r"/shop/cart/",
        Controller(
            "shop",
            "changed the cart of a visitor",
            "through the API, create or write sale.order.line",
        ),
    ),
    (r"/(?:shop|website_sale\w*)/", Controller("shop", "worked with the shop, as a visitor")),
    (
        r"/my/orders/[^/]+/accept/?$",
        Controller("portal", "signed a quotation, as the customer"),
    ),
    (
        r"/mail/chatter_post/?$",
        Controller("portal", "posted a message, as the customer", "through the API: message_post"),
    ),
    (
        r"/(?:my|portal|quote|invoice|payment)/",
        Controller("portal", "worked in the customer portal"),
    ),
    (
        r"/website(?:_form|/form)(?:/|$)",
        Controller("website", "sent a form of the website", _PUBLIC_FORM),
    ),
    (r"/survey/", Controller("survey", "answered or led a survey")),
    (r"/(?:im_livechat|chatbot)/", Controller("livechat", "worked with the live chat")),
    (
        r"/mail/attachment/zip/?$",
        Controller("download", "downloaded attachments", "through the API, read their datas"),
    ),
    (
        r"/mail/attachment/delete/?$",
        Controller("chatter", "deleted an attachment", "through the API: unlink on ir.attachment"),
    ),
    (r"/mail/message/update_content/?$", Controller("chatter", "changed or deleted a message")),
    (r"/mail/message/\w*reaction/?$", Controller("chatter", "set or removed a reaction")),
    (
        r"/mail/message/post/?$",
        Controller("chatter", "posted a message", "through the API: message_post"),
    ),
    (
        r"/mail/partner/from_email/?$",
        Controller("chatter", "found or created contacts by their addresses"),
    ),
    (
        r"/(?:mail|discuss|mail_plugin)/",
        Controller("chatter", "worked with messages or channels"),
    ),
    (
        r"/sale/\w*configurator/create|/sale/create_product_variant",
        Controller("sale", "created a variant of a product"),
    ),
    (
        r"/product/catalog/update_order_line_info/?$",
        Controller(
            "sale",
            "set a quantity in the catalog",
            "through the API, create or write the order's lines",
        ),
    ),
    (r"/(?:sale|product|delivery)/", Controller("sale", "worked with an order")),
    (
        r"/(?:website\w*|forum|blog|events?|event_track|slides?|slide_channel_tag|profile|jobs|donation|mailing|mail_group"
        r"|groups?|appointment|helpdesk|snippets|theme|calendar)/",
        Controller("website", "worked with the website"),
    ),
    (
        r"/(?:web/view|board|web_editor|html_editor|web_unsplash|web_studio)/",
        Controller("settings", "changed a view or a page"),
    ),
    (
        r"/web/(?:content|image)(?:/|$)",
        Controller(
            "download", "downloaded a file", "through the API, read that field of the record"
        ),
    ),
)
_UNMISTAKABLE = (
    r"/(?:[^/]+/)?(?:web/(?:content|binary|export|pivot|session|database)/|report/(?:download|pdf|html)|mail/(?:attachment"
    r"|message|chatter_post)|discuss/channel/|stock_barcode/|hr_attendance/|shop/(?:cart|address|confirm|payment|wishlist)"
    r"|website/form|website_form/|website_sale/|my/(?:orders|invoices|purchase|quotes|account|security)|portal/attachment/"
    r"|survey/(?:submit|begin|next_question)/|im_livechat/|web_editor/|html_editor/|documents/upload)"
)
_OTHER = Controller("other", "may have changed data: har2rpc does not know this route")
_A_FILE = Controller("download", "downloaded a file")
_UPLOAD = Controller("upload", "sent a file")


def controller_of(path: str, *, gives_file: bool, sends_file: bool) -> Controller:
    """What a path is for. One that no table has is told by what came or went: a file, or nothing that says more."""
    known = next((each for paths, each in _CONTROLLERS if re.search(paths, path)), None)
    if gives_file and (known is None or known.kind not in ("report", "export", "download")):
        return _A_FILE
    if sends_file and (known is None or known.kind != "upload"):
        return _UPLOAD if known is None else known._replace(kind="upload")
    return known or _OTHER


def is_unmistakable(path: str) -> bool:
    """Whether no other program than Odoo has such a path."""
    return bool(re.match(_UNMISTAKABLE, path))
