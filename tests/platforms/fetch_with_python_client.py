"""The client of openapi-python-client: a module for each operation, a class for each body."""

import json
import os

from api.api.res_partner import res_partner_search_read
from api.client import AuthenticatedClient
from api.models import OdooError, SearchPartnersByPhone

client = AuthenticatedClient(base_url=os.environ["ODOO_URL"], token=os.environ["ODOO_API_KEY"])
body = SearchPartnersByPhone.from_dict(json.loads(os.environ["BODY"]))
answer = res_partner_search_read.sync(
    client=client, body=body, x_odoo_database=os.environ["ODOO_DB"]
)
if answer is None or isinstance(answer, OdooError):
    raise SystemExit(answer.message if answer else "nothing was answered")
print(json.dumps([len(answer), answer[0].complete_name]))
