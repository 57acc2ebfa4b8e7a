// @ts-check

/**
 * The keys of a row of tabs: one stop for the Tab key, arrows and Home and End within. What a tab shows is up to its link
 * or button, which is clicked as the focus reaches it.
 *
 * @param {HTMLElement} list
 */
export function tabKeys(list) {
  const tabs = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]:not([hidden])")]);
  list.addEventListener("keydown", (event) => {
    const all = tabs();
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = all[(to + all.length) % all.length];
    tab?.focus();
    tab?.click();
  });
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} chosen
 */
export function chooseTab(list, chosen) {
  for (const tab of list.querySelectorAll("[role=tab]")) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.setAttribute("tabindex", tab === chosen ? "0" : "-1");
  }
}
