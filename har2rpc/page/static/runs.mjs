// Runs the code: against the capture itself, and on the user's Odoo; only in `har2rpc ui`. The key is typed once and kept in
// this page's memory; each change of data needs a confirmation.

import { byId, element } from "./dom.mjs";

const WORDS = { same: "Same answer", changed: "Same, except for volatile fields", different: "Different", refused: "Refused", skipped: "Not run" };

/** Shows the buttons; `getRun()` gives `{calls, target, overrides, facts}` of what is ticked now. */
export function showRuns(ask, getRun) {
  const fields = {};
  const field = (key, label, type = "text") => {
    fields[key] = element("input", { type, autocomplete: "off", spellcheck: "false" });
    return element("label", { class: "field" }, element("span", { class: "hint" }, label), fields[key]);
  };
  const result = element("div", { id: "verdicts", role: "status" });
  const against = element("button", { type: "button", id: "run-capture" }, "Run against this capture");
  const live = element("button", { type: "submit", id: "run-live" }, "Run on my Odoo");
  const form = element(
    "form",
    { class: "fields" },
    field("url", "Address", "url"),
    field("db", "Database"),
    field("login", "Login"),
    field("key", "API key or password", "password"),
    live,
  );
  const run = async (button, server) => {
    const { calls, target, overrides } = getRun();
    if (!calls.length) return result.replaceChildren(element("p", { class: "hint" }, "Tick the calls to run."));
    let writes = false;
    if (server) {
      const { changes = [], error } = await ask({ do: "changes", calls });
      if (error) return result.replaceChildren(problem(error));
      writes = changes.length > 0 && confirm(`This will be done on ${server.url}, database ${server.db}:\n\n${changes.join("\n")}\n\nDo it?`);
    }
    result.replaceChildren(element("p", { class: "hint" }, "Running…"));
    button.disabled = true;
    try {
      const reply = await ask({ do: "verify", calls, target, overrides, server, writes });
      result.replaceChildren(...(reply.error ? [problem(reply.error)] : reply.verdicts.map(verdictNode)));
    } catch (error) {
      result.replaceChildren(problem(error.message));
    } finally {
      button.disabled = false;
    }
  };
  against.addEventListener("click", () => run(against, null));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const server = Object.fromEntries(Object.entries(fields).map(([key, input]) => [key, input.value]));
    run(live, server);
  });
  byId("runs").replaceChildren(
    element("h3", {}, "Try it"),
    against,
    element("details", { class: "values" }, element("summary", {}, "On my Odoo: reads only; a write asks each time"), form),
    result,
  );
  return {
    /** Fills in what the capture knows, where nothing was typed. */
    fill(facts) {
      for (const { key, value } of facts) if (fields[key] && !fields[key].value && value) fields[key].value = value;
    },
    clear: () => result.replaceChildren(),
  };
}

const problem = (sentence) => element("p", { class: "problem" }, sentence);

function verdictNode({ n, model, method, status, why, differences, unsent }) {
  const lines = [...differences.map(({ said, reason }) => (reason ? `${said} (${reason})` : said)), ...unsent.map(({ path, reason }) => `not sent: ${path} (${reason})`)];
  return element(
    "div",
    { class: `verdict ${status}` },
    element("p", {}, element("b", {}, WORDS[status] ?? status), ` · ${n} · ${model}.${method}`),
    why ? element("p", { class: "hint" }, why) : null,
    lines.length ? element("ul", {}, ...lines.map((line) => element("li", {}, line))) : null,
  );
}
