// @ts-check
import { s } from "./dom.js";

/** @typedef {import("../network-map").NetworkMap} NetworkMap */
/** @typedef {import("../network-map").MapRoute} MapRoute */
/** @typedef {import("../network-map").MapDestination} MapDestination */
/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ way: MapRoute, y: number }} PlacedWay */

const ROW = 46;
const HEAD = 30;
const GAP = 16;
const FLOW = 44;
const GOAL = 58;

const WORDS = { open: "✓ open", blocked: "✕ blocked", off: "– off", unknown: "? not known" };

/**
 * The map as one SVG element: systems on the left, the firewall in the middle, servers on the right. Without style or
 * script of its own; everything in it is also in the tables below it.
 *
 * @param {NetworkMap} map
 * @param {number} width
 */
export function drawMap(map, width) {
  const columns = columnsOf(width);
  const drawing = new Systems(columns);
  for (const firewall of map.firewalls) {
    drawing.firewall(
      firewall,
      map.systems.filter(({ ways }) => ways.some(({ service }) => service === firewall.service)),
    );
  }
  const open = map.systems.filter(({ ways }) => ways.every(({ service }) => service === undefined));
  for (const system of open) if (system.ways.length > 0) drawing.reachable(system);
  for (const system of open) if (system.ways.length === 0) drawing.idle(system);

  const goals = placeGoals(map.destinations, drawing.ways);
  const lines = drawing.ways.flatMap((one) => linesOf(one, goals, columns));
  const gates = drawing.ways.flatMap(({ way, y }) =>
    gate(way.status, WORDS[way.status], detailOf(way, map), y, columns),
  );
  const unused = drawing.unused.flatMap(({ id, y }) => {
    const goal = goals.get(id);
    const from = { x: columns.middleX + columns.middle - columns.inset, y };
    return goal === undefined ? [] : [curve(from, { x: columns.rightX, y: goal.y + GOAL / 2 }, "way off")];
  });
  const bottom = Math.max(drawing.bottom, ...[...goals.values()].map((goal) => goal.y + GOAL)) + 2;
  return s(
    "svg",
    {
      role: "img",
      "aria-label": describe(map),
      class: "map",
      viewBox: `0 0 ${width} ${bottom}`,
      width,
      height: bottom,
    },
    drawing.boxes,
    unused,
    lines,
    gates,
    map.destinations.flatMap((goal) => goalBox(goal, goals.get(goal.id)?.y ?? 0, columns)),
  );
}

/** @param {number} width */
function columnsOf(width) {
  const narrow = width < 640;
  const left = Math.round(width * (narrow ? 0.33 : 0.33));
  const middle = Math.round(width * (narrow ? 0.27 : 0.26));
  const right = Math.round(width * (narrow ? 0.32 : 0.29));
  const gap = (width - left - middle - right) / 2;
  return { left, middle, right, middleX: left + gap, rightX: width - right, narrow, inset: narrow ? 4 : 8 };
}

/** The systems and the firewalls they stand behind, from top to bottom. */
class Systems {
  /** @type {SVGElement[]} */
  boxes = [];
  /** @type {PlacedWay[]} */
  ways = [];
  /** Open flows that no way needs. @type {{ id: string, y: number }[]} */
  unused = [];
  /** Where the next box may begin, on the left and in the middle. */
  #left = 1;
  #middle = 1;

  /** @param {Columns} columns */
  constructor(columns) {
    this.columns = columns;
  }

  /** Where the lowest box ends. */
  get bottom() {
    return Math.max(...this.boxes.map((box) => Number(box.getAttribute("y")) + Number(box.getAttribute("height"))), 0);
  }

  /** @param {NetworkMap["firewalls"][number]} firewall @param {NetworkMap["systems"]} behind */
  firewall({ service, flows }, behind) {
    const { middle, middleX, narrow } = this.columns;
    const top = Math.max(this.#left, this.#middle);
    this.#left = top;
    for (const system of behind) this.#system(system);
    const unused = flows.filter((flow) => flow.open && !flow.used);
    const content = behind.length > 0 ? this.#left - GAP : top + HEAD + (unused.length > 0 ? 0 : 26);
    const height = content - top + unused.length * FLOW + (unused.length > 0 ? 4 : 0);
    const title = narrow ? "Firewall" : `Firewall of ${service}`;
    this.boxes.push(
      s("rect", { class: "firewall", x: middleX, y: top, width: middle, height, rx: 8 }),
      this.#label(title, { x: middleX + 10, y: top + 20 }, middle - 16, "head"),
    );
    if (behind.length + unused.length === 0) {
      this.boxes.push(this.#label("no flow is open", { x: middleX + 10, y: top + 42 }, middle - 16, "small"));
    }
    unused.forEach(({ ip, port }, index) => {
      const y = content + index * FLOW + FLOW / 2;
      this.boxes.push(...gate("off", narrow ? "unused" : "open, but unused", `flow to ${ip}:${port}`, y, this.columns));
      this.unused.push({ id: `smtp:${ip}:${port}`, y });
    });
    this.#middle = top + height + GAP;
  }

  /** No firewall in the way: its gates stand below the firewalls. @param {NetworkMap["systems"][number]} system */
  reachable(system) {
    this.#left = Math.max(this.#left, this.#middle);
    this.#system(system);
    this.#middle = this.#left;
  }

  /** Nothing is set up in it. @param {NetworkMap["systems"][number]} system */
  idle({ title }) {
    const { left, narrow } = this.columns;
    const height = narrow ? 46 : 34;
    const soft = narrow ? { x: 12, y: this.#left + 36 } : { x: left - 12, y: this.#left + 22 };
    const room = narrow ? left - 18 : left - 128;
    this.boxes.push(
      s("rect", { class: "box", x: 1, y: this.#left, width: left - 2, height, rx: 8 }),
      this.#label(shortTitle(title, narrow), { x: 12, y: this.#left + (narrow ? 20 : 22) }, room, "head"),
      this.#label("nothing set up", soft, narrow ? left - 18 : 100, "small", narrow ? "start" : "end"),
    );
    this.#left += height + GAP / 2;
  }

  /** @param {NetworkMap["systems"][number]} system */
  #system({ title, ways }) {
    const { left, narrow } = this.columns;
    const top = this.#left;
    const height = HEAD + ways.length * ROW + 4;
    const room = left - (narrow ? 16 : 24);
    this.boxes.push(
      s("rect", { class: "box", x: 1, y: top, width: left - 2, height, rx: 8 }),
      this.#label(shortTitle(title, narrow), { x: 12, y: top + 20 }, room, "head"),
    );
    ways.forEach((way, index) => {
      const y = top + HEAD + index * ROW;
      const receivers = way.receivers.join(", ") || "no receivers set here";
      this.boxes.push(
        s("line", { class: "rule", x1: 1, x2: left - 1, y1: y, y2: y }),
        this.#label(way.name, { x: 12, y: y + 21 }, room, "name"),
        this.#label(receivers, { x: 12, y: y + 37 }, room, "small"),
      );
      this.ways.push({ way, y: y + ROW / 2 });
    });
    this.#left += height + GAP;
  }

  /** @param {string} text @param {Point} at @param {number} room @param {string} kind @param {"start" | "end"} [anchor] */
  #label(text, at, room, kind, anchor) {
    return label(text, at, room, kind, this.columns.narrow, anchor);
  }
}

/** "VMware Aria Operations (vROps)" is "vROps" where there is no room. @param {string} title @param {boolean} narrow */
function shortTitle(title, narrow) {
  return narrow ? (/\((.+)\)/.exec(title)?.[1] ?? title.replace(/ API$/, "")) : title;
}

/** @typedef {ReturnType<typeof columnsOf>} Columns */

/**
 * Each server beside the topmost of those who send to it, so that few lines cross.
 *
 * @param {readonly MapDestination[]} destinations
 * @param {readonly PlacedWay[]} placed
 */
function placeGoals(destinations, placed) {
  const wished = destinations.map(({ id }) => {
    return { id, y: Math.min(...placed.filter(({ way }) => way.to === id).map(({ y }) => y)) };
  });
  /** @type {Map<string, { y: number }>} */
  const places = new Map();
  let next = 1;
  // Those whom nobody sends to wish for infinity: they stand last.
  for (const { id, y: wish } of wished.toSorted((a, b) => (a.y === b.y ? 0 : a.y - b.y))) {
    const y = Math.max(next, wish === Infinity ? 0 : wish - GOAL / 2);
    places.set(id, { y });
    next = y + GOAL + GAP;
  }
  return places;
}

/** @param {PlacedWay} one @param {Map<string, { y: number }>} goals @param {Columns} columns */
function linesOf({ way, y }, goals, { left, middle, middleX, rightX, inset }) {
  const goal = way.to === undefined ? undefined : goals.get(way.to);
  const into = curve({ x: left - 1, y }, { x: middleX + inset, y }, `way ${way.status}`);
  if (goal === undefined) return [into];
  const end = { x: rightX, y: goal.y + GOAL / 2 };
  // What is blocked goes on as dots: where it wanted to go.
  const on = curve({ x: middleX + middle - inset, y }, { x: end.x - 2, y: end.y }, `way ${way.status} beyond`);
  const arrow =
    way.status === "open" &&
    s("path", { class: "arrow", d: `M${end.x - 8} ${end.y - 5}L${end.x} ${end.y}L${end.x - 8} ${end.y + 5}` });
  return arrow ? [into, on, arrow] : [into, on];
}

/**
 * @param {MapRoute["status"]} status
 * @param {string} word
 * @param {string} detail
 * @param {number} y
 * @param {Columns} columns
 */
function gate(status, word, detail, y, { middle, middleX, narrow, inset }) {
  const [x, width] = [middleX + inset, middle - 2 * inset];
  const height = narrow ? 26 : 36;
  const center = x + width / 2;
  const shown = narrow ? word.replace(" not", "") : word;
  return [
    s("rect", { class: `gate ${status}`, x, y: y - height / 2, width, height, rx: narrow ? 13 : 8 }),
    label(shown, { x: center, y: narrow ? y + 4 : y - 1 }, width - 6, `word ${status}`, narrow, "middle"),
    ...(narrow ? [] : [label(detail, { x: center, y: y + 13 }, width - 12, "small", narrow, "middle")]),
  ];
}

/** @param {MapRoute} way @param {NetworkMap} map */
function detailOf(way, { firewalls }) {
  const flow = firewalls
    .find(({ service }) => service === way.service)
    ?.flows.find(({ ip, port }) => `smtp:${ip}:${port}` === way.to);
  if (way.status === "off") return "switched off";
  if (way.status === "unknown") return "cannot be told from here";
  if (way.service === undefined) return way.status === "open" ? "no firewall in the way" : "not there";
  if (way.status === "blocked") return flow?.state === undefined ? "no flow" : `flow: ${flow.state}`;
  return flow?.description ? `flow “${flow.description}”` : "flow without a description";
}

/** @param {MapDestination} goal @param {number} y @param {Columns} columns */
function goalBox({ kind, title, detail, receivers }, y, { right, rightX, narrow }) {
  const x = rightX + (narrow ? 8 : 12);
  const room = right - (narrow ? 12 : 20);
  // An address and its port are worth more than a line of dots.
  const [address = "", port] = narrow ? detail.split(/(?=:\d+)/) : [detail];
  const told = receivers.length === 0 ? "" : ` → ${receivers.join(", ")}`;
  const lines = port === undefined ? [address + told] : [address, port];
  const first = y + (port === undefined ? 25 : 19);
  return [
    s("rect", { class: `box goal ${kind}`, x: rightX, y, width: right - 1, height: GOAL, rx: 8 }),
    label(narrow ? title.replace(/^SMTP (with|over) /, "") : title, { x, y: first }, room, "name", narrow),
    ...lines.map((line, index) =>
      label(line, { x, y: first + 18 - (port ? 3 : 0) + index * 14 }, room, "small", narrow),
    ),
  ];
}

/** @param {Point} from @param {Point} to @param {string} kind */
function curve(from, to, kind) {
  const bend = (to.x - from.x) / 2;
  return s("path", {
    class: kind,
    d: `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`,
  });
}

/** The whole drawing in a sentence or two; the tables say it in full. @param {NetworkMap} map */
function describe({ systems }) {
  const ways = systems.flatMap(({ title, ways }) => ways.map((way) => `${title}, ${way.name}: ${way.why}`));
  return ways.length === 0
    ? "Map of the network: no system has anything set up."
    : `Map of the network. ${ways.join(". ")}.`;
}

/** @type {CanvasRenderingContext2D | null | undefined} */
let pen;

/**
 * Text that is cut off where it would leave its box; the whole of it as a tooltip.
 *
 * @param {string} text
 * @param {Point} at
 * @param {number} room
 * @param {string} kind
 * @param {boolean} narrow
 * @param {"start" | "middle" | "end"} [anchor]
 */
function label(text, at, room, kind, narrow, anchor = "start") {
  pen ??= document.createElement("canvas").getContext("2d");
  const size = kind === "small" ? (narrow ? 10.5 : 12) : narrow ? 11.5 : 14;
  let shown = text;
  if (pen !== null) {
    pen.font = `${kind === "small" ? "" : "600 "}${size}px ${getComputedStyle(document.body).fontFamily}`;
    while (shown.length > 1 && pen.measureText(shown === text ? text : `${shown}…`).width > room)
      shown = shown.slice(0, -1);
  }
  const cut = shown !== text;
  return s(
    "text",
    { class: kind, ...at, "text-anchor": anchor, "font-size": size },
    cut ? `${shown.trimEnd()}…` : text,
    cut && s("title", {}, text),
  );
}
