// @ts-check
import { h, pill, plural, table, time } from "./dom.js";
import { getJson } from "./live.js";
import { folded, tree } from "./tree.js";

/** @typedef {import("../recorder").RecordedRequest} Request */
/** @typedef {import("../faults").ArmedFault} Fault */

const LAST_REQUESTS = 50;

/**
 * What each simulated system knows, the faults that are armed, and what was asked last.
 *
 * @param {HTMLElement} root
 * @returns {import("./main.js").View}
 */
export function stateView(root) {
  const systems = h("div", { class: "card trees" });
  const faults = h("div", {});
  const requests = h("div", {});
  root.append(
    h("h2", {}, "State of the systems"),
    systems,
    h("h3", {}, "Faults"),
    faults,
    h("h3", {}, "Last requests"),
    requests,
  );
  const parts = [
    part("state", "/_sandbox/state", systems, (value, open) => [tree(value, "state", open)]),
    part("faults", "/_sandbox/faults", faults, (value) => [faultTable(value)]),
    part("requests", `/_sandbox/requests?last=${LAST_REQUESTS}`, requests, (value, open) => requestList(value, open)),
  ];
  let shown = false;
  /** @type {import("./live.js").Pulse | undefined} */
  let latest;
  const refresh = async () => {
    const pulse = latest;
    if (shown && pulse !== undefined) await Promise.all(parts.map((one) => one(pulse)));
  };
  return {
    beat(pulse) {
      latest = pulse;
      return refresh();
    },
    show() {
      shown = true;
      void refresh().catch(() => undefined);
    },
    hide() {
      shown = false;
    },
  };
}

/**
 * A part that is fetched and shown anew when its revision changes; what was open and where the focus was stay.
 *
 * @param {"state" | "faults" | "requests"} name
 * @param {string} path
 * @param {HTMLElement} element
 * @param {(value: any, open: Set<string>) => Node[]} render
 */
function part(name, path, element, render) {
  /** @type {Set<string>} */
  const open = new Set(["state/systems", "state/network"]);
  let revision = "";
  return async (/** @type {import("./live.js").Pulse} */ pulse) => {
    if (pulse[name] === revision) return;
    const value = await getJson(path);
    revision = pulse[name];
    const active = document.activeElement;
    const focused = element.contains(active) ? active?.closest("[data-path]")?.getAttribute("data-path") : undefined;
    element.replaceChildren(...render(value, open));
    if (focused) {
      const again = [...element.querySelectorAll("[data-path]")].find(
        (one) => one.getAttribute("data-path") === focused,
      );
      /** @type {HTMLElement | null | undefined} */ (again?.querySelector("summary"))?.focus();
    }
  };
}

/** @param {Fault[]} faults */
function faultTable(faults) {
  return table({
    caption: "The faults that are armed",
    columns: ["Requests", "System", "Effect", "Hits"],
    rows: faults.map(({ method, path, system, effect, times = 1, after = 0, hits }) => ({
      cells: [
        h("code", {}, `${method ?? "ANY"} ${path}`),
        system ?? "all",
        Object.values(effect)
          .filter((one) => typeof one !== "object")
          .join(" "),
        `${hits} of ${times === "always" ? "any number" : times}${after > 0 ? `, after ${after}` : ""}`,
      ],
    })),
    empty: "No fault is armed: every system answers as it should.",
  });
}

/** @param {Request[]} requests @param {Set<string>} open */
function requestList(requests, open) {
  if (requests.length === 0) return [h("p", { class: "empty" }, "Nobody has asked the systems anything yet.")];
  return [
    h("p", { class: "summary" }, `The last ${plural(requests.length, "request")}, newest first.`),
    h(
      "ol",
      { class: "requests card" },
      requests.toReversed().map((request) => h("li", {}, requestItem(request, open))),
    ),
  ];
}

/** @param {Request} request @param {Set<string>} open */
function requestItem({ sequence, at, system, method, path, query, body, status, answer, fault }, open) {
  const kind = status === 0 || status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
  const summary = [
    h("span", { class: "when soft" }, time(at)),
    h("span", { class: "who" }, system),
    h("code", {}, `${method} ${path}`),
    pill(kind, status === 0 ? "no answer" : String(status)),
    fault !== undefined && pill("warn", `fault: ${fault}`),
  ];
  return folded(summary, { query, body, answer }, `request/${sequence}`, open);
}
