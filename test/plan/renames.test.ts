import { readPlan } from "../../lib/plan";
import { resourceSchemas } from "../../lib/topology";
import { FLOW, flow, planJson, PLUGIN, plugin, RULE, rule, type ResourceJson } from "../review/support/plan-json";

const WEBHOOK = "outbound_uipath_webhook";
const TENANT_MAIL = "outbound_uipath_tenant_mail";
const DEFINITION = "outbound_uptrends_alert_definition";
const LEVEL = "outbound_uptrends_escalation_level";
const ATTACHMENT = "outbound_uptrends_integration_attachment";
const GUID = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

const found = (resources: readonly ResourceJson[], extra: Record<string, unknown> = {}) =>
  readPlan(planJson(resources, extra), { source: "plan.json", schemas: resourceSchemas() }).renames;
const pairs = (...args: Parameters<typeof found>) =>
  found(...args).renames.map(({ from, to, how, differs, doubts }) => [from, to, how, differs, doubts]);

const gone = (name: string, type: string, before: Record<string, unknown>): ResourceJson => ({ type, name, before });

/** As the plan has it: what the system gives is not known yet. */
function added(name: string, type: string, values: Record<string, unknown>, unknown: readonly string[] = ["id"]) {
  const after = Object.fromEntries(Object.entries(values).filter(([key]) => !unknown.includes(key)));
  const marks = Object.fromEntries(unknown.map((key) => [key, true]));
  return { type, name, after, change: { after_unknown: marks } };
}

const webhook = (more: Record<string, unknown> = {}) => ({
  id: "7",
  name: "alerts",
  url: "https://alerts.example.com",
  events: ["job.faulted"],
  enabled: true,
  ...more,
});

describe("the same object at another address", () => {
  it.each<[string, ResourceJson, ResourceJson]>([
    ["a label", gone("old", PLUGIN, plugin()), added("new", PLUGIN, plugin())],
    [
      "into a module",
      gone("x", PLUGIN, plugin()),
      { ...added("x", PLUGIN, plugin()), address: `module.mail["eu"].${PLUGIN}.x` },
    ],
    [
      "a key of for_each",
      { ...gone("x", PLUGIN, plugin()), address: `${PLUGIN}.x["a.b[0]"]` },
      { ...added("x", PLUGIN, plugin()), address: `${PLUGIN}.x["b"]` },
    ],
    [
      "from one to a count",
      gone("x", PLUGIN, plugin()),
      { ...added("y", PLUGIN, plugin()), address: `${PLUGIN}.y[0]` },
    ],
    ["all three attributes that identify a flow", gone("a", FLOW, flow()), added("b", FLOW, flow(), ["id", "flow_id"])],
  ])("%s", (_, before, after) => {
    const from = before.address ?? `${before.type}.${before.name}`;
    const to = after.address ?? `${after.type}.${after.name}`;
    expect(pairs([before, after])).toEqual([[from, to, "moved", [], []]]);
  });

  it("of which there is only one", () =>
    expect(
      pairs([
        gone("a", TENANT_MAIL, { id: "tenant", mode: "custom", smtp_host: "a.example.com" }),
        added("b", TENANT_MAIL, { mode: "custom", smtp_host: "b.example.com" }),
      ]),
    ).toEqual([[`${TENANT_MAIL}.a`, `${TENANT_MAIL}.b`, "moved", ["smtp_host"], []]]));

  it("with what changes in place, but not with how the provider deals with it or what the system says itself", () =>
    expect(
      pairs([
        gone("old", PLUGIN, plugin({ version: 3, adopt_existing: false, timeouts: null })),
        added(
          "new",
          PLUGIN,
          plugin({ smtp_port: 25, enabled: false, adopt_existing: true, timeouts: { create: "1m" } }),
        ),
      ]),
    ).toEqual([[`${PLUGIN}.old`, `${PLUGIN}.new`, "moved", ["smtp_port", "enabled"], []]]));

  it("whose id is spelled in another way", () =>
    expect(
      pairs([
        gone("a", ATTACHMENT, { alert_definition_id: GUID.toUpperCase(), level: 1, integration_id: GUID }),
        added("b", ATTACHMENT, { alert_definition_id: GUID, level: 1, integration_id: GUID }),
      ]),
    ).toHaveLength(1));

  it("when it is let go and declared elsewhere", () =>
    expect(pairs([{ ...gone("old", PLUGIN, plugin()), actions: ["forget"] }, added("new", PLUGIN, plugin())])).toEqual([
      [`${PLUGIN}.old`, `${PLUGIN}.new`, "released", [], []],
    ]));
});

describe("is not seen in", () => {
  it.each<[string, readonly ResourceJson[]]>([
    ["another name", [gone("a", PLUGIN, plugin()), added("b", PLUGIN, plugin({ name: "Other" }))]],
    ["another port of a flow", [gone("a", FLOW, flow()), added("b", FLOW, flow({ port: 25 }))]],
    ["another type", [gone("a", PLUGIN, plugin()), added("b", RULE, rule({ name: plugin().name }))]],
    [
      "what would be replaced with `moved` as well",
      [
        gone("a", "outbound_alertops_inbound_integration", { name: "x", template_id: 1 }),
        added("b", "outbound_alertops_inbound_integration", { name: "x", template_id: 2 }),
      ],
    ],
    ["a replacement", [{ type: FLOW, before: flow(), after: flow(), actions: ["delete", "create"] }]],
    [
      "a replacement that creates first",
      [{ type: FLOW, before: flow(), after: flow(), actions: ["create", "delete"] }],
    ],
    [
      "one that is kept, and a second one of it",
      [{ type: FLOW, before: flow(), after: flow() }, added("b", FLOW, flow())],
    ],
    ["a move that is declared", [{ type: FLOW, before: flow(), after: flow(), extra: { previous_address: "x.y" } }]],
    [
      "what an interrupted replacement has left",
      [{ ...gone("a", PLUGIN, plugin()), extra: { deposed: "cafe" } }, added("b", PLUGIN, plugin())],
    ],
    [
      "what is imported",
      [gone("a", PLUGIN, plugin()), { type: PLUGIN, name: "b", after: plugin(), change: { importing: { id: "x" } } }],
    ],
    ["resources of others", [gone("a", "null_resource", { id: "1" }), added("b", "null_resource", {})]],
    [
      "test mails: each is one of its own",
      [gone("a", "outbound_test_email", { to: ["a@x.com"] }), added("b", "outbound_test_email", { to: ["a@x.com"] })],
    ],
    [
      "two wishes at once: one is renamed in place, and another takes its name",
      [{ type: PLUGIN, name: "a", before: plugin(), after: plugin({ name: "B" }) }, added("b", PLUGIN, plugin())],
    ],
    ["nothing but unknown values", [gone("a", WEBHOOK, webhook()), added("b", WEBHOOK, webhook(), ["id", "name"])]],
  ])("%s", (_, resources) => expect(found(resources)).toEqual({ renames: [], ambiguous: [] }));
});

describe("several of one type", () => {
  it("are told apart by what identifies them", () =>
    expect(
      pairs([
        gone("a", PLUGIN, plugin({ name: "A" })),
        gone("b", PLUGIN, plugin({ name: "B" })),
        added("y", PLUGIN, plugin({ name: "B" })),
        added("x", PLUGIN, plugin({ name: "A" })),
      ]).map(([from, to]) => [from, to]),
    ).toEqual([
      [`${PLUGIN}.a`, `${PLUGIN}.x`],
      [`${PLUGIN}.b`, `${PLUGIN}.y`],
    ]));

  it("twins are told apart by everything else", () =>
    expect(
      pairs([
        gone("a", WEBHOOK, webhook({ url: "https://a.example.com" })),
        gone("b", WEBHOOK, webhook({ url: "https://b.example.com" })),
        added("y", WEBHOOK, webhook({ url: "https://b.example.com" })),
        added("x", WEBHOOK, webhook({ url: "https://a.example.com" })),
      ]).map(([from, to]) => [from, to]),
    ).toEqual([
      [`${WEBHOOK}.a`, `${WEBHOOK}.x`],
      [`${WEBHOOK}.b`, `${WEBHOOK}.y`],
    ]));

  it("twins that are alike in everything are told apart by what they are called, as when a module moves", () => {
    const at = (module: string, json: ResourceJson) => ({
      ...json,
      address: `module.${module}.${json.type}.${json.name}`,
    });
    expect(
      pairs([
        at("old", gone("a", WEBHOOK, webhook())),
        at("old", gone("b", WEBHOOK, webhook())),
        at("new", added("a", WEBHOOK, webhook())),
        at("new", added("b", WEBHOOK, webhook())),
      ]).map(([from, to]) => [from, to]),
    ).toEqual([
      [`module.old.${WEBHOOK}.a`, `module.new.${WEBHOOK}.a`],
      [`module.old.${WEBHOOK}.b`, `module.new.${WEBHOOK}.b`],
    ]);
  });

  it.each<[string, readonly ResourceJson[], object]>([
    [
      "two that go and one that comes",
      [gone("a", PLUGIN, plugin()), gone("b", PLUGIN, plugin()), added("c", PLUGIN, plugin())],
      { type: PLUGIN, from: [`${PLUGIN}.a`, `${PLUGIN}.b`], to: [`${PLUGIN}.c`] },
    ],
    [
      "one that goes and two that come",
      [gone("a", WEBHOOK, webhook()), added("c", WEBHOOK, webhook()), added("b", WEBHOOK, webhook())],
      { type: WEBHOOK, from: [`${WEBHOOK}.a`], to: [`${WEBHOOK}.b`, `${WEBHOOK}.c`] },
    ],
  ])("%s are not paired, and said", (_, resources, ambiguous) =>
    expect(found(resources)).toEqual({ renames: [], ambiguous: [ambiguous] }),
  );

  it("many that are all alike are said once", () => {
    const many = Array.from({ length: 300 }, (_, index) => [
      gone(`a${index}`, WEBHOOK, webhook()),
      added(`b${index}`, WEBHOOK, webhook()),
    ]).flat();
    expect(found(many).ambiguous).toHaveLength(1);
  });
});

describe("what is not known yet", () => {
  const configuration = (resources: readonly object[]) => ({ configuration: { root_module: { resources } } });
  const level = (definition: string) => ({ id: `${definition}/1`, alert_definition_id: definition, level: 1 });

  it("leaves a doubt when the rest agrees", () =>
    expect(
      pairs([gone("a", LEVEL, level("d-1")), added("b", LEVEL, level("d-1"), ["id", "alert_definition_id"])]),
    ).toEqual([[`${LEVEL}.a`, `${LEVEL}.b`, "moved", [], [{ attribute: "alert_definition_id" }]]]));

  it("is known where it refers to what is renamed itself", () => {
    const refers = (name: string, to: string) => ({
      address: `${LEVEL}.${name}`,
      type: LEVEL,
      expressions: { alert_definition_id: { references: [`${DEFINITION}.${to}.id`, `${DEFINITION}.${to}`] } },
    });
    const plan = [
      gone("one", DEFINITION, { id: "d-1", name: "One" }),
      gone("two", DEFINITION, { id: "d-2", name: "Two" }),
      gone("first", LEVEL, level("d-1")),
      gone("second", LEVEL, level("d-2")),
      added("uno", DEFINITION, { name: "One" }),
      added("due", DEFINITION, { name: "Two" }),
      added("secondo", LEVEL, level("d-2"), ["id", "alert_definition_id"]),
      added("primo", LEVEL, level("d-1"), ["id", "alert_definition_id"]),
    ];
    const resources = [
      { address: `${DEFINITION}.uno`, type: DEFINITION },
      { address: `${DEFINITION}.due`, type: DEFINITION },
      refers("primo", "uno"),
      refers("secondo", "due"),
    ];
    expect(pairs(plan, configuration(resources)).filter(([from]) => String(from).startsWith(LEVEL))).toEqual([
      [`${LEVEL}.first`, `${LEVEL}.primo`, "moved", [], []],
      [`${LEVEL}.second`, `${LEVEL}.secondo`, "moved", [], []],
    ]);
  });

  it("leaves a doubt when there are several systems of the kind", () => {
    const outbound = { name: "outbound", full_name: "registry.terraform.io/cdktf-outbound/outbound" };
    const provider_config = { outbound, "outbound.b": outbound, null: { name: "null", full_name: "x/null" } };
    expect(
      pairs([gone("old", PLUGIN, plugin()), added("new", PLUGIN, plugin())], { configuration: { provider_config } }),
    ).toEqual([[`${PLUGIN}.old`, `${PLUGIN}.new`, "moved", [], [{ providers: 2 }]]]);
  });
});

describe("instances that move up", () => {
  const at = (index: number, before: string | null, after: string | null): ResourceJson => ({
    type: PLUGIN,
    address: `${PLUGIN}.x[${index}]`,
    before: before === null ? null : plugin({ id: before, name: before }),
    after: after === null ? null : plugin({ id: before, name: after }),
  });

  it("one more in front", () =>
    expect(pairs([at(0, "B", "A"), at(1, "C", "B"), at(2, null, "C")])).toEqual([
      [`${PLUGIN}.x[0]`, `${PLUGIN}.x[1]`, "shifted", [], []],
      [`${PLUGIN}.x[1]`, `${PLUGIN}.x[2]`, "shifted", [], []],
    ]));

  it("one less in front", () =>
    expect(pairs([at(0, "A", "B"), at(1, "B", "C"), at(2, "C", null)])).toEqual([
      [`${PLUGIN}.x[1]`, `${PLUGIN}.x[0]`, "shifted", [], []],
      [`${PLUGIN}.x[2]`, `${PLUGIN}.x[1]`, "shifted", [], []],
    ]));

  it("where each is replaced", () => {
    const flowAt = (index: number, before: string | null, after: string): ResourceJson => ({
      type: FLOW,
      address: `${FLOW}.x[${index}]`,
      before: before === null ? null : flow({ ip: before }),
      after: flow({ ip: after }),
      ...(before === null ? {} : { actions: ["delete", "create"] }),
    });
    expect(pairs([flowAt(0, "203.0.113.2", "203.0.113.1"), flowAt(1, null, "203.0.113.2")])).toEqual([
      [`${FLOW}.x[0]`, `${FLOW}.x[1]`, "shifted", [], []],
    ]);
  });
});
