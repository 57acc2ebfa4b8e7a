// @ts-check
import { byId, h, pill, plural, table } from "./dom.js";
import { getJson } from "./live.js";
import { drawMap } from "./network-drawing.js";

/** @typedef {import("../network-map").NetworkMap} NetworkMap */
/** @typedef {import("../network-map").MapRouteStatus} MapRouteStatus */

/** @type {Record<MapRouteStatus, ["good" | "bad" | "off" | "unknown", string]>} */
const PILLS = {
  open: ["good", "open"],
  blocked: ["bad", "blocked"],
  off: ["off", "off"],
  unknown: ["unknown", "not known"],
};

/**
 * Which system reaches which server through which flow: as a drawing, and the same in words.
 *
 * @param {HTMLElement} root
 * @returns {import("./main.js").View}
 */
export function networkView(root) {
  const summary = h("p", { class: "summary", role: "status" });
  const drawing = h("div", { class: "drawing card" });
  const words = h("div", {});
  root.append(h("h2", {}, "Who reaches which server"), summary, drawing, words);
  /** @type {NetworkMap | undefined} */
  let map;
  let revision = "";
  let width = 0;

  // Drawn for the width there is: a drawing made smaller by the browser could not be read on a phone.
  new ResizeObserver(() => {
    if (drawing.clientWidth !== width) draw();
  }).observe(drawing);

  function draw() {
    const style = getComputedStyle(drawing);
    width = drawing.clientWidth;
    const room = width - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (map !== undefined && room > 0) drawing.replaceChildren(drawMap(map, room));
  }

  return {
    async beat(pulse) {
      if (pulse.map === revision) return;
      map = /** @type {NetworkMap} */ (await getJson("/_sandbox/map"));
      revision = pulse.map;
      const blocked = map.systems.flatMap(({ ways }) => ways).filter(({ status }) => status === "blocked").length;
      const badge = /** @type {HTMLElement} */ (byId("tab-network").querySelector(".count"));
      badge.hidden = blocked === 0;
      badge.classList.add("bad");
      badge.replaceChildren(`${blocked}`, h("span", { class: "word" }, " blocked"));
      summary.replaceChildren(...summaryOf(map));
      words.replaceChildren(...inWords(map));
      draw();
    },
    show: draw,
  };
}

/** @param {NetworkMap} map */
function summaryOf({ systems }) {
  const ways = systems.flatMap((one) => one.ways);
  const of = (/** @type {MapRouteStatus} */ status) => ways.filter((way) => way.status === status).length;
  if (ways.length === 0) return ["No system has anything set up to send alerts with yet."];
  return [
    `${plural(ways.length, "way")} out: `,
    ...Object.entries(PILLS).flatMap(([status, [kind, word]]) => {
      const count = of(/** @type {MapRouteStatus} */ (status));
      return count === 0 ? [] : [pill(kind, `${count} ${word}`), " "];
    }),
  ];
}

/** @param {NetworkMap} map */
function inWords({ systems, firewalls, destinations }) {
  const goals = new Map(destinations.map((one) => [one.id, one]));
  const ways = systems.flatMap(({ title, ways }) => ways.map((way) => ({ ...way, title })));
  const flows = firewalls.flatMap(({ service, flows }) => flows.map((flow) => ({ ...flow, service })));
  return [
    h("h3", {}, "Ways out"),
    table({
      caption: "Every plugin and setting that sends alerts, where it sends to, and whether it gets there",
      columns: ["Setting", "System", "Sends to", "Status", "Receivers"],
      rows: ways.map((way) => {
        const goal = way.to === undefined ? undefined : goals.get(way.to);
        const [kind, word] = PILLS[way.status];
        return {
          cells: [
            way.name,
            way.title,
            goal === undefined ? "not known" : `${goal.title}, ${goal.detail}`,
            h("span", {}, pill(kind, word), h("span", { class: "why" }, reasonOf(way.why))),
            [...way.receivers, ...(goal?.receivers ?? [])].join(", ") || "none set here",
          ],
        };
      }),
      empty: "Nothing is set up yet. Deploy a stack against this sandbox, or use the systems’ own APIs.",
    }),
    h("h3", {}, "Flows of the firewall"),
    table({
      caption: "Every flow of the firewall between the platforms and the mail servers",
      columns: ["To", "Platform", "Status", "Description", "Used"],
      rows: flows.map(({ ip, port, service, open, state, description, used }) => ({
        cells: [
          h("code", {}, `${ip}:${port}`),
          service,
          h(
            "span",
            {},
            pill(open ? "good" : "bad", open ? "open" : "closed"),
            state && h("span", { class: "why" }, state),
          ),
          description || "–",
          used ? "yes" : "by nobody",
        ],
      })),
      empty: "The firewall lets nothing through: no flow is open.",
    }),
  ];
}

/** The status stands before it already. @param {string} why */
function reasonOf(why) {
  return why.replace(/^[a-z ]+: /, "");
}
