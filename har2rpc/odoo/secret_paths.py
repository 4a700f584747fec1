"""Finds tokens in the path of an address: `/survey/start/<token>`, `/rate/<token>/5`, `/calendar/join_videocall/<token>`.

Odoo's routes that take one so (12-19, `controllers/` of calendar, appointment, survey, rating, sign, documents, mail,
spreadsheet, planning, hr_attendance, knowledge, sale_subscription, room, frontdesk, mass_mailing, im_livechat), and the links
that others send to log in, confirm or unsubscribe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ANCHORS = tuple(
    """/calendar/ /appointment/ /survey/ /rate/ /rating/ /sign/ /document/ /documents/ /chat/ /meet/ /dashboard/
    /planning/ /hr_attendance/ /knowledge/ /my/ /subscription/ /room/ /frontdesk/ /kiosk/ /mail/track/ /im_livechat/
    /pos-self/ /pos-self-order/ /payment/ /helpdesk/ /salary_package/ /esign/ /invite/ /reset-password/ /reset_password/
    /password-reset/ /magic-link/ /verify-email/ /activate/ /confirm/ /unsubscribe/""".split()
)
"""What the paths of these routes hold."""
_FIRST_PARTS = "|".join(
    sorted((re.escape(anchor[1:-1]) for anchor in ANCHORS), key=len, reverse=True)
)
_PATH = re.compile(rf"/(?:{_FIRST_PARTS})((?:/[\w.~%-]{{1,200}}+){{1,8}}+)", re.ASCII)
_PART = re.compile(r"[^/]+")
# Addresses that are credentials themselves: webhooks of Slack, Discord, Teams, Zapier, Make, n8n and Odoo (17 and later:
# `addons/base_automation/controllers/main.py`), Telegram's bots.
HOOK = re.compile(
    r"(?://hooks\.slack\.com/(?:services|workflows)/|/webhooks/|/webhookb2/|/webhook(?:-test)?/|/web/hook/"
    r"|//hooks\.zapier\.com/hooks/catch/|//hook\.\w{1,8}\.make\.com/|//api\.telegram\.org/bot)([\w:/@-]{16,}+)",
    re.ASCII,
)
"""A webhook, whose first group is the secret."""
HOOK_ANCHORS = (
    "hooks.slack",
    "/webhook",
    "/web/hook/",
    "hooks.zapier",
    "make.com/",
    "telegram.org/bot",
)
"""What its address holds."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
# Letters and digits by chance: a long run of both, or three kinds of character.
_RUN = re.compile(r"(?=[a-zA-Z0-9]*[0-9])(?=[a-zA-Z0-9]*[a-zA-Z])[a-zA-Z0-9]{12,}")
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[\w-]{12,}", re.ASCII)
# Short tokens, known by where they stand: /chat/5/<token>, /meet/5/<token>.
_SHORT = re.compile(r"/(?:chat|meet)/\d+/([\w-]{8,}+)", re.ASCII)
_FILE_END = re.compile(r"\.(?:ics|gif|png|pdf|html?|json|xlsx?)\Z")


def token_places(text: str) -> Iterator[tuple[int, int]]:
    """Where each token begins and ends."""
    for path in _PATH.finditer(text):
        for part in _PART.finditer(text, *path.span(1)):
            name = _FILE_END.sub("", part[0])
            if _UUID.fullmatch(name) or _RUN.search(name) or _MIXED.fullmatch(name):
                yield part.start(), part.start() + len(name)
    for short in _SHORT.finditer(text):
        yield short.span(1)
