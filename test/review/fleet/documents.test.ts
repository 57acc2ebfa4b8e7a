import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Binding } from "../../../lib/plan";
import { Redactor } from "../../../lib/core/redaction";
import {
  COMMENT_LIMIT,
  fleetToCodeQuality,
  fleetToHtml,
  fleetToJson,
  fleetToJUnit,
  fleetToMarkdown,
  fleetToSarif,
  markOf,
  readHeader,
  readReviewedFleet,
  type FleetReview,
  type OfStack,
} from "../../../lib/review";
import { FLOW, flow, kept, planJson, plugin, PLUGIN, rule, RULE } from "../support/plan-json";
import { COMMIT, fleetOf, notPlanned } from "../support/fleet";
import { CONFIGURATION, reviewed } from "../support/reviewed";

const of = (stack: string, json: string, ...bindings: Binding[]): OfStack =>
  reviewed(json, undefined, stack, { bindings: [...bindings, CONFIGURATION], commit: COMMIT });
const opening = planJson([{ type: FLOW, name: "smtp", after: flow() }]);
const closing = planJson([{ type: FLOW, before: flow() }, kept(PLUGIN, plugin()), kept(RULE, rule())]);
const idle = planJson([kept(PLUGIN, plugin()), kept(RULE, rule())]);
const hook: Binding = {
  kind: "provisioner",
  name: "null_resource.hook: local-exec",
  digest: "sha256:1",
  lines: ['command = "make hook"'],
};

const small = fleetOf([
  of("prod-c", idle),
  of("prod-b", opening),
  of("prod-a", closing),
  of("prod-d", opening, hook),
  notPlanned("prod-e"),
]);
const artifact = (stack: string) => `cdktf.out/stacks/${stack}/cdk.tf.json`;
const WRITERS: readonly [string, (fleet: FleetReview) => string][] = [
  ["md", fleetToMarkdown],
  ["json", fleetToJson],
  ["html", fleetToHtml],
  ["sarif", (fleet) => fleetToSarif(fleet, "0.0.0", artifact)],
  ["junit.xml", fleetToJUnit],
];

describe("the outputs are as somebody has looked at them", () => {
  // Written anew with UPDATE_GOLDEN=1; then read the difference before committing it.
  it.each(WRITERS)("fleet.%s", (extension, write) => {
    const file = join(__dirname, "golden", `fleet.${extension}`);
    const text = write(small);
    if (process.env["UPDATE_GOLDEN"] === "1" || !existsSync(file)) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, "utf8"));
  });

  it("and the same in whatever order the stacks were planned", () => {
    const other = fleetOf([...small.stacks].reverse());
    for (const [, write] of WRITERS) expect(write(other)).toBe(write(small));
  });

  it("GitLab tells the findings of two stacks apart", () => {
    const report = JSON.parse(fleetToCodeQuality(small, artifact)) as {
      fingerprint: string;
      location: { path: string };
    }[];
    expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(report.length);
    expect(report.map(({ location }) => location.path)).toEqual(
      expect.arrayContaining([artifact("prod-b"), artifact("prod-d")]),
    );
  });
});

it("tells first what is not known, then what stops, and what no rule can judge before its like", () => {
  const text = fleetToMarkdown(small);
  const order = [
    "`prod-e`",
    "`prod-a`",
    "`prod-d`",
    "`prod-b`",
    "Without changes: `prod-c`",
    "## ❌ prod-e",
    "## ⛔ prod-a",
    "## ⚠️ prod-d",
    "prod-b: ",
  ];
  const places = order.map((one) => text.indexOf(one));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(text).toContain("1 thing that no rule can judge (`null_resource.hook: local-exec`) |");
});

it("what one stack keeps secret is shown of no other", () => {
  const redactor = new Redactor();
  redactor.add("smtp.example.com");
  const fleet = fleetOf([of("prod-a", closing), notPlanned("prod-b", "Error: smtp.example.com said no")], redactor);
  for (const [, write] of WRITERS) expect(write(fleet)).not.toContain("smtp.example.com");
});

describe("a hundred stacks", () => {
  /** The same change in each, reviewed once: it is the documents that this is about. */
  const many = (count: number, json: string, ...bindings: Binding[]) => {
    const one = of("prod", json, ...bindings);
    return fleetOf(
      Array.from({ length: count }, (_, index) => ({ ...one, stack: `prod-${String(index).padStart(4, "0")}` })),
    );
  };
  const large = planJson(
    Array.from({ length: 30 }, (_, at) => ({
      type: PLUGIN,
      address: `${PLUGIN}.smtp["site ${at}"]`,
      before: plugin({ id: `p${at}`, name: `Site ${at}` }),
      after: plugin({ id: `p${at}`, name: `Site ${at}`, security: "none" }),
    })),
  );

  it.each([100, 300])(
    "%d with much to say fit into a comment: every one in the overview, as many as possible in detail",
    (count) => {
      const fleet = many(count, large);
      const text = fleetToMarkdown(fleet);
      expect(Buffer.byteLength(text)).toBeLessThan(COMMENT_LIMIT);
      expect(Buffer.byteLength(text)).toBeGreaterThan(COMMENT_LIMIT / 2);
      expect(text).toMatch(/The details of \d+ stacks are left out here/);
      expect(text).toContain("apply-reviewed 'prod-*' --review review.json");
      if (count === 100) expect(text.match(/^\| \S+ \| `prod-/gm)).toHaveLength(100);
      else expect(text).toMatch(/… and \d+ more/);
      expect(text.match(/<details/g)).toHaveLength(text.match(/<\/details>/g)!.length);
      expect(text.match(/^`{3,}/gm)!.length % 2).toBe(0);
      expect(text.split("\n")[0]).toContain('"truncated":true');
      expect(readReviewedFleet(text, "r.md")!.stacks.size).toBe(count);
    },
  );

  it("without changes are one line", () => {
    const text = fleetToMarkdown(many(100, idle));
    expect(text.length).toBeLessThan(20_000);
    expect(text.match(/^#/gm)).toHaveLength(1);
  });

  it("so many that a comment has no room for their hashes are said to be so, and the file still counts", () => {
    const fleet = many(500, idle);
    const text = fleetToMarkdown(fleet);
    expect(Buffer.byteLength(text)).toBeLessThan(COMMENT_LIMIT);
    expect(() => readReviewedFleet(text, "r.md")).toThrow("no room for their hashes");
    expect(markOf(text)).toMatchObject({ name: "prod-*", isIdle: true });
    expect(readReviewedFleet(fleetToJson(fleet), "r.json")!.stacks.size).toBe(500);
  });

  it("names what no rule can judge of each, also where its details have no room", () => {
    const text = fleetToMarkdown(many(100, large, hook));
    expect(text.match(/`null_resource\.hook: local-exec`\) \|$/gm)).toHaveLength(100);
  });
});

describe("what is read back", () => {
  it.each([
    ["JSON", fleetToJson],
    ["Markdown", fleetToMarkdown],
  ])("from %s is each stack's hash", (_, write) => {
    const planned = fleetOf(small.stacks.filter(({ stack }) => stack !== "prod-e"));
    const { selection, commit, uncommitted, stacks } = readReviewedFleet(write(planned), "r")!;
    expect([selection, commit, uncommitted]).toEqual([["prod-*"], COMMIT, false]);
    expect([...stacks].map(([name, { hash }]) => [name, hash])).toEqual(
      planned.stacks.map((one) => [one.stack, "hash" in one ? one.hash : ""]),
    );
  });

  it.each([
    ["JSON", fleetToJson],
    ["Markdown", fleetToMarkdown],
  ])("from %s is nothing where a stack was not planned", (_, write) => {
    expect(() => readReviewedFleet(write(small), "r")).toThrow(/could not be planned[^]*prod-e/);
  });

  it.each<[string, (json: { stacks: Record<string, unknown>[] }) => void]>([
    ["a stack twice", ({ stacks }) => void stacks.push(stacks[0]!)],
    ["a stack of another commit", ({ stacks }) => void (stacks[0]!["commit"] = null)],
    ["a stack with uncommitted changes", ({ stacks }) => void (stacks[0]!["uncommitted"] = true)],
    ["half a hash", ({ stacks }) => void (stacks[0]!["hash"] = "sha256:12")],
    ["another document in it", ({ stacks }) => void (stacks[0]!["format"] = "outbound-findings/1")],
  ])("refuses JSON with %s", (_, change) => {
    const json = JSON.parse(fleetToJson(fleetOf([of("prod-a", idle), of("prod-b", idle)]))) as Parameters<
      typeof change
    >[0];
    change(json);
    expect(() => readReviewedFleet(JSON.stringify(json), "r.json")).toThrow("not a review");
  });

  it("a fleet's comment is no review of a stack, whatever its texts say, and the reverse", () => {
    const text = fleetToMarkdown(small);
    expect(readHeader(`${text}\n<!-- outbound-review {"stack":"prod-a","hash":"x"} -->`)).toBeUndefined();
    expect(readReviewedFleet('<!-- outbound-review {"stack":"prod-a","hash":"x"} -->', "r")).toBeUndefined();
  });
});
