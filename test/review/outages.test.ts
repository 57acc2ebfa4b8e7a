import {
  FLOW,
  flow,
  kept,
  planJson,
  plugin,
  PLUGIN,
  rule,
  RULE,
  test as testMail,
  TEST,
  type ResourceJson,
} from "./support/plan-json";
import { reviewed } from "./support/reviewed";

/** A working set-up; each case replaces some of it. */
const working: Readonly<Record<string, ResourceJson>> = {
  flow: kept(FLOW, flow()),
  plugin: kept(PLUGIN, plugin()),
  rule: kept(RULE, rule()),
  test: kept(TEST, testMail()),
};

function stops(change: Record<string, ResourceJson>): string[] {
  const { stops } = reviewed(planJson(Object.values({ ...working, ...change })));
  return stops.map(({ id, byThisChange, path }) => `${byThisChange ? "" : "(before) "}${id} ${path.split(".")[0]}`);
}

const verdict = (change: Record<string, ResourceJson>) =>
  reviewed(planJson(Object.values({ ...working, ...change }))).verdict.status;

it("says nothing of what works", () => {
  expect(stops({})).toEqual([]);
});

describe("what this change stops", () => {
  it.each<[string, Record<string, ResourceJson>, string[]]>([
    ["a closed flow", { flow: { type: FLOW, before: flow() } }, [`flow-closed ${PLUGIN}`]],
    [
      "a flow that goes elsewhere",
      { flow: { type: FLOW, before: flow(), after: flow({ ip: "203.0.113.99" }) } },
      [`flow-closed ${PLUGIN}`],
    ],
    [
      "a port that no flow leads to",
      { plugin: { type: PLUGIN, before: plugin(), after: plugin({ smtp_port: 465 }) } },
      [`smtp-host-without-flow ${PLUGIN}`],
    ],
    [
      "a plugin that is switched off",
      { plugin: { type: PLUGIN, before: plugin(), after: plugin({ enabled: false }) } },
      [
        `alerts-without-route ${RULE}`,
        `mailer-disabled ${PLUGIN}`,
        `receiver-dropped ${RULE}`,
        `receiver-dropped ${RULE}`,
        `receiver-without-route ${TEST}`,
      ],
    ],
    [
      "a plugin and its rule that are deleted",
      { plugin: { type: PLUGIN, before: plugin() }, rule: { type: RULE, before: rule() } },
      [
        `alerts-without-route ${RULE}`,
        `mailer-deleted ${PLUGIN}`,
        `receiver-dropped ${RULE}`,
        `receiver-dropped ${RULE}`,
      ],
    ],
    [
      "a rule without receivers",
      { rule: { type: RULE, before: rule(), after: rule({ receivers: [] }) } },
      [
        `alerts-without-route ${RULE}`,
        `route-without-receiver ${RULE}`,
        `receiver-dropped ${RULE}`,
        `receiver-dropped ${RULE}`,
        `receiver-without-route ${TEST}`,
      ],
    ],
    [
      "one receiver less",
      { rule: { type: RULE, before: rule(), after: rule({ receivers: ["oncall@example.com"] }) } },
      [`receiver-dropped ${RULE}`],
    ],
    [
      "a severity that nobody takes any more",
      { rule: { type: RULE, before: rule(), after: rule({ criticalities: ["CRITICAL"] }) } },
      [`alerts-without-route ${RULE}`],
    ],
    [
      "a test for somebody whom no route names",
      { test: { type: TEST, before: testMail(), after: testMail({ to: ["new@example.com"] }) } },
      [`receiver-without-route ${TEST}`],
    ],
  ])("%s", (_, change, expected) => {
    const found = stops(change);
    expect(found.sort()).toEqual([...expected].sort());
  });
});

it("a closed flow that nothing uses stops nothing, and is shown as reachability", () => {
  const spare = { type: FLOW, name: "spare", before: flow({ ip: "203.0.113.99", id: "x/2" }) };
  expect(stops({ spare })).toEqual([]);
  const review = reviewed(planJson([...Object.values(working), spare]));
  expect(review.reachability.map(({ change, destination, usedBy }) => [change, destination, usedBy.length])).toEqual([
    ["closed", "203.0.113.99:587", 0],
    ["kept", "203.0.113.25:587", 1],
  ]);
});

it("server and flow that move together stop nothing", () => {
  const moved = {
    flow: { type: FLOW, before: flow(), after: flow({ port: 465 }), actions: ["delete", "create"] },
    plugin: { type: PLUGIN, before: plugin(), after: plugin({ smtp_port: 465 }) },
  };
  expect(stops(moved)).toEqual([]);
});

it("a flow that is replaced as it is, is closed for a while; one that only moves in the code is not", () => {
  const reach = (one: ResourceJson) => reviewed(planJson([one])).reachability.map(({ change }) => change);
  expect(reach({ type: FLOW, before: flow(), after: flow(), actions: ["delete", "create"] })).toEqual(["replaced"]);
  expect(
    reach({ type: FLOW, name: "new", before: flow(), after: flow(), extra: { previous_address: `${FLOW}.old` } }),
  ).toEqual(["kept"]);
});

it("what was broken before is told apart from what this change breaks", () => {
  const broken = { flow: kept(FLOW, flow({ port: 25 })) };
  expect(stops(broken)).toEqual([`(before) smtp-host-without-flow ${PLUGIN}`]);
  expect(verdict(broken)).not.toBe("stops-alerts");
});

it("a plugin that is new and not known to the plan yet is followed by its references", () => {
  const { plugin_id: _, ...after } = rule();
  const { id: _id, ...made } = plugin();
  const json = planJson(
    [
      { type: FLOW, after: flow() },
      { type: PLUGIN, after: made, change: { after_unknown: { id: true } } },
      { type: RULE, after, change: { after_unknown: { plugin_id: true } } },
    ],
    {
      configuration: {
        root_module: {
          resources: [
            { address: `${PLUGIN}.this`, type: PLUGIN },
            { address: `${RULE}.this`, type: RULE, expressions: { plugin_id: { references: [`${PLUGIN}.this.id`] } } },
          ],
        },
      },
    },
  );
  const review = reviewed(json);
  expect(review.stops).toEqual([]);
  expect(review.picture.edges).toContainEqual({
    from: `route ${RULE}.this`,
    to: `mailer ${PLUGIN}.this`,
    status: "added",
  });
  expect(review.receivers.map(({ severity, before, after }) => [severity, before.length, after.length])).toEqual([
    ["CRITICAL", 0, 2],
    ["IMMEDIATE", 0, 2],
  ]);
});
