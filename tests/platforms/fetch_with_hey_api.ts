// The client of @hey-api/openapi-ts: a function for each operation.
import { client } from "./api/client.gen.ts";
import { resPartnerSearchRead, type SearchPartnersByPhone } from "./api/index.ts";

const body: SearchPartnersByPhone = JSON.parse(process.env.BODY!);
client.setConfig({ baseUrl: process.env.ODOO_URL!, auth: process.env.ODOO_API_KEY! });
const { data, error } = await resPartnerSearchRead({
  headers: { "X-Odoo-Database": process.env.ODOO_DB! },
  body,
});
if (error) throw new Error(error.message);
const names: (string | false | undefined)[] = data.map((partner) => partner.complete_name);
console.log(JSON.stringify([data.length, names[0]]));
