import { toHtml, toJson, toJUnit, toMarkdown, toSarif } from "../../lib/review";
import { FLOW, flow, planJson, plugin, PLUGIN, resourceJson, rule, RULE } from "./support/plan-json";
import { reviewed } from "./support/reviewed";

/** One of its own for every place in which Terraform writes values down. With characters that every format escapes otherwise. */
const planted: string[] = [];
const secret = (place: string): string => {
  const value = `S3cr3t<${place}>&"'|\`-${planted.length}`;
  planted.push(value);
  return value;
};

const json = planJson(
  [
    {
      type: PLUGIN,
      before: { ...plugin(), password_wo: secret("schema, before"), api_token: secret("name, before") },
      after: {
        ...plugin(),
        password_wo: secret("schema, after"),
        api_token: secret("name, after"),
        extra: { nested: [{ deep: secret("map, after") }] },
      },
      change: {
        before_sensitive: {},
        after_sensitive: { extra: { nested: [{ deep: true }] } },
        importing: { id: "plugin-1" },
      },
    },
    {
      type: "other_thing",
      before: null,
      after: { everything: secret("whole object") },
      change: { after_sensitive: true },
    },
    {
      type: "aws_lambda",
      after: {
        environment: [{ name: "DB_PASSWORD", value: secret("name and value") }],
        vars: { MY_SECRET: secret("map key") },
      },
    },
    {
      type: RULE,
      before: rule(),
      after: rule({ name: "changed" }),
      change: { before_sensitive: { receivers: [true, false] } },
    },
    {
      type: FLOW,
      before: { ...flow(), private_key: `-----BEGIN KEY-----\n${secret("line of a key")}\n-----END KEY-----` },
    },
  ],
  {
    variables: {
      smtp_password: { value: secret("variable by name") },
      plain: { value: secret("variable marked") },
      object: { value: { token: secret("in an object") } },
    },
    planned_values: {
      outputs: { result: { sensitive: true, value: secret("planned output") } },
      root_module: {
        resources: [
          {
            address: "x.y",
            mode: "managed",
            type: "x",
            name: "y",
            values: { a: secret("planned value") },
            sensitive_values: { a: true },
          },
        ],
        child_modules: [
          {
            resources: [
              {
                address: "module.m.x.y",
                mode: "managed",
                type: "x",
                name: "y",
                values: { passphrase: secret("in a module") },
              },
            ],
          },
        ],
      },
    },
    prior_state: {
      values: {
        outputs: { was: { sensitive: true, value: secret("prior output") } },
        root_module: {
          resources: [
            {
              address: "data.x.y",
              mode: "data",
              type: "x",
              name: "y",
              values: { secret_string: secret("data source") },
              sensitive_values: {},
            },
          ],
        },
      },
    },
    output_changes: {
      url: {
        actions: ["update"],
        before: secret("output before"),
        after: secret("output after"),
        before_sensitive: true,
        after_sensitive: true,
      },
      admin_password: { actions: ["create"], before: null, after: secret("output by name"), after_sensitive: false },
    },
    resource_drift: [
      resourceJson({
        type: PLUGIN,
        before: { ...plugin(), webhook: secret("drift before") },
        after: { ...plugin(), webhook: secret("drift after") },
      }),
    ],
    configuration: {
      provider_config: {
        outbound: { name: "outbound", expressions: { vrops: { password: { constant_value: secret("provider") } } } },
      },
      root_module: {
        variables: { plain: { sensitive: true }, other: { sensitive: true, default: secret("default") } },
        resources: [
          {
            address: `${PLUGIN}.this`,
            type: PLUGIN,
            expressions: { password_wo: { constant_value: secret("literal in code") } },
          },
        ],
        module_calls: {
          m: {
            expressions: { token: { constant_value: secret("argument of a module") } },
            module: { variables: { v: { sensitive: true, default: secret("default in a module") } } },
          },
        },
      },
    },
  },
);

/** Every secret once more, in a place that nothing marks: as people do with descriptions. */
const everywhere = json.replace(
  '"description":"alert mail"',
  `"description":${JSON.stringify(`alert mail ${planted.join(" ")}`)}`,
);

it("the plan holds all of them, or this would prove nothing", () => {
  expect(planted.length).toBeGreaterThan(20);
  const text = JSON.stringify(JSON.parse(everywhere));
  for (const value of planted) expect(text).toContain(JSON.stringify(value).slice(1, -1));
});

it.each([
  ["Markdown", toMarkdown],
  ["JSON", toJson],
  ["HTML", toHtml],
  ["SARIF", (review: Parameters<typeof toHtml>[0]) => toSarif(review, { version: "1.0.0" })],
  ["JUnit", toJUnit],
])("no secret is in the %s, wherever Terraform has put it", (_, write) => {
  const text = write(reviewed(everywhere));
  expect(text).toContain("(sensitive)");
  // The word at the beginning has nothing that a format would escape.
  expect(text).not.toContain("S3cr3t");
});

it("where whole lists are secret, the review still says that they change", () => {
  const kinds = [{ adapter_kind: "VMWARE", resource_kind: "Datastore" }];
  const change = {
    before_sensitive: { receivers: true, resource_kinds: true },
    after_sensitive: { receivers: true, resource_kinds: true },
  };
  const before = rule({ resource_kinds: kinds });
  const review = reviewed(
    planJson([{ type: RULE, before, after: rule({ receivers: ["new@example.com"], resource_kinds: kinds }), change }]),
  );
  expect(review.changes[0]?.lines).toContain("!   receivers, in what is (sensitive)");
  expect(review.receivers.map(({ about, after }) => [about, after])).toEqual([
    ["(sensitive)", ["(sensitive)"]],
    ["(sensitive)", ["(sensitive)"]],
  ]);
  expect(toJson(review)).not.toMatch(/example\.com|Datastore/);
});

it("a receiver that is marked secret is not told, and the change is", () => {
  const review = reviewed(everywhere);
  expect(toMarkdown(review)).not.toContain("boss@example.com");
});
