// @ts-check
import { byId, bytes, facts, h, plural, time } from "./dom.js";
import { Listbox } from "./listbox.js";
import { getJson, getText } from "./live.js";
import { printable } from "./printable.js";
import { chooseTab, tabKeys } from "./tabs.js";

/** @typedef {{ number: number, from: string, to: string[], subject: string, receivedAt: string, tls?: string, user?: string, bytes: number, rendered: boolean, raw: boolean, attached: number }} Summary */
/** @typedef {Summary & { messageId?: string, queueId: string, text: string, truncated: boolean, headers: [string, string][], attachments: { name: string, type: string, bytes: number }[] }} Message */

/**
 * @param {HTMLElement} root
 * @returns {import("./main.js").View}
 */
export function inboxView(root) {
  const list = new Listbox("Messages", (number) => (location.hash = `#/inbox/${number}`));
  const heading = h("h2", {}, "Inbox");
  const empty = h(
    "p",
    { class: "empty" },
    "No mail has arrived yet. Whatever the sandbox’s SMTP server accepts shows up here by itself.",
  );
  const detail = h("article", { class: "detail", "aria-label": "Message" });
  const side = h("div", { class: "side" }, heading, empty, list.element);
  root.append(h("div", { class: "split" }, side, detail));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened !== undefined) location.hash = "#/inbox";
  });

  const tab = byId("tab-inbox");
  /** @type {number | undefined} */
  let opened;
  let known = { first: 0, last: 0 };
  /** The first pulse tells what is there already, which is no news. */
  let begun = false;
  close();

  function close() {
    const within = detail.contains(document.activeElement);
    opened = undefined;
    tab.setAttribute("href", "#/inbox");
    root.classList.remove("opened");
    list.select(undefined);
    detail.replaceChildren(h("p", { class: "empty" }, "Choose a message to read it."));
    detail.hidden = list.size === 0;
    if (within) list.element.focus();
  }

  /** @param {number} number */
  async function open(number) {
    opened = number;
    detail.hidden = false;
    tab.setAttribute("href", `#/inbox/${number}`);
    list.select(number);
    const message = /** @type {Message | undefined} */ (await getJson(`/_sandbox/messages/${number}`));
    // Somebody may have gone on meanwhile.
    if (opened !== number) return;
    root.classList.add("opened");
    detail.replaceChildren(
      h("a", { class: "back", href: "#/inbox" }, "← All messages"),
      ...(message === undefined
        ? [h("p", { class: "empty" }, "This message is not there any more: it made room for newer ones.")]
        : messageParts(message)),
    );
    // Who opens it by a key is taken there; who opens the page at this address has not gone anywhere yet.
    if (begun) /** @type {HTMLElement | null} */ (detail.querySelector("h2"))?.focus();
  }

  function count() {
    const { size } = list;
    heading.textContent = size === 0 ? "Inbox" : plural(size, "message");
    empty.hidden = size > 0;
    list.element.hidden = size === 0;
    detail.hidden = size === 0 && opened === undefined;
    const badge = /** @type {HTMLElement} */ (tab.querySelector(".count"));
    badge.hidden = size === 0;
    badge.textContent = String(size);
  }
  count();

  return {
    async beat({ inbox }) {
      if (begun && inbox.first === known.first && inbox.last === known.last) return;
      if (inbox.first > known.first) list.dropBefore(inbox.first);
      const fresh =
        inbox.last > known.last
          ? /** @type {Summary[]} */ (await getJson(`/_sandbox/messages?after=${known.last}`))
          : [];
      for (const summary of fresh) list.add(summary.number, ...row(summary));
      known = { first: inbox.first, last: Math.max(inbox.last, fresh.at(-1)?.number ?? 0) };
      count();
      list.select(opened);
      const [newest] = fresh.slice(-1);
      if (begun && newest !== undefined) {
        byId("news").textContent =
          fresh.length === 1
            ? `New mail: ${printable(newest.subject) || "no subject"}`
            : plural(fresh.length, "new message");
      }
      begun = true;
    },
    show(number) {
      if (number !== undefined && /^\d+$/.test(number)) {
        if (Number(number) !== opened) void open(Number(number)).catch(() => undefined);
      } else if (opened !== undefined) {
        close();
      }
    },
  };
}

/** @param {Summary} summary */
function row({ from, to, subject, receivedAt, tls, attached }) {
  return [
    h("span", { class: "line" }, h("strong", {}, subject || "(no subject)"), time(receivedAt)),
    h(
      "span",
      { class: "line soft" },
      h("span", {}, `${from || "(nobody)"} → ${to.join(", ")}`),
      h("span", { class: "tags" }, attached > 0 && `${plural(attached, "file")} `, tls ?? "plaintext"),
    ),
  ];
}

/** @param {Message} message */
function messageParts(message) {
  const { number } = message;
  const panel = h("div", { class: "part", role: "tabpanel", id: "message-part" });
  const tabs = h("div", { class: "tabs parts", role: "tablist", "aria-label": "Parts of the message" });
  /** @type {(readonly [name: string, there: boolean, show: () => Node | Promise<Node>])[]} */
  const parts = [
    ["Rendered", message.rendered, () => rendered(number)],
    ["Text", true, () => text(message)],
    ["Headers", true, () => headers(message.headers)],
    ["Raw", message.raw, () => raw(number)],
  ];
  for (const [name, there, show] of parts) {
    if (!there) continue;
    const id = `part-${name.toLowerCase()}`;
    const button = h(
      "button",
      {
        role: "tab",
        id,
        type: "button",
        "aria-controls": panel.id,
        onclick: async () => {
          chooseTab(tabs, button);
          panel.setAttribute("aria-labelledby", id);
          const content = await show();
          if (button.getAttribute("aria-selected") === "true") panel.replaceChildren(content);
        },
      },
      name,
    );
    tabs.append(button);
  }
  tabKeys(tabs);
  /** @type {HTMLElement | null} */ (tabs.firstElementChild)?.click();
  return [
    h("h2", { tabindex: -1 }, message.subject || "(no subject)"),
    facts([
      ["From", message.from || "(nobody)"],
      ["To", message.to.join(", ")],
      ["Received", time(message.receivedAt)],
      ["Transport", `${message.tls ?? "plaintext"}, ${message.user ? `logged in as ${message.user}` : "no login"}`],
      ["Size", `${bytes(message.bytes)}, queue id ${message.queueId}`],
      ["Attached", message.attachments.map((one) => `${one.name} (${one.type}, ${bytes(one.bytes)})`).join(", ")],
    ]),
    tabs,
    panel,
  ];
}

/**
 * In a frame that runs nothing, loads nothing and has an origin of its own: the address says so as well, so it holds
 * wherever the mail is opened.
 *
 * @param {number} number
 */
function rendered(number) {
  return h("iframe", {
    class: "mail",
    title: "The message as HTML, without scripts and pictures from elsewhere",
    sandbox: "",
    referrerpolicy: "no-referrer",
    src: `/_sandbox/messages/${number}/html`,
  });
}

/** @param {Message} message */
function text({ text: body, truncated }) {
  if (body.trim() === "") return h("p", { class: "empty" }, "The message has no text.");
  return h("pre", { tabindex: 0 }, truncated ? `${body}\n[… cut off]` : body);
}

/** @param {[string, string][]} pairs */
function headers(pairs) {
  return h(
    "dl",
    { class: "headers" },
    pairs.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** @param {number} number */
async function raw(number) {
  const source = await getText(`/_sandbox/messages/${number}/raw`);
  return h("pre", { class: "raw", tabindex: 0 }, source ?? "The source was forgotten to make room for newer messages.");
}
