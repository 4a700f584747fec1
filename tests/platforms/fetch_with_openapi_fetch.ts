// The client of openapi-typescript: types alone, requests by openapi-fetch.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.ts";

const body: components["schemas"]["search_partners_by_phone"] = JSON.parse(process.env.BODY!);
const client = createClient<paths>({
  baseUrl: process.env.ODOO_URL!,
  headers: { Authorization: `Bearer ${process.env.ODOO_API_KEY}` },
});
const { data, error } = await client.POST("/json/2/res.partner/search_read", {
  params: { header: { "X-Odoo-Database": process.env.ODOO_DB! } },
  body,
});
if (error) throw new Error(error.message);
const names: (string | false | undefined)[] = data.map((partner) => partner.complete_name);
console.log(JSON.stringify([data.length, names[0]]));
