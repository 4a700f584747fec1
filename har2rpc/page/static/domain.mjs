// A pasted search domain: in words, with its mistakes, and as JSON or Python to copy.

import { byId, copyButton, element } from "./dom.mjs";

const LOOKS_LIKE = /^\s*\[\s*[[("'\]]/; // a list that does not begin with an object

/** Returns `read(text)`: shows the dialog where a text is a domain, and says whether it is one. */
export function watchDomain(ask) {
  const [dialog, input, answer] = [byId("domain"), byId("domain-text"), byId("domain-answer")];
  let latest = 0;
  const read = async () => {
    const turn = ++latest;
    const reply = await ask({ do: "domain", text: input.value });
    if (turn === latest) answer.replaceChildren(...(reply.error ? [element("p", { class: "problem" }, reply.error)] : parts(reply)));
  };
  input.addEventListener("input", read);
  byId("open-domain").addEventListener("click", () => {
    dialog.showModal();
    read();
  });
  return async (text) => {
    if (!LOOKS_LIKE.test(text) || (await ask({ do: "domain", text })).error) return false;
    input.value = text;
    dialog.showModal();
    await read();
    return true;
  };
}

function parts({ words, mistakes, json, python, accepted, odoo, accepted_by }) {
  return [
    element("p", { class: "words" }, words || "all records"),
    element(
      "p",
      { class: "hint" },
      accepted ? `Odoo ${odoo} accepts it.` : `Odoo ${odoo} refuses it.`,
      accepted_by.length && !accepted ? ` It is accepted by ${accepted_by.join(", ")}.` : "",
    ),
    mistakes.length
      ? element("ul", { class: "remarks" }, ...mistakes.map(({ said, instead }) => element("li", {}, instead ? `${said} ${instead}` : said)))
      : null,
    ...[
      ["JSON", json],
      ["Python", python],
    ].map(([name, text]) => element("p", { class: "command" }, element("span", { class: "hint" }, name), element("code", {}, text), copyButton(() => text, `the domain as ${name}`))),
  ].filter(Boolean);
}
