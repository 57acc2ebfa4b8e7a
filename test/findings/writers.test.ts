import type { Finding } from "../../lib/core/finding";
import { HOMEPAGE } from "../../lib/core/documentation";
import {
  countOf,
  findingsToConsole,
  findingsToJson,
  findingsToJUnit,
  findingsToMarkdown,
  findingsToSarif,
} from "../../lib/findings";

const tls: Finding = {
  severity: "error",
  id: "tls-required",
  path: 'outbound_vrops_email_plugin.smtp["a|b"]',
  summary: "Mail is sent <without> encryption | to @everyone",
  why: "Everybody on the way can read it.",
  fix: 'Set `security` to "starttls".',
  docs: "https://example.com/tls (1).html",
};
const filter: Finding = { ...tls, severity: "warning", id: "route-has-filter", path: "", docs: "docs/rules/x.md" };
const note: Finding = { ...filter, severity: "note", id: "z-note" };
const accepted: Finding = { ...tls, id: "a-first-by-name", acknowledged: { reason: 'until "MAIL-42" & later' } };
const all = [note, accepted, filter, tls, { ...tls }];

it("counts what is open by severity, equal findings once, and what is acknowledged apart", () => {
  expect(countOf(all)).toBe("1 error, 1 warning, 1 note, 1 acknowledged");
  expect(countOf([])).toBe("no findings");
});

it("console: worst first, acknowledged last with the reason and without a demand", () => {
  const paragraphs = findingsToConsole(all).split("\n\n");
  expect(paragraphs.map((one) => one.split(":")[0])).toEqual([
    "error tls-required",
    "warning route-has-filter",
    "note z-note",
    "acknowledged error a-first-by-name",
    "1 error, 1 warning, 1 note, 1 acknowledged",
  ]);
  expect(paragraphs[3]).toContain("Reason: until");
  expect(paragraphs[3]).not.toContain("What to do");
});

it("JSON: the same bytes, in whatever order they are found and their fields are given", () => {
  const turned = [...all]
    .reverse()
    .map((one) => Object.fromEntries(Object.entries(one).reverse()) as unknown as Finding);
  expect(findingsToJson(turned)).toBe(findingsToJson(all));
  expect(JSON.parse(findingsToJson(all))).toMatchObject({
    findings: [{ id: "tls-required" }, {}, {}, { acknowledged: {} }],
  });
});

describe("Markdown", () => {
  const rows = findingsToMarkdown(all).split("\n");

  it("has a row for each, whatever stands in them", () => {
    expect(rows).toHaveLength(2 + 4);
    for (const row of rows) expect(row.replaceAll("\\|", "").match(/\|/g)).toHaveLength(6);
  });

  it("takes the texts literally, and keeps code", () => {
    expect(rows[2]).toContain("&lt;without&gt;");
    expect(rows[2]).not.toContain("@everyone");
    expect(rows[2]).toContain("Set `security` to");
  });

  it("links the page of a rule", () => {
    expect(rows[2]).toContain("[`tls-required`](https://example.com/tls%20%281%29.html)");
    expect(rows[3]).toContain("`route-has-filter`");
  });

  it("counts what it leaves out", () => {
    expect(findingsToMarkdown(all, 1)).toContain("… and 3 more.");
    expect(findingsToMarkdown([])).toBe("No findings.");
  });
});

it("SARIF: levels, one rule each, a place, and suppressions with their reason", () => {
  const log = JSON.parse(findingsToSarif(all, { version: "1.2.3", artifact: "a b/cdk.tf.json" })) as {
    version: string;
    runs: {
      tool: { driver: { rules: { id: string; helpUri?: string }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        suppressions?: unknown;
        partialFingerprints: object;
        locations: unknown[];
      }[];
    }[];
  };
  const [run] = log.runs;
  const { rules } = run!.tool.driver;
  expect(log.version).toBe("2.1.0");
  expect(rules.map(({ id }) => id)).toEqual(["a-first-by-name", "route-has-filter", "tls-required", "z-note"]);
  for (const { ruleId, ruleIndex } of run!.results) expect(rules[ruleIndex]!.id).toBe(ruleId);
  expect(run!.results.map(({ level }) => level)).toEqual(["error", "warning", "note", "error"]);
  expect(run!.results[3]!.suppressions).toEqual([{ kind: "external", justification: 'until "MAIL-42" & later' }]);
  expect(run!.results[0]!.locations).toMatchObject([
    { physicalLocation: { artifactLocation: { uri: "a%20b/cdk.tf.json" } } },
  ]);
  expect(rules[1]).toHaveProperty("helpUri", `${HOMEPAGE}/blob/main/docs/rules/x.md`);
  expect(new Set(run!.results.map((one) => JSON.stringify(one.partialFingerprints))).size).toBe(4);
});

describe("JUnit", () => {
  it("fails by errors and warnings, passes notes, skips what is acknowledged", () => {
    const text = findingsToJUnit(all, { suite: "a & b", passed: ["receivers-once"] });
    expect(text).toContain('tests="5" failures="2" errors="0" skipped="1"');
    expect(text).toContain('<skipped message="until &quot;MAIL-42&quot; &amp; later"/>');
    expect(text).toContain('<testcase classname="a &amp; b" name="receivers-once"/>');
    expect(text).not.toMatch(/<without>|&(?!amp;|lt;|gt;|quot;)/);
  });

  it("has a case even where nothing was found: an empty report looks like one that broke", () => {
    expect(findingsToJUnit([], { suite: "s" })).toContain('tests="1" failures="0"');
  });
});
