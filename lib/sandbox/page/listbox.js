// @ts-check
import { h } from "./dom.js";

/**
 * A list to choose from: the newest first, arrows and Home and End move, Enter and a click open. The list is one stop for
 * the Tab key. It takes single items in and out, so that a long one stays quick.
 */
export class Listbox {
  /** @type {Map<number, HTMLElement>} */
  #options = new Map();
  /** @type {HTMLElement | undefined} */
  #active;

  /**
   * @param {string} label
   * @param {(key: number) => void} open
   */
  constructor(label, open) {
    this.id = label.toLowerCase().replace(/\W+/g, "-");
    this.element = h("ul", {
      class: "list",
      role: "listbox",
      tabindex: 0,
      "aria-label": label,
      onfocus: () => {
        if (this.#active === undefined) this.#activate(this.#first());
      },
      onkeydown: (event) => this.#key(event, open),
      onclick: (event) => {
        const option = /** @type {Element} */ (event.target).closest("[role=option]");
        if (option === null) return;
        this.#activate(/** @type {HTMLElement} */ (option));
        open(keyOf(option));
      },
    });
  }

  get size() {
    return this.#options.size;
  }

  /** @param {number} key @param {...(import("./dom.js").Child)} content */
  add(key, ...content) {
    const option = h(
      "li",
      { role: "option", id: `${this.id}-${key}`, "data-key": key, "aria-selected": "false" },
      ...content,
    );
    this.#options.set(key, option);
    this.element.prepend(option);
  }

  /** Takes out everything older than `first`. @param {number} first */
  dropBefore(first) {
    for (const [key, option] of this.#options) {
      if (key >= first) break;
      option.remove();
      this.#options.delete(key);
      if (this.#active === option) this.#activate(undefined);
    }
  }

  /** Marks what is open. @param {number | undefined} key */
  select(key) {
    for (const [one, option] of this.#options) option.setAttribute("aria-selected", String(one === key));
    // Where somebody is in the list already, there they stay.
    if (key !== undefined && this.#active === undefined) this.#activate(this.#options.get(key));
  }

  /** @param {KeyboardEvent} event @param {(key: number) => void} open */
  #key(event, open) {
    const at = this.#active ?? this.#first();
    if (at === undefined) return;
    if (event.key === "Enter" || event.key === " ") open(keyOf(at));
    else {
      const to = {
        ArrowDown: () => at.nextElementSibling ?? at,
        ArrowUp: () => at.previousElementSibling ?? at,
        Home: () => this.element.firstElementChild,
        End: () => this.element.lastElementChild,
      }[event.key];
      if (to === undefined) return;
      this.#activate(/** @type {HTMLElement} */ (to()));
    }
    event.preventDefault();
  }

  #first() {
    return /** @type {HTMLElement | undefined} */ (this.element.firstElementChild ?? undefined);
  }

  /** @param {HTMLElement | undefined} option */
  #activate(option) {
    this.#active?.classList.remove("active");
    this.#active = option;
    if (option === undefined) return this.element.removeAttribute("aria-activedescendant");
    option.classList.add("active");
    option.scrollIntoView({ block: "nearest" });
    this.element.setAttribute("aria-activedescendant", option.id);
  }
}

/** @param {Element} option */
function keyOf(option) {
  return Number(option.getAttribute("data-key"));
}
