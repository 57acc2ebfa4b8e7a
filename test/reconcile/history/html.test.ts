import { HISTORY_FORMAT } from "../../../lib/reconcile/history/history";
import { historyToHtml } from "../../../lib/reconcile/history/html";
import { historyToTable } from "../../../lib/reconcile/history/table";
import { plain } from "../../../lib/core/styled";
import type { Round } from "../../../lib/reconcile/history/round";
import { brokenAt, chain, roundAt } from "./support/rounds";

const history = (...rounds: Round[]) => ({ format: HISTORY_FORMAT, rounds, unreadable: 0 }) as const;
const HOSTILE = `<script>alert(1)</script>" onload="x" ‮\u001b[2J ::error::`;

it("foreign text is text in the page, and nothing in it is loaded or run", () => {
  const page = historyToHtml(
    history(
      roundAt(0, {
        stack: HOSTILE,
        summary: HOSTILE,
        verdict: "broken",
        chains: [chain({ address: HOSTILE, state: "broken", failedStage: HOSTILE })],
      }),
    ),
  );
  expect(page).not.toMatch(/<script|onload="|\u001b|‮/);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x&quot;");
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/\b(src|href)=|url\(|@import/);
});

it("can be read aloud: a language, a title, captions, heads of columns and rows, words beside every sign", () => {
  const page = historyToHtml(history(roundAt(0), brokenAt(1), roundAt(2, { verdict: "unknown", chains: [] })));
  expect(page).toContain('<html lang="en">');
  expect(page).toContain("<title>Watched: alerts</title>");
  expect(page.match(/<caption>/g)).toHaveLength(2);
  for (const head of page.match(/<th\b[^>]*>/g)!) expect(head).toMatch(/scope="(col|row)"/);
  expect(page).toContain('<span aria-hidden="true">✕</span><span class="silent">not in order, at AUTH, 1 round</span>');
  expect(page).toContain('<span aria-hidden="true">·</span><span class="silent">nobody looked, 0 rounds</span>');
  // Every element that is opened is closed, in order.
  const open: string[] = [];
  for (const [, end, name] of page.matchAll(/<(\/?)([a-z]\w*)\b[^>]*>/g)) {
    if (["meta", "br"].includes(name!)) continue;
    if (end === "") open.push(name!);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});

it("has each stack by itself, and of very many rounds the latest in full", () => {
  const rounds = Array.from({ length: 2_000 }, (_, hour) => roundAt(hour, { stack: hour % 2 === 0 ? "one" : "two" }));
  const page = historyToHtml(history(...rounds));
  expect(page.match(/<h2>\w+<\/h2>/g)).toEqual(["<h2>one</h2>", "<h2>two</h2>"]);
  expect(page.match(/<time /g)).toHaveLength(1_000);
  expect(page).toContain("The last 500 rounds, the latest first");
  expect(page).toContain("2000 rounds, ");
});

it("an empty history is a page and a table that say so", () => {
  expect(historyToHtml(history())).toContain("No rounds.");
  expect(plain(historyToTable({ ...history(), unreadable: 2 }))).toBe(
    "no rounds\n2 lines are no round of this version.",
  );
});

it("the table has one line a round, with the ways of the mail that are not in order", () => {
  const text = plain(historyToTable(history(roundAt(0), brokenAt(1, "RCPT"), roundAt(2, { summary: HOSTILE }))));
  const lines = text.split("\n");
  expect(lines[0]).toMatch(/^2026-11-01T00:00:00Z {2}alerts {2}in sync +2 in sync$/);
  expect(lines[1]).toMatch(
    /mail does not get through {2}1 broken, 1 in sync; outbound_test_email\.test broken at RCPT$/,
  );
  expect(lines).toHaveLength(3);
  expect(text).not.toContain("\u001b");
});
