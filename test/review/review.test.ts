import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMMENT_LIMIT, readHeader, toHtml, toJson, toJUnit, toMarkdown, toSarif, type Review } from "../../lib/review";
import type { Binding } from "../../lib/plan";
import {
  FLOW,
  flow,
  kept,
  planJson,
  plugin,
  PLUGIN,
  resourceJson,
  rule,
  RULE,
  test as testMail,
  TEST,
} from "./support/plan-json";
import { CONFIGURATION, reviewed } from "./support/reviewed";

/** Closes a flow, drops a receiver, weakens TLS; somebody has also changed a description by hand. */
const weaker = planJson(
  [
    { type: FLOW, name: "smtp", before: flow(), extra: { action_reason: "delete_because_no_resource_config" } },
    { type: PLUGIN, name: "smtp", before: plugin(), after: plugin({ security: "none", username: null }) },
    { type: RULE, name: "critical", before: rule(), after: rule({ receivers: ["oncall@example.com"] }) },
    {
      type: TEST,
      name: "chain",
      before: testMail(),
      after: testMail({ declared_flows: [], security: "none" }),
      actions: ["delete", "create"],
      change: { replace_paths: [["security"]] },
    },
  ],
  {
    resource_drift: [
      resourceJson({ type: FLOW, name: "smtp", before: flow(), after: flow({ description: "do not touch" }) }),
    ],
  },
);

const policy = {
  version: 1 as const,
  options: { allowedDomains: ["example.com"] },
  acknowledgements: [
    {
      rule: "authentication-required",
      reason: "Relay in the same rack, until MAIL-42 is done",
      path: "production/alerts",
      addresses: [`${PLUGIN}.smtp`],
    },
  ],
};

const bound = (kind: Binding["kind"], name: string, ...lines: string[]): Binding => ({
  kind,
  name,
  digest: `sha256:${name.length}`,
  lines,
});

/** What a stack has that does more than its resources say. */
const BINDINGS = [
  bound("provisioner", "null_resource.hook: local-exec", 'command = "make <hook> | tee `log`"'),
  bound("command-line", "TF_CLI_ARGS_apply", 'TF_CLI_ARGS_apply = "-parallelism=1"'),
  bound("provider", "provider outbound", 'vrops.url = "https://vrops.example.com"'),
  bound("endpoint", "OVH_ENDPOINT", 'OVH_ENDPOINT = "ovh-eu"'),
  bound("backend", "backend s3", 'bucket = "alerts"'),
  bound("lock", "registry.terraform.io/hashicorp/null 3.2.4"),
  CONFIGURATION,
  bound("file", "modules/m/main.tf"),
  bound("file", "modules/n/main.tf"),
];
const COMMIT = "c0ffee".repeat(6) + "c0ff";

const WRITERS: readonly [string, (review: Review) => string][] = [
  ["md", toMarkdown],
  ["json", toJson],
  ["html", toHtml],
  ["sarif", (review) => toSarif(review, { version: "0.0.0", artifact: "cdktf.out/stacks/production/cdk.tf.json" })],
  ["junit.xml", toJUnit],
];

describe("the outputs are as somebody has looked at them", () => {
  // Written anew with UPDATE_GOLDEN=1; then read the difference before committing it.
  it.each(WRITERS)("weaker.%s", (extension, write) => {
    const file = join(__dirname, "golden", `weaker.${extension}`);
    const text = write(reviewed(weaker, policy, "production", { bindings: BINDINGS, commit: COMMIT }));
    if (process.env["UPDATE_GOLDEN"] === "1" || !existsSync(file)) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, "utf8"));
  });

  it("and SARIF and JSON can be parsed", () => {
    const review = reviewed(weaker, policy);
    expect(JSON.parse(toSarif(review, { version: "1.0.0" }))).toMatchObject({ version: "2.1.0" });
    expect(JSON.parse(toJson(review))).toMatchObject({ format: "outbound-review/1", hash: review.hash });
  });
});

it("tells first what no rule can judge, then what stops, and in one order", () => {
  const text = toMarkdown(reviewed(weaker, policy, "production", { bindings: BINDINGS }));
  const order = [
    "<!-- outbound-review",
    "## ⛔ production: stops alerts",
    "What no rule can judge",
    "Whom it talks to",
    "What this change stops",
    "### Reachability",
    "### Who receives what",
    "### Changes",
    "Changed outside of Terraform",
    "### Policy",
    "All differences",
    "### Next",
  ];
  const places = order.map((heading) => text.indexOf(heading));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

it("the same plan gives the same bytes, in whatever order it lists things", () => {
  const json = JSON.parse(weaker) as { resource_changes: unknown[] };
  const turned = JSON.stringify({ ...json, resource_changes: [...json.resource_changes].reverse() });
  for (const [, write] of WRITERS) expect(write(reviewed(turned, policy))).toBe(write(reviewed(weaker, policy)));
});

it("an acknowledged finding stays visible with its reason and counts no more", () => {
  const review = reviewed(weaker, policy);
  for (const [, write] of WRITERS) expect(write(review)).toContain("until MAIL-42 is done");
  expect(JSON.parse(toSarif(review, { version: "1" }))).toMatchObject({
    runs: [
      {
        results: expect.arrayContaining([
          expect.objectContaining({
            suppressions: [{ kind: "external", justification: "Relay in the same rack, until MAIL-42 is done" }],
          }),
        ]),
      },
    ],
  });
});

it("an empty plan says so and offers nothing to apply", () => {
  const review = reviewed(planJson([kept(FLOW, flow())]));
  expect(review.verdict.status).toBe("no-changes");
  expect(toMarkdown(review)).toContain("There is nothing to apply");
  expect(toMarkdown(review)).not.toContain("apply-reviewed");
});

describe("the hidden header", () => {
  it("is found again, whatever the stack is called", () => {
    for (const stack of ["prod", "a-->b", 'c"d', "--", "e\\u002df"]) {
      const review = reviewed(weaker, policy, stack);
      const text = toMarkdown(review);
      const { hash } = review;
      const known = { truncated: false, status: "stops-alerts", commit: null, uncommitted: false, boundTo: "stack" };
      expect(readHeader(text)).toEqual({ stack, hash, ...known });
      expect(text.split("\n")[0]!.match(/-->/g)).toHaveLength(1);
      expect(text.split("\n")[0]!.slice(4, -3)).not.toContain("--");
    }
  });

  it("is not seen where there is none, or a broken one", () => {
    expect(readHeader("# a comment")).toBeUndefined();
    expect(readHeader("<!-- outbound-review {broken} -->")).toBeUndefined();
    expect(readHeader('<!-- outbound-review {"stack":1} -->')).toBeUndefined();
  });
});

describe("a plan of 1,000 resources", () => {
  const many = Array.from({ length: 500 }, (_, index) => [
    {
      type: PLUGIN,
      address: `${PLUGIN}.smtp["site ${index}"]`,
      before: plugin({ id: `p${index}`, name: `Site ${index}` }),
      after: plugin({ id: `p${index}`, name: `Site ${index}`, security: "none" }),
    },
    {
      type: RULE,
      address: `${RULE}.all["site ${index}"]`,
      before: rule({ plugin_id: `p${index}`, name: `Rule ${index}`, receivers: [`a${index}@example.com`] }),
      after: rule({
        plugin_id: `p${index}`,
        name: `Rule ${index}`,
        receivers: [`b${index}@example.com`, "émile@example.com"],
      }),
    },
  ]).flat();
  const json = planJson(many);

  // How long it takes is the benchmark's business: a busy machine decides it here.
  it("is reviewed in every format", () => {
    const review = reviewed(json);
    for (const [, write] of WRITERS) expect(write(review)).not.toBe("");
  });

  it("fits into a comment with head and tail, and says what is left out", () => {
    const text = toMarkdown(reviewed(json));
    expect(Buffer.byteLength(text)).toBeLessThan(COMMENT_LIMIT);
    expect(readHeader(text)?.truncated).toBe(true);
    expect(text).toMatch(/\d+ of \d+ lines are left out/);
    expect(text).toContain('! outbound_vrops_email_plugin.smtp["site 0"]');
    expect(text).toContain('! outbound_vrops_notification_rule.all["site 99"]');
    expect(text).toContain("apply-reviewed production --hash sha256:");
    // What is opened is closed again, however much is cut.
    expect(text.match(/<details/g)).toHaveLength(text.match(/<\/details>/g)!.length);
    expect(text.match(/^`{3,}/gm)!.length % 2).toBe(0);
  });

  it("has everything in the page", () => {
    expect(toHtml(reviewed(json))).toContain("site 250");
  });
});

describe("texts of the plan do no harm", () => {
  const evil = '```\n</details><script>alert(1)</script> @everyone | [x](javascript:1) "--> & \u0000';
  const json = planJson([
    { type: PLUGIN, before: plugin(), after: plugin({ description: evil, name: evil }) },
    { type: RULE, before: rule(), after: rule({ receivers: [evil] }) },
  ]);

  it("in Markdown no fence, table or comment is left, and nobody is called", () => {
    const text = toMarkdown(reviewed(json));
    const [, fence] = /^(`{4,})diff$/m.exec(text)!;
    expect(text.split("\n").filter((line) => line === fence)).toHaveLength(1);
    const outside = text.replace(/^(`{3,})[\s\S]*?^\1$/gm, "");
    expect(outside).not.toContain("<script>");
    expect(outside).not.toMatch(/(^|\s)@everyone/);
  });

  it("in HTML and XML they are text", () => {
    const review = reviewed(json);
    expect(toHtml(review)).not.toContain("<script>");
    expect(toJUnit(review)).not.toContain("<script>");
    expect(toJUnit(review)).not.toMatch(/\u0000/);
  });
});
