// The facts of the session: each with a copy button and its source; unknown ones with how to find them.

import { byId, copyButton, element } from "./dom.mjs";

/** Shows the facts of the session that is looked at. `onPart({server, user})` is called where another is chosen. */
export function showFacts({ files, sessions, servers, part }, onPart) {
  const session = sessions[0];
  // Of a single file its name needs no repeating.
  const place = (text) => (files.length === 1 && text.startsWith(`${files[0]}#`) ? `entry ${text.slice(files[0].length + 1)}` : text);
  byId("fact-list").replaceChildren(...session.facts.filter(isTelling).map((fact) => factRow(fact, place)));
  const choosers = [];
  if (servers.length > 1) {
    const options = servers.map((server) => ({ value: server, label: server.replace(/^https?:\/\//, "") }));
    choosers.push(chooser("Server", options, part.server ?? servers[0], (server) => onPart({ server })));
  }
  if (session.users.length > 1) {
    const options = [
      { value: "", label: "All users" },
      ...session.users.map(({ uid, calls }) => ({ value: String(uid), label: `uid ${uid} (${calls} calls)` })),
    ];
    const choose = (user) => onPart({ server: part.server, user });
    choosers.push(chooser("User", options, part.user ?? "", choose));
  }
  byId("choosers").replaceChildren(...choosers);
}

const isTelling = ({ value, guess, how }) => value !== null || guess || how;

function factRow({ key, label, value, found_in, guess, how }, place) {
  const isKnown = value !== null;
  const shown = isKnown ? value : guess || "unknown";
  return element(
    "div",
    { class: `fact${key === "uid" ? " prominent" : ""}`, "data-fact": key },
    element("dt", {}, label),
    element(
      "dd",
      {},
      element("span", { class: isKnown ? "value" : "value unknown" }, shown),
      isKnown ? copyButton(() => value, label) : null,
      element("span", { class: "found" }, isKnown ? place(found_in) : how ? `To find it: ${how}` : ""),
    ),
  );
}

function chooser(label, options, chosen, onChoose) {
  const select = element(
    "select",
    { "aria-label": label },
    ...options.map(({ value, label: text }) => element("option", { value, selected: value === chosen }, text)),
  );
  select.addEventListener("change", () => onChoose(select.value));
  return element("label", {}, element("span", { class: "hint" }, label), " ", select);
}
