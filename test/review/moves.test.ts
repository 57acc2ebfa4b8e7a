import { readPlan } from "../../lib/plan";
import { findingsOf, judgeFor, reviewPlan, toHtml, toJson, toJUnit, toMarkdown, toSarif } from "../../lib/review";
import { resourceSchemas } from "../../lib/topology";
import { FLOW, flow, kept, planJson, PLUGIN, plugin, RULE, rule, type ResourceJson } from "./support/plan-json";

const review = (resources: readonly ResourceJson[], constructs?: ReadonlyMap<string, string>, terraform?: "tofu") => {
  const plan = readPlan(planJson(resources), { source: "plan.json", schemas: resourceSchemas() });
  return reviewPlan(plan, {
    stack: "production",
    judge: judgeFor(plan, undefined, () => 0),
    constructs,
    ...(terraform && { terraform }),
  });
};

const renamed = (more: Record<string, unknown> = {}): ResourceJson[] => [
  kept(FLOW, flow()),
  { type: PLUGIN, name: "old", before: plugin() },
  { type: PLUGIN, name: "new", after: plugin({ ...more, id: undefined }), change: { after_unknown: { id: true } } },
  kept(RULE, rule()),
];

const MOVED = `moved {\n  from = ${PLUGIN}.old\n  to   = ${PLUGIN}.new\n}`;

it("says first that what is to be destroyed is only moved, with what says so in HCL and in CDKTF", () => {
  const text = toMarkdown(review(renamed()));
  const [first] = text.split("\n").filter((line) => line.startsWith("> - "));
  expect(first).toContain(
    "is moved, not removed: outbound\\_vrops\\_email\\_plugin.old is now".replaceAll("\\\\", "\\"),
  );
  expect(text.indexOf("What only changes its address")).toBeLessThan(text.indexOf("### Reachability"));
  expect(text).toContain(MOVED);
  expect(text).toContain(`resource.moveFromId("${PLUGIN}.old");`);
});

it("is found in every output, as a warning", () => {
  const one = review(renamed());
  expect(findingsOf(one)).toContainEqual(
    expect.objectContaining({ id: "moved-without-saying", severity: "warning", path: `${PLUGIN}.new` }),
  );
  for (const write of [toHtml, toJUnit, (some: typeof one) => toSarif(some, { version: "1" })])
    expect(write(one)).toContain("is moved, not removed");
  expect(JSON.parse(toJson(one))).toMatchObject({
    moves: [{ from: [`${PLUGIN}.old`], to: [`${PLUGIN}.new`], certain: true, differs: [], hcl: MOVED, commands: [] }],
    verdict: { status: "attention", line: expect.stringContaining("1 object only changes the address") as string },
  });
});

it("says what changes in place, and what is not certain", () => {
  expect(review(renamed({ smtp_port: 25 })).moves[0]?.summary).toMatch(/, and changed in place: smtp_port$/);
  const level = { alert_definition_id: "d", level: 1 };
  const type = "outbound_uptrends_escalation_level";
  const [move] = review([
    { type, name: "a", before: level },
    { type, name: "b", after: { level: 1 }, change: { after_unknown: { alert_definition_id: true } } },
  ]).moves;
  expect(move).toMatchObject({ certain: false, summary: expect.stringContaining("is probably moved") as string });
  expect(move?.why).toContain("`alert_definition_id` is known after the apply only");
});

it("a flow that is renamed is not closed and opened again, and each of the two says where the other is", () => {
  const one = review([
    { type: FLOW, name: "a", before: flow() },
    { type: FLOW, name: "b", after: flow({ id: undefined, flow_id: undefined }) },
  ]);
  expect(one.reachability.map(({ change }) => change)).toEqual(["kept"]);
  expect(one.changes.map(({ meaning }) => meaning)).toEqual([
    `the same object as ${FLOW}.b, which stays`,
    `the same object as ${FLOW}.a, which stays`,
  ]);
});

it("what a rule has found at the old address is not new at the new one", () => {
  const [, gone, come, ...others] = renamed({ security: "none" });
  const plaintext = { ...gone!, before: plugin({ security: "none" }) };
  const findings = review([kept(FLOW, flow()), plaintext, come!, ...others]).policy.findings;
  const about = findings.filter(({ path }) => path === `${PLUGIN}.new`);
  expect(about.length).toBeGreaterThan(0);
  expect(about.filter(({ byThisChange }) => byThisChange)).toEqual([]);
});

describe("in a CDKTF program", () => {
  const cdktf = (to: string, paths: readonly [string, string][]) =>
    review(
      [
        { type: PLUGIN, name: "old", before: plugin() },
        { type: PLUGIN, address: to, after: plugin({ id: undefined }) },
      ],
      new Map(paths),
    ).moves[0]?.cdktf;

  it.each<[string, string, readonly [string, string][], string | undefined]>([
    [
      "the resource of a noun",
      `${PLUGIN}.new`,
      [[`${PLUGIN}.new`, "prod/alerts/plugin/Default"]],
      `construct.resource.moveFromId("${PLUGIN}.old"); // prod/alerts/plugin`,
    ],
    [
      "a resource",
      `${PLUGIN}.new`,
      [[`${PLUGIN}.new`, "prod/plugin"]],
      `resource.moveFromId("${PLUGIN}.old"); // prod/plugin`,
    ],
    [
      "one of many",
      `${PLUGIN}.new["eu"]`,
      [["x.y", "prod/x"]],
      `stack.addOverride("moved", [{ from: "${PLUGIN}.old", to: "${PLUGIN}.new[\\"eu\\"]" }]);`,
    ],
    ["none, when the code is plain HCL", `${PLUGIN}.new`, [], undefined],
  ])("%s", (_, to, paths, expected) => expect(cdktf(to, paths)).toBe(expected));
});

it("instances that move up get commands in an order that works", () => {
  const at = (index: number, before: string | null, after: string | null): ResourceJson => ({
    type: PLUGIN,
    address: `${PLUGIN}.x[${index}]`,
    before: before === null ? null : plugin({ id: before, name: before }),
    after: after === null ? null : plugin({ id: before, name: after }),
  });
  const [move] = review([at(0, "B", "A"), at(1, "C", "B"), at(2, null, "C")]).moves;
  expect(move).toMatchObject({
    id: "instances-shifted",
    how: "shifted",
    commands: [
      `terraform state mv '${PLUGIN}.x[1]' '${PLUGIN}.x[2]'`,
      `terraform state mv '${PLUGIN}.x[0]' '${PLUGIN}.x[1]'`,
    ],
  });
  expect(move).not.toHaveProperty("hcl");
});

it("commands name the program that people run", () => {
  const shifted = (index: number, before: string | null, after: string | null): ResourceJson => ({
    type: PLUGIN,
    address: `${PLUGIN}.x[${index}]`,
    before: before === null ? null : plugin({ id: before, name: before }),
    after: after === null ? null : plugin({ id: before, name: after }),
  });
  const [move] = review([shifted(0, "B", "A"), shifted(1, "C", "B"), shifted(2, null, "C")], undefined, "tofu").moves;
  expect(move!.commands).toEqual([expect.stringMatching(/^tofu state mv /), expect.stringMatching(/^tofu state mv /)]);
});

it("when it cannot be told which, all are named and nothing is claimed", () => {
  const [move] = review([
    { type: PLUGIN, name: "a", before: plugin() },
    { type: PLUGIN, name: "b", before: plugin() },
    { type: PLUGIN, name: "c", after: plugin({ id: undefined }) },
  ]).moves;
  expect(move).toMatchObject({ certain: false, from: [`${PLUGIN}.a`, `${PLUGIN}.b`], to: [`${PLUGIN}.c`] });
  expect(move).not.toHaveProperty("hcl");
});

describe("what is let go without being destroyed", () => {
  it("stays, and nobody manages it: that is said", () => {
    const one = review([{ type: FLOW, before: flow(), actions: ["forget"] }]);
    expect(one.stops).toContainEqual(expect.objectContaining({ id: "nobody-manages-it", byThisChange: true }));
    expect(one.changes[0]?.meaning).toContain("not destroyed");
  });

  it("is not closed when it is taken over again at once", () => {
    const one = review([
      { type: FLOW, before: flow(), after: flow({ description: "x" }), actions: ["forget", "create"] },
    ]);
    expect(one.reachability.map(({ change }) => change)).toEqual(["kept"]);
    expect(one.stops.filter(({ id }) => id === "nobody-manages-it")).toEqual([]);
  });

  it("and declared elsewhere, it is moved", () => {
    const one = review([
      { type: PLUGIN, name: "old", before: plugin(), actions: ["forget"] },
      { type: PLUGIN, name: "new", after: plugin({ id: undefined }) },
    ]);
    expect(one.moves[0]).toMatchObject({ how: "released", fix: expect.stringContaining("in place of the") as string });
    expect(one.stops.filter(({ id }) => id === "nobody-manages-it")).toEqual([]);
  });
});
