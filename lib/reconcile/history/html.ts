import { plural } from "../../core/plural";
import { htmlPage } from "../../findings/html-page";
import { xml } from "../../findings/junit";
import { HEAD } from "../writers";
import type { History } from "./history";
import type { Round } from "./round";
import { chainText, secondsOf } from "./table";
import { timelinesOf, type Slot, type SlotState, type Timeline } from "./timeline";

/** The number of rounds that are listed; timelines cover all of them. */
const MOST_ROWS = 500;

/** The sign that is shown, and the words for screen readers. */
const SLOT: Readonly<Record<SlotState, readonly [sign: string, words: string]>> = {
  good: ["✓", "in order"],
  bad: ["✕", "not in order"],
  unknown: ["?", "not known"],
  none: ["·", "nobody looked"],
};

/** The history as one page. */
export function historyToHtml({ rounds, unreadable }: History): string {
  const stacks = [...new Set(rounds.map(({ stack }) => stack))].sort();
  const [first, last] = [rounds[0], rounds.at(-1)];
  const title = `Watched: ${stacks.join(", ") || "nothing yet"}`;
  const period =
    first === undefined || last === undefined
      ? "No rounds."
      : `${plural(rounds.length, "round")}, ${secondsOf(first.at)} to ${secondsOf(last.at)}.`;
  const left = unreadable === 0 ? "" : ` ${unreadable} lines of the file are no round of this version.`;
  return htmlPage(title, STYLE, [
    `<h1>${xml(title)}</h1>`,
    `<p>${xml(period + left)}</p>`,
    `<p>${Object.values(SLOT)
      .map(([sign, words]) => `<span class="key">${sign}</span> ${words}`)
      .join(", ")}. A part of the time is as its worst round.</p>`,
    ...stacks.flatMap((stack) =>
      section(
        stack,
        rounds.filter((one) => one.stack === stack),
      ),
    ),
  ]);
}

function section(stack: string, rounds: readonly Round[]): string[] {
  const timelines = timelinesOf(rounds);
  const rows = rounds.slice(-MOST_ROWS).reverse();
  return [
    `<section><h2>${xml(stack)}</h2>`,
    `<div class="wide" role="region" aria-label="${xml(`Timelines of ${stack}`)}" tabindex="0">`,
    `<table class="time"><caption>Timelines, the latest on the right</caption>`,
    `<thead><tr><th scope="col">What</th><th scope="col">In order</th>${heads(timelines[0]!)}</tr></thead><tbody>`,
    ...timelines.map(timelineRow),
    "</tbody></table></div>",
    `<table><caption>${rows.length < rounds.length ? `The last ${rows.length} rounds` : "Rounds"}, the latest first</caption>`,
    '<thead><tr><th scope="col">Begun</th><th scope="col">Verdict</th><th scope="col">Summary</th><th scope="col">Mail that does not get through</th><th scope="col">Seconds</th></tr></thead><tbody>',
    ...rows.map(roundRow),
    "</tbody></table></section>",
  ];
}

/** Every slot has its time for screen readers; only the first one's is visible. */
const heads = ({ slots }: Timeline): string =>
  slots
    .map(({ from }, index) => {
      const at = secondsOf(new Date(from).toISOString());
      return `<th scope="col"${index === 0 ? "" : ' class="silent"'}><span>${xml(at)}</span></th>`;
    })
    .join("");

function timelineRow({ title, slots, good, told }: Timeline): string {
  const share = told === 0 ? "never known" : `${((good / told) * 100).toFixed(1)} % of ${told}`;
  return `<tr><th scope="row">${xml(title)}</th><td>${share}</td>${slots.map(slotCell).join("")}</tr>`;
}

function slotCell({ state, rounds, failed }: Slot): string {
  const [sign, words] = SLOT[state];
  const said = [words, ...(failed.length === 0 ? [] : [`at ${failed.join(", ")}`]), plural(rounds, "round")].join(", ");
  return `<td class="${state}" title="${xml(said)}"><span aria-hidden="true">${sign}</span><span class="silent">${xml(said)}</span></td>`;
}

function roundRow({ at, verdict, summary, chains, seconds }: Round): string {
  const others = chains.filter(({ state }) => state !== "through").map((one) => xml(chainText(one)));
  const kind = verdict === "in-sync" ? "good" : verdict === "unknown" ? "unknown" : "bad";
  const sign = `<span aria-hidden="true">${SLOT[kind][0]}</span>`;
  const cells = [`${sign} ${xml(HEAD[verdict])}`, xml(summary), others.join("<br>"), seconds.toFixed(1)];
  return `<tr><th scope="row"><time datetime="${xml(at)}">${xml(secondsOf(at))}</time></th><td class="${kind}">${cells[0]}</td>${cells
    .slice(1)
    .map((cell) => `<td>${cell}</td>`)
    .join("")}</tr>`;
}

/** Light and dark, with a sign for every state besides its colour. */
const STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--back:#fff;--box:#f6f8fa;--good:#1a7f37;--goodbox:#dafbe1;--bad:#a40e26;--badbox:#ffd8d3;--amber:#7d4e00;--amberbox:#fff1c2}
@media(prefers-color-scheme:dark){:root{--ink:#f0f6fc;--soft:#9198a1;--line:#3d444d;--back:#0d1117;--box:#151b23;--good:#56d364;--goodbox:#12261e;--bad:#ff9492;--badbox:#3c1618;--amber:#e3b341;--amberbox:#2e2411}}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1400px;margin:0 auto;padding:24px}
h1{font-size:24px}h2{font-size:18px;margin:28px 0 8px}caption{text-align:left;color:var(--soft);padding:4px 0}
.wide{position:relative;overflow-x:auto;margin-bottom:24px}table{border-collapse:collapse}
th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top;font-weight:400;overflow-wrap:anywhere}
thead th{background:var(--box);font-weight:600}.time th,.time td{white-space:nowrap}
.time td:nth-child(n+3){padding:4px 3px;text-align:center;font-weight:700;min-width:12px}.time thead th:nth-child(n+3){padding:4px 0;border-width:1px 0}
.time thead th:nth-child(3) span{display:inline-block;width:0;white-space:nowrap;font-weight:400}
.good{color:var(--good);background:var(--goodbox)}.bad{color:var(--bad);background:var(--badbox)}.unknown{color:var(--amber);background:var(--amberbox)}.none{color:var(--soft)}
.key{font-weight:700}.silent:not(th),th.silent span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;
