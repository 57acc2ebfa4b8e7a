import { ProblemError } from "../../lib/core/problem";
import { Redactor } from "../../lib/core/redaction";
import { changes, readPlan } from "../../lib/plan";
import { resourceSchemas } from "../../lib/topology";
import { flow, FLOW, planJson, plugin, PLUGIN, resourceJson, rule, RULE } from "../review/support/plan-json";

const SYSTEM_MAIL = "outbound_uipath_system_mail";

const read = (text: string) => readPlan(text, { source: "plan.json", schemas: resourceSchemas() });

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problems[0]!.code}: ${error.problems[0]!.got ?? ""}`;
    throw error;
  }
  return "accepted";
}

describe("what is no plan is refused by name", () => {
  const whole = planJson([{ type: FLOW, after: flow() }]);

  it.each([
    ["text", "Terraform will perform the following actions", "plan/not-json"],
    ["nothing", "", "plan/truncated"],
    ["a number", "7", "plan/not-a-plan: number"],
    ["a list", "[]", "plan/not-a-plan: a list"],
    ["an empty object", "{}", "plan/not-a-plan: an empty object"],
    ["half a plan", whole.slice(0, whole.length / 2), "plan/truncated"],
    ["a plan without its last brace", whole.slice(0, -1), "plan/truncated"],
    ["a state file", '{"version":4,"resources":[],"lineage":"x"}', "a state file"],
    ["the JSON of a state", '{"format_version":"1.0","values":{}}', "the JSON of a state"],
    ["a stack", '{"resource":{},"terraform":{}}', "a configuration"],
    ["a manifest", '{"stacks":{}}', "the manifest"],
    ["one line of a log", '{"@level":"info"}', "the log of"],
    ["a newer major format", '{"format_version":"2.0","resource_changes":[]}', "plan/newer-format: format version 2.0"],
    ["no version number", '{"format_version":"new","resource_changes":[]}', "plan/not-a-plan"],
    ["a plan that met an error", planJson([], { errored: true }), "plan/errored"],
    [
      "changes of another shape",
      '{"format_version":"1.2","resource_changes":{}}',
      "resource_changes is not as in a plan",
    ],
  ])("%s", (_, text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  it("warnings about the configuration of the command line are no part of the plan that follows", () => {
    const warnings = "\nWarning: Unable to open CLI configuration file\n\nThe file {x} does not exist.\n\n";
    expect(refusal(`${warnings}${whole}`)).toBe("accepted");
    expect(refusal(`${warnings}${whole.slice(0, -1)}`)).toContain("plan/truncated");
    expect(refusal(`${warnings}no plan`)).toContain("plan/not-json");
  });

  it("and what stands around a mistake is not quoted: it may be a secret", () => {
    expect(refusal('{"format_version":"1.2","password":"hunter2-hunter2"; }')).not.toContain("hunter2");
  });

  it("a newer minor format, with fields nobody knows yet, is read", () => {
    expect(refusal(planJson([], { format_version: "1.99", new_things: [1] }))).toBe("accepted");
  });
});

describe("verbs", () => {
  const verb = (json: Parameters<typeof resourceJson>[0]) => read(planJson([json])).resources[0]?.verb;

  it.each([
    ["create", { after: flow() }],
    ["delete", { before: flow() }],
    ["update", { before: flow(), after: flow({ description: "other" }) }],
    ["replace", { before: flow(), after: flow(), actions: ["delete", "create"] }],
    ["replace", { before: flow(), after: flow(), actions: ["create", "delete"] }],
    ["forget", { before: flow(), actions: ["forget"] }],
    ["none", { before: flow(), after: flow() }],
    ["import", { before: flow(), after: flow(), change: { importing: { id: "x/1" } } }],
    ["update", { before: flow(), after: flow({ port: 25 }), change: { importing: { id: "x/1" } } }],
    ["move", { before: flow(), after: flow(), extra: { previous_address: "outbound_ovh_vrops_flow.old" } }],
  ])("%s", (expected, json) => {
    expect(verb({ type: FLOW, ...json })).toBe(expected);
  });

  it("what does not change is known but is no change, and data sources are apart", () => {
    const data = { ...resourceJson({ type: "outbound_ovh_vrops", actions: ["read"], after: {} }), mode: "data" };
    const plan = read(
      planJson([{ type: FLOW, before: flow(), after: flow() }], {}).replace(
        '"resource_changes":[',
        `"resource_changes":[${JSON.stringify(data)},`,
      ),
    );
    expect(plan.resources).toHaveLength(1);
    expect(changes(plan)).toEqual([]);
    expect(plan.data.map(({ verb }) => verb)).toEqual(["read"]);
  });
});

it("drift stands apart from changes, and what is only looked at again is no drift", () => {
  const drift = [
    resourceJson({ type: FLOW, before: flow() }),
    resourceJson({ type: PLUGIN, before: plugin(), after: plugin() }),
  ];
  const plan = read(planJson([{ type: FLOW, after: flow() }], { resource_drift: drift }));
  expect(plan.drift.map(({ address, verb }) => `${verb} ${address}`)).toEqual(["delete outbound_ovh_vrops_flow.this"]);
  expect(changes(plan).map(({ verb }) => verb)).toEqual(["create"]);
});

it("unknown values are absent, and references tell what they will be", () => {
  const { plugin_id: _, ...after } = rule();
  const plan = read(
    planJson([{ type: RULE, after, change: { after_unknown: { plugin_id: true, receivers: [false, true] } } }], {
      configuration: {
        root_module: {
          resources: [
            { address: "outbound_vrops_email_plugin.smtp", type: PLUGIN },
            {
              address: "ephemeral.outbound_x.url",
              type: "outbound_x",
              expressions: { id: { references: ["outbound_vrops_email_plugin.smtp.id"] } },
            },
            {
              address: `${RULE}.this`,
              type: RULE,
              expressions: {
                plugin_id: { references: ["outbound_vrops_email_plugin.smtp.id", "outbound_vrops_email_plugin.smtp"] },
                name: { references: ["ephemeral.outbound_x.url.id", "var.name"] },
              },
            },
          ],
        },
      },
    }),
  );
  const [resource] = plan.resources;
  expect(resource?.after).not.toHaveProperty("plugin_id");
  expect(resource?.after?.["receivers"]).toEqual(["boss@example.com", "(known after apply)"]);
  expect(resource?.unknown).toEqual(["plugin_id", "receivers[1]"]);
  expect(resource?.references["plugin_id"]).toEqual(["outbound_vrops_email_plugin.smtp"]);
  expect(resource?.references["name"]).toEqual(["outbound_vrops_email_plugin.smtp"]);
});

describe("the hash", () => {
  const change = { type: PLUGIN, before: plugin(), after: plugin({ smtp_port: 25 }) };
  const hash = (json: string) => read(json).hash;

  it("is the same for the same plan, whenever it was made and whatever else stands in it", () => {
    const other = planJson([kept(), change], { timestamp: "2030-01-01T00:00:00Z", terraform_version: "1.12.0" });
    expect(hash(planJson([change, kept()]))).toBe(hash(other));
  });

  it.each([
    ["a value", planJson([{ ...change, after: plugin({ smtp_port: 465 }) }])],
    ["a verb", planJson([{ ...change, actions: ["delete", "create"] }])],
    ["an address", planJson([{ ...change, name: "other" }])],
    ["one resource more", planJson([change, { type: FLOW, after: flow() }])],
    ["what is replaced first", planJson([{ ...change, before: plugin({ smtp_port: 2525 }) }])],
    ["an output", planJson([change], { output_changes: { x: { actions: ["create"], before: null, after: 1 } } })],
    ["a secret that changes", planJson([{ ...change, after: plugin({ smtp_port: 25, password_wo: "n" }) }])],
  ])("is another with another: %s", (_, json) => {
    expect(hash(json)).not.toBe(hash(planJson([change])));
  });

  function kept() {
    return { type: FLOW, before: flow(), after: flow() };
  }
});

describe("versions made of digests", () => {
  // JavaScript's own numbers cannot tell these two apart.
  const [was, is] = ["203447316518928441", "203447316518928442"];
  const plan = (after: string) =>
    planJson([
      { type: PLUGIN, before: plugin({ password_wo_version: "WAS" }), after: plugin({ password_wo_version: "IS" }) },
    ])
      .replace('"WAS"', was)
      .replace('"IS"', after);

  it("count as a change by their last digit, in the hash too", () => {
    expect(read(plan(is)).resources[0]).toMatchObject({
      before: { password_wo_version: was },
      after: { password_wo_version: is },
      changed: ["password_wo_version"],
    });
    expect(read(plan(is)).hash).not.toBe(read(plan("203447316518928443")).hash);
  });

  it("move no mistake to another place", () => {
    const broken = plan(is).replace(/\}$/, "?");
    const place = broken.lastIndexOf("?");
    expect(() => read(broken)).toThrow(String(place));
  });
});

describe("secrets", () => {
  it("are masked where the plan marks them, where the schema does and where the name does", () => {
    const after = {
      ...plugin({ password_wo: "schema-secret" }),
      token: "name-secret",
      description: "marked-secret",
      headers: [{ name: "Authorization", value: "header-secret" }],
      config: { "Web Hook Password": "key-secret", port: 25 },
      smtp_token_version: 3,
      nothing_secret: null,
    };
    const plan = read(planJson([{ type: PLUGIN, after, change: { after_sensitive: { description: true } } }]));
    expect(plan.resources[0]?.after).toMatchObject({
      password_wo: "(sensitive)",
      token: "(sensitive)",
      description: "(sensitive)",
      headers: [{ name: "Authorization", value: "(sensitive)" }],
      config: { "Web Hook Password": "(sensitive)", port: 25 },
      smtp_token_version: 3,
      nothing_secret: null,
    });
  });

  it.each(["sensitive", "writeOnly"])("are masked where only the schema says %s, also deep in it", (mark) => {
    const attribute = (more: object) => ({
      presence: "optional" as const,
      type: "string" as const,
      description: "",
      ...more,
    });
    const nested = { nesting: "list" as const, attributes: { inner: attribute({ [mark]: true }) } };
    const attributes = { outer: attribute({ [mark]: true }), block: { ...attribute({}), type: null, nested } };
    const schema = { type: "x_y", description: "", attributes };
    const json = planJson([
      { type: "x_y", after: { outer: "one-one", block: [{ inner: "two-two" }], plain: "three" } },
    ]);
    const [resource] = readPlan(json, { source: "x", schemas: new Map([["x_y", schema]]) }).resources;
    expect(resource?.after).toEqual({ outer: "(sensitive)", block: [{ inner: "(sensitive)" }], plain: "three" });
  });

  it("are known in places that do not mark them, once any place does, and stay as they are until they are shown", () => {
    const json = planJson(
      [{ type: FLOW, before: flow(), after: flow({ description: "uses hunter2-hunter2 inside" }) }],
      {
        variables: { smtp: { value: "hunter2-hunter2" } },
        configuration: { root_module: { variables: { smtp: { sensitive: true } } } },
      },
    );
    const { resources, redactor } = read(json);
    expect(resources[0]?.after?.["description"]).toBe("uses hunter2-hunter2 inside");
    expect(redactor.redact(JSON.stringify(resources))).not.toContain("hunter2");
  });

  it("are known by what a schema declares, not by what its computed values are keyed by", () => {
    const settings = {
      id: "organization/3f0f",
      scope: "organization",
      password_wo: null,
      origin: { password: "organization", host: "organization" },
    };
    const json = planJson([{ type: SYSTEM_MAIL, before: settings, after: settings }], {
      prior_state: {
        values: {
          root_module: {
            resources: [
              { address: `${SYSTEM_MAIL}.this`, mode: "managed", type: SYSTEM_MAIL, name: "this", values: settings },
            ],
          },
        },
      },
    });
    const { resources, redactor } = read(json);
    expect(resources[0]?.before).toEqual(settings);
    expect(redactor.redact("organization/3f0f")).toBe("organization/3f0f");
  });

  it("in a map that the user keys, a name still tells", () => {
    const config_values = { API_TOKEN: "key-of-the-user", port: "25" };
    const { resources, redactor } = read(planJson([{ type: "outbound_vrops_plugin", after: { config_values } }]));
    expect(resources[0]?.after).toEqual({ config_values: { API_TOKEN: "(sensitive)", port: "25" } });
    expect(redactor.redact("key-of-the-user")).toBe("(redacted)");
  });

  it.each<[string, unknown, string]>([
    ["webhook_name", "ops", "the ops team"],
    ["webhook_id", "4711-ab", "webhook 4711-ab"],
    ["token_type", "opaque", "an opaque token"],
    ["secret_backend", "vault", "from the vault"],
    ["api_token_enabled", "true", "true or false"],
    ["smtp_credentials", { host: "smtp.example.com", username: "alerts" }, "alerts at smtp.example.com"],
    ["smtp_password_switches", { ssl: "true", port: "2525" }, "true on 2525"],
  ])("what only stands around a secret (%s) is no secret", (name, value, text) => {
    const { redactor } = read(planJson([], { variables: { [name]: { value } } }));
    expect(redactor.redact(text)).toBe(text);
  });

  it("what a command has learnt before is masked, and does not change the hash", () => {
    const json = planJson([{ type: FLOW, before: flow(), after: flow({ description: "relay of hall 7" }) }]);
    const redactor = new Redactor();
    redactor.add("relay of hall 7");
    const plan = readPlan(json, { source: "x", redactor });
    expect(plan.hash).toBe(readPlan(json, { source: "x" }).hash);
    expect(plan.redactor.redact("the relay of hall 7")).toBe("the (redacted)");
  });

  it("a secret that changes is a change, although both sides look the same", () => {
    const json = planJson([{ type: "x_y", before: { secret: "one-one" }, after: { secret: "two-two" } }]);
    expect(read(json).resources[0]).toMatchObject({
      changed: ["secret"],
      before: { secret: "(sensitive)" },
      after: { secret: "(sensitive)" },
    });
  });
});
