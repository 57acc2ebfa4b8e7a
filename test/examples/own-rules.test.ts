import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Place } from "../cli/mail/run-outbound";
import { FLOW, flow, kept, planJson, plugin, PLUGIN, rule, RULE } from "../review/support/plan-json";
import { published } from "../schemas/support/document";
import type { JsonSchema } from "../../scripts/docs/json-documents";

const root = join(__dirname, "../..");
const folder = join(root, "examples/own-rules/policy");
const rego = readFileSync(join(folder, "alert_mail.rego"), "utf8");
const conftest = process.env["CONFTEST"] ?? "conftest";
const installed = spawnSync(conftest, ["--version"]).status === 0;
if (!installed)
  console.warn("conftest is not installed (CONFTEST names it): its rules are held against the schema only");

it("the page shows the rules of the example", () => {
  const page = readFileSync(join(root, "docs/own-rules.md"), "utf8");
  const [, shown] = /```rego\n([^]*?)```/.exec(page)!;
  for (const paragraph of shown!.trim().split(/\n\n(?=#)/)) expect(rego).toContain(paragraph.trim());
});

describe("the rules name only what a review has:", () => {
  const schema = published("review");
  const element = (name: string) => schema.definitions![schema.properties![name]!.items!.$ref!.split("/").at(-1)!]!;
  const fields = (of: JsonSchema) => Object.keys(of.properties!);

  it("its fields", () => {
    const named = [...rego.matchAll(/\binput\.(\w+)/g)].map(([, name]) => name);
    expect(new Set(named).size).toBeGreaterThan(2);
    for (const name of named) expect(fields(schema)).toContain(name);
  });

  it("those of a row, and words that it may have", () => {
    for (const block of rego.split(/\n(?=deny|warn)/).filter((one) => one.includes("some "))) {
      const [, row, list] = /some (\w+) in input\.(\w+)/.exec(block)!;
      for (const [, field] of block.matchAll(new RegExp(`\\b${row}\\.(\\w+)`, "g"))) {
        expect(fields(element(list!))).toContain(field);
      }
      for (const [, field, words] of block.matchAll(new RegExp(`${row}\\.(\\w+) in \\{(.*?)\\}`, "g"))) {
        const property = element(list!).properties![field!]!;
        const known = property.enum ?? schema.definitions![property.$ref!.split("/").at(-1)!]!.enum!;
        for (const [, word] of words!.matchAll(/"(\w+)"/g)) expect(known).toContain(word);
      }
    }
  });
});

(installed ? describe : describe.skip)("conftest", () => {
  async function judge(...resources: Parameters<typeof planJson>[0]) {
    const place = new Place();
    place.write("plan.json", planJson(resources));
    await place.run(["review", "--plan", "plan.json", "--output", "none", "--json", "review.json"]);
    const args = ["test", join(place.directory, "review.json"), "--policy", folder, "--output", "json"];
    const { stdout } = spawnSync(conftest, args, { encoding: "utf8" });
    const [{ failures = [], warnings = [] }] = JSON.parse(stdout) as [Record<string, { msg: string }[]>];
    return { failures: failures.map(({ msg }) => msg), warnings: warnings.map(({ msg }) => msg) };
  }

  it("reads the rules as they are formatted", () => {
    expect(() => execFileSync(conftest, ["fmt", "--check", folder])).not.toThrow();
  });

  it("finds nothing in a change that keeps them", async () => {
    const { failures } = await judge({ type: FLOW, after: flow() }, kept(PLUGIN, plugin()), kept(RULE, rule()));
    expect(failures).toEqual([]);
  });

  it("finds who is told no more, and a port that may not be opened", async () => {
    const { failures, warnings } = await judge(
      { type: FLOW, name: "open", after: flow({ port: 25 }) },
      kept(PLUGIN, plugin()),
      { type: RULE, name: "critical", before: rule() },
    );
    expect(failures.join("\n")).toMatch(/opens 203\.0\.113\.25:25: only ports 465 and 587 may be opened/);
    expect(failures.join("\n")).toMatch(
      /nobody is told of \w+ alerts of .*vROps.* any more; before: [^\n]*oncall@example\.com/,
    );
    expect(warnings).toEqual([`delete: ${RULE}.critical`]);
  });
});
