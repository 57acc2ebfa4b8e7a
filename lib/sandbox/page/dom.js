// @ts-check
/** Everything that a mail or a system says gets into the page through here, as text: nothing is ever parsed as HTML. */
import { printable } from "./printable.js";

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * An HTML element. `onclick` and the like take functions; true is an empty attribute, false and null are none.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * An SVG element.
 *
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Attributes} attributes
 * @param {(Child | Child[])[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : printable(String(value)));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false)
      element.append(child instanceof Node ? child : printable(String(child)));
  }
  return element;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * The time of day; with the date when it is not today's.
 *
 * @param {string} iso
 */
export function time(iso) {
  const date = new Date(iso);
  const clock = date.toLocaleTimeString("en-GB");
  const today = date.toDateString() === new Date().toDateString();
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return h("time", { datetime: iso, title: date.toString() }, today ? clock : `${day}, ${clock}`);
}

/** @param {number} count */
export function bytes(count) {
  if (count < 1024) return `${count} bytes`;
  return count < 1024 * 1024 ? `${(count / 1024).toFixed(1)} kB` : `${(count / 1024 / 1024).toFixed(1)} MB`;
}

/**
 * "1 message", "2 messages"
 *
 * @param {number} count
 * @param {string} noun
 */
export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * A list of facts; those without a value are left out.
 *
 * @param {readonly (readonly [name: string, value: Child])[]} pairs
 */
export function facts(pairs) {
  const given = pairs.filter(([, value]) => value !== undefined && value !== null && value !== false && value !== "");
  return h(
    "dl",
    { class: "facts" },
    given.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/**
 * A table whose cells know their column's name, so that a narrow screen can show each row as a card.
 *
 * @param {{ caption: string, columns: readonly string[], rows: readonly { class?: string, cells: readonly Child[] }[], empty: string }} content
 */
export function table({ caption, columns, rows, empty }) {
  if (rows.length === 0) return h("p", { class: "empty" }, empty);
  // The roles are said in so many words: a table that is displayed as blocks would lose them.
  return h(
    "table",
    { role: "table" },
    h("caption", { class: "unseen" }, caption),
    h(
      "thead",
      { role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        columns.map((name) => h("th", { role: "columnheader", scope: "col" }, name)),
      ),
    ),
    h(
      "tbody",
      { role: "rowgroup" },
      rows.map((row) =>
        h(
          "tr",
          { role: "row", class: row.class },
          row.cells.map((cell, index) =>
            index === 0
              ? h("th", { role: "rowheader", scope: "row", "data-column": columns[index] }, cell)
              : h("td", { role: "cell", "data-column": columns[index] }, cell),
          ),
        ),
      ),
    ),
  );
}

/**
 * Sentences in which `words in backticks` are code.
 *
 * @param {string} text
 * @returns {Child[]}
 */
export function prose(text) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? h("code", {}, part) : part));
}

/** What a status looks like, beside its word: nobody has to tell colours apart. */
const MARKS = /** @type {Record<string, string>} */ ({
  good: "✓",
  bad: "✕",
  warn: "!",
  off: "–",
  unknown: "?",
});

/**
 * @param {"good" | "bad" | "warn" | "off" | "unknown"} kind
 * @param {string} word
 */
export function pill(kind, word) {
  return h("span", { class: `pill ${kind}` }, h("span", { "aria-hidden": "true" }, MARKS[kind] ?? ""), ` ${word}`);
}
