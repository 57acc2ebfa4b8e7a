// @ts-check
import { byId } from "./dom.js";
import { live } from "./live.js";
import { chooseTab, tabKeys } from "./tabs.js";
import { inboxView } from "./inbox.js";
import { networkView } from "./network.js";
import { stateView } from "./state.js";
import { testsView } from "./tests.js";

/**
 * One of the views behind the tabs. `detail` is what stands behind its name in the address: `#/inbox/12`. `beat` hears of
 * every pulse, whether the view is shown or not.
 *
 * @typedef {{
 *   beat(pulse: import("./live.js").Pulse): Promise<void>,
 *   show(detail: string | undefined): void,
 *   hide?(): void,
 * }} View
 */

/** @type {Record<string, View>} */
const views = {
  inbox: inboxView(byId("inbox")),
  network: networkView(byId("network")),
  tests: testsView(byId("tests")),
  state: stateView(byId("state")),
};

const tabs = byId("views");
tabKeys(tabs);
tabs.addEventListener("keydown", (event) => {
  // Links answer to Enter by themselves; tabs are expected to answer to the space bar as well.
  if (event.key !== " ") return;
  event.preventDefault();
  /** @type {HTMLElement} */ (event.target).click();
});

function route() {
  // With a slash, no element has the address for its id: the browser would scroll there and take the focus away.
  const [name = "", detail] = location.hash.replace(/^#\/?/, "").split("/");
  const chosen = name in views ? name : "inbox";
  for (const [other, view] of Object.entries(views)) {
    byId(other).hidden = other !== chosen;
    if (other !== chosen) view.hide?.();
  }
  chooseTab(tabs, byId(`tab-${chosen}`));
  views[chosen]?.show(detail);
}
addEventListener("hashchange", route);
route();

const connection = byId("connection");
const lost = byId("lost");
/** @type {string | undefined} */
let instance;

live({
  async beat(pulse) {
    // Another sandbox at the same address knows nothing of what is shown.
    if (instance !== undefined && instance !== pulse.instance) return location.reload();
    instance = pulse.instance;
    await Promise.all(Object.values(views).map((view) => view.beat(pulse)));
  },
  live() {
    if (connection.dataset["state"] === "live") return;
    connection.dataset["state"] = "live";
    connection.textContent = "live";
    lost.hidden = true;
    lost.textContent = "";
  },
  lost() {
    if (connection.dataset["state"] === "lost") return;
    connection.dataset["state"] = "lost";
    connection.textContent = "connection lost";
    lost.hidden = false;
    lost.textContent =
      "Connection lost: the sandbox has stopped. What you see is its last state; the page goes on by itself when it is back at this address.";
  },
});
