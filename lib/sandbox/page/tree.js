// @ts-check
import { h } from "./dom.js";

/**
 * JSON to look into: every object and list opens and closes by itself, natively, so the keyboard works as everywhere.
 * What is closed is not there yet: a large state costs nothing before somebody looks.
 *
 * @param {unknown} value
 * @param {string} path where it stands: what was open stays open when the value is shown anew
 * @param {Set<string>} open
 * @returns {HTMLElement}
 */
export function tree(value, path, open) {
  if (value === null || typeof value !== "object")
    return h("span", { class: `value ${value === null ? "null" : typeof value}` }, show(value));
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return h("span", { class: "value null" }, list ? "none" : "{}");
  return h(
    "ul",
    { class: "tree" },
    entries.map(([key, one]) => branch(list ? `${Number(key) + 1}` : key, one, `${path}/${key}`, open)),
  );
}

/** @param {string} key @param {unknown} value @param {string} path @param {Set<string>} open */
function branch(key, value, path, open) {
  const label = h("span", { class: "key" }, key);
  const inside = value !== null && typeof value === "object" ? Object.keys(value).length : 0;
  if (inside === 0) return h("li", {}, label, " ", tree(value, path, open));
  const summary = [label, " ", h("span", { class: "soft" }, gist(/** @type {object} */ (value), inside))];
  return h("li", {}, folded(summary, value, path, open));
}

/**
 * A tree below a summary, made when it is first opened; what was open stays open when it is shown anew.
 *
 * @param {(Node | string | false)[]} summary
 * @param {unknown} value
 * @param {string} path
 * @param {Set<string>} open
 */
export function folded(summary, value, path, open) {
  const details = h("details", { "data-path": path }, h("summary", {}, ...summary));
  const fill = () => {
    if (details.childElementCount === 1) details.append(tree(value, path, open));
  };
  details.addEventListener("toggle", () => {
    if (!details.open) return void open.delete(path);
    open.add(path);
    fill();
  });
  if (open.has(path)) {
    fill();
    details.open = true;
  }
  return details;
}

/** What people would call it, or how much there is of it. @param {object} value @param {number} count */
function gist(value, count) {
  if (Array.isArray(value)) return `${count} item${count === 1 ? "" : "s"}`;
  const fields = /** @type {Record<string, unknown>} */ (value);
  const name = ["name", "Name", "subject", "inbound_integration_name", "description", "id"]
    .map((one) => fields[one])
    .find((one) => typeof one === "string" && one !== "");
  if (name !== undefined) return String(name);
  const plain = Object.entries(fields).filter(([, one]) => one !== null && typeof one !== "object" && one !== "");
  return count <= 4 && plain.length === count
    ? plain.map((pair) => pair.join(" ")).join(", ")
    : `${count} field${count === 1 ? "" : "s"}`;
}

/** @param {unknown} value */
function show(value) {
  return typeof value === "string" ? (value === "" ? "(empty)" : value) : String(value);
}
