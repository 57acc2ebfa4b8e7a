// @ts-check
import { byId, facts, h, pill, plural, prose, s, table, time } from "./dom.js";
import { Listbox } from "./listbox.js";
import { getJson } from "./live.js";
import { printable } from "./printable.js";

/** @typedef {import("../reported-tests").ReportedTest} Test */
/** @typedef {Test["stages"][number]} Stage */

const KINDS = { "test-email": "Test mail of a deployment", send: "Test mail", probe: "Probe, nothing sent" };

/** @type {Record<Stage["status"], ["good" | "bad" | "warn" | "off" | "unknown", string]>} */
const STAGES = {
  passed: ["good", "passed"],
  warning: ["warn", "warning"],
  failed: ["bad", "failed"],
  skipped: ["off", "skipped"],
  unavailable: ["unknown", "not available"],
};

/** @type {Record<Test["receivers"][number]["status"], ["good" | "bad" | "warn" | "off" | "unknown", string]>} */
const RECEIVERS = {
  accepted: ["good", "accepted"],
  refused: ["bad", "refused"],
  deferred: ["warn", "deferred"],
  unknown: ["unknown", "not known"],
  untried: ["off", "not tried"],
};

/**
 * Every test that was reported, with its stages as a time line.
 *
 * @param {HTMLElement} root
 * @returns {import("./main.js").View}
 */
export function testsView(root) {
  const list = new Listbox("Tests", (number) => (location.hash = `#/tests/${number}`));
  const heading = h("h2", {}, "Tests");
  const empty = h(
    "p",
    { class: "empty" },
    "No test has run yet. Test mails and probes report here by themselves where OUTBOUND_SANDBOX_URL is set, as the variables that ",
    h("code", {}, "outbound sandbox"),
    " prints do.",
  );
  const detail = h("article", { class: "detail", "aria-label": "Test" });
  root.append(h("div", { class: "split" }, h("div", { class: "side" }, heading, empty, list.element), detail));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened !== undefined) location.hash = "#/tests";
  });

  const tab = byId("tab-tests");
  /** @type {Map<number, Test>} */
  let known = new Map();
  /** @type {string | undefined} */
  let revision;
  /** Opened by the page's address, not by somebody who would want the focus to follow. */
  let arriving = false;
  /** @type {number | undefined} */
  let opened;
  close();

  function close() {
    const within = detail.contains(document.activeElement);
    opened = undefined;
    tab.setAttribute("href", "#/tests");
    root.classList.remove("opened");
    list.select(undefined);
    detail.replaceChildren(h("p", { class: "empty" }, "Choose a test to see its stages."));
    detail.hidden = known.size === 0;
    if (within) list.element.focus();
  }

  /** @param {number} number */
  function open(number) {
    opened = number;
    detail.hidden = false;
    tab.setAttribute("href", `#/tests/${number}`);
    const test = known.get(number);
    // Opened by its address before the first answer: the next one shows it.
    if (test === undefined) return;
    list.select(number);
    root.classList.add("opened");
    detail.replaceChildren(h("a", { class: "back", href: "#/tests" }, "← All tests"), ...testParts(test));
    if (revision !== undefined && !arriving) /** @type {HTMLElement | null} */ (detail.querySelector("h2"))?.focus();
  }

  function count() {
    heading.textContent = known.size === 0 ? "Tests" : plural(known.size, "test");
    empty.hidden = known.size > 0;
    list.element.hidden = known.size === 0;
    detail.hidden = known.size === 0 && opened === undefined;
    const failed = [...known.values()].filter(({ ok }) => !ok).length;
    const badge = /** @type {HTMLElement} */ (tab.querySelector(".count"));
    badge.hidden = known.size === 0;
    badge.classList.toggle("bad", failed > 0);
    badge.replaceChildren(...(failed > 0 ? [`${failed}`, h("span", { class: "word" }, " failed")] : [`${known.size}`]));
  }
  count();

  return {
    async beat(pulse) {
      if (pulse.tests === revision) return;
      const first = revision === undefined;
      const tests = /** @type {Test[]} */ (await getJson("/_sandbox/tests"));
      revision = pulse.tests;
      list.dropBefore(tests[0]?.number ?? Infinity);
      const fresh = tests.filter(({ number }) => !known.has(number));
      for (const test of fresh) list.add(test.number, ...row(test));
      known = new Map(tests.map((test) => [test.number, test]));
      count();
      const newest = fresh.at(-1);
      if (!first && newest !== undefined) {
        byId("news").textContent = `Test ${newest.ok ? "passed" : "failed"}: ${printable(newest.verdict)}`;
      }
      arriving = first;
      if (opened !== undefined && (first || !known.has(opened))) open(opened);
      arriving = false;
    },
    show(number) {
      if (number !== undefined && /^\d+$/.test(number)) {
        if (Number(number) !== opened) open(Number(number));
      } else if (opened !== undefined) close();
    },
  };
}

/** @param {Test} test */
function row(test) {
  const failed = failedStage(test);
  return [
    h(
      "span",
      { class: "line" },
      h("strong", {}, pill(...outcomeOf(test)), failed === undefined ? "" : ` at ${failed.name}`),
      time(test.testedAt),
    ),
    h(
      "span",
      { class: "line soft" },
      h("span", {}, `${test.target.host}:${test.target.port}`),
      h("span", { class: "tags" }, KINDS[test.kind]),
    ),
  ];
}

/** @param {Test} test */
function failedStage({ stages }) {
  return stages.find(({ status }) => status === "failed");
}

/** @param {Test} test @returns {["good" | "bad" | "warn", string]} */
function outcomeOf({ ok, stages }) {
  if (!ok) return ["bad", "failed"];
  return stages.some(({ status }) => status === "warning") ? ["warn", "passed with warnings"] : ["good", "passed"];
}

/** @param {Test} test */
function testParts(test) {
  const { target, arrival } = test;
  const [kind] = outcomeOf(test);
  // "failed at TCP: …", "accepted: …": what comes first is the verdict, the rest is why. A mail that was accepted here may
  // have failed on the platform's side: then that comes first.
  const failed = failedStage(test);
  const said = test.ok || /^failed/.test(test.verdict) || failed === undefined;
  const verdict = said ? test.verdict : `failed at ${failed.name}: ${test.verdict}`;
  const [, outcome = "", why = ""] = /^([^:]*)(:[\s\S]*)?$/.exec(verdict) ?? [];
  return [
    h("h2", { tabindex: -1 }, `${KINDS[test.kind]} to ${target.host}:${target.port}`),
    h("p", { class: `verdict ${kind}` }, h("strong", {}, outcome), prose(why)),
    facts([
      ["From", test.from],
      ["To", test.to.join(", ")],
      ["Security", target.security],
      ["Tested", time(test.testedAt)],
      ["Test", test.id],
      ["Message-ID", test.messageId],
      ["Certificate", test.certificateExpiresAt && h("span", {}, "valid until ", time(test.certificateExpiresAt))],
      ["Arrived", arrival && `in ${arrival.folder}${arrival.junk ? " (junk)" : ""} after ${arrival.latencyMs} ms`],
    ]),
    h("h3", {}, "Stages"),
    timeline(test.stages),
    ...(test.receivers.length === 0 ? [] : [h("h3", {}, "Receivers"), receivers(test)]),
  ];
}

/** Stages run one after the other, so each begins where the one before it ended. @param {readonly Stage[]} stages */
function timeline(stages) {
  const total = Math.max(
    1,
    stages.reduce((sum, { durationMs }) => sum + durationMs, 0),
  );
  let start = 0;
  return h(
    "ol",
    { class: "timeline" },
    h(
      "li",
      { class: "scale", "aria-hidden": "true" },
      h("span", {}),
      h("span", { class: "ends" }, h("span", {}, "0"), h("span", {}, `${total} ms`)),
    ),
    stages.map((stage) => {
      const { name, status, durationMs, detail, remedy, code } = stage;
      const began = start;
      start += durationMs;
      const [kind, word] = STAGES[status];
      const ran = status !== "skipped";
      return h(
        "li",
        { class: kind },
        h("span", { class: "stage" }, h("strong", {}, name), pill(kind, word)),
        bar(began, durationMs, total, ran),
        h(
          "span",
          { class: "duration" },
          ran ? `${durationMs} ms` : "",
          ran && h("span", { class: "unseen" }, `, began after ${began} ms`),
        ),
        h("span", { class: "seen" }, detail),
        remedy !== undefined &&
          h(
            "p",
            { class: "remedy" },
            h("strong", {}, "What to do: "),
            prose(remedy),
            code !== undefined && h("code", { class: "code" }, code),
          ),
      );
    }),
  );
}

/** Drawn, because the page's policy allows no style in an attribute. @param {number} began @param {number} lasted @param {number} total @param {boolean} ran */
function bar(began, lasted, total, ran) {
  const x = Math.min((began / total) * 100, 99);
  const width = Math.max((lasted / total) * 100, 1);
  return s(
    "svg",
    { class: "bar", "aria-hidden": "true", width: "100%", height: 12 },
    s("rect", { class: "track", x: 0, y: 4, width: "100%", height: 4, rx: 2 }),
    ran && s("rect", { class: "fill", x: `${x}%`, y: 1, width: `${Math.min(width, 100 - x)}%`, height: 10, rx: 3 }),
  );
}

/** @param {Test} test */
function receivers({ receivers: all }) {
  return table({
    caption: "What became of each receiver",
    columns: ["Receiver", "Status", "The server said", "What to do"],
    rows: all.map(({ address, status, reply, attempts, remedy }) => ({
      cells: [
        address,
        pill(...RECEIVERS[status]),
        `${reply ?? "–"}${attempts > 1 ? ` (asked ${attempts} times)` : ""}`,
        remedy === undefined ? "–" : h("span", {}, prose(remedy)),
      ],
    })),
    empty: "",
  });
}
