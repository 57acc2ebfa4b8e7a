import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bindingsOf, boundHash, readPlan, type Binding, type Plan } from "../../lib/plan";

/** The attack: the same planned changes, and something else beside them that decides what the apply does. */

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "bindings-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const PLAN = { format_version: "1.2", resource_changes: [] as unknown[], variables: {} as object };

const planWith = (more: object = {}): Plan => readPlan(JSON.stringify({ ...PLAN, ...more }), { source: "plan.json" });

const CONFIGURATION = {
  "//": { metadata: { version: "0.21.0" } },
  terraform: {
    backend: { local: { path: "ROOT/terraform.alerting.tfstate" } },
    required_providers: { outbound: { source: "cdktf-outbound/outbound", version: "0.1.0" } },
  },
  provider: { outbound: [{ vrops: { url: "https://vrops.example", password: "hunter2hunter2" } }] },
  resource: {
    null_resource: { hook: { triggers: { a: "1" }, "//": { metadata: { path: "alerting/hook" } } } },
    outbound_vrops_email_plugin: {
      plugin: { name: "SMTP", password_wo: "${var.smtp_password}", password_wo_version: 1 },
    },
  },
};
type Configuration = typeof CONFIGURATION & Record<string, unknown>;

function write(folder: string, change: (configuration: Configuration) => void = () => undefined, files: object = {}) {
  const project = join(root, folder);
  const directory = join(project, "cdktf.out/stacks/alerting");
  const text = JSON.stringify(CONFIGURATION).replaceAll("ROOT", project);
  const configuration = JSON.parse(text) as Configuration;
  change(configuration);
  const all = { "cdk.tf.json": JSON.stringify(configuration), ...files };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return { project, stack: { name: "alerting", directory, file: join(directory, "cdk.tf.json") } };
}

interface Looked {
  readonly hash: string;
  readonly bindings: readonly Binding[];
}

function look(
  written: ReturnType<typeof write>,
  environment: Record<string, string> = {},
  plan: Plan = planWith(),
): Looked {
  const bindings = bindingsOf(plan, written.stack, {
    environment: { HOME: root, ...environment },
    workingDirectory: written.project,
    endpoints: environment["VROPS_URL"] === undefined ? [] : [{ name: "VROPS_URL", value: environment["VROPS_URL"] }],
  });
  return { hash: boundHash(plan, bindings), bindings };
}

const LOCK = (hash: string) => `provider "registry.terraform.io/hashicorp/null" {
  version = "3.2.4"
  hashes = [
    "h1:${hash}",
  ]
}
`;

describe("what nobody reviewed changes the hash, and is told by name", () => {
  it.each<[string, (c: Configuration) => void, object, string]>([
    [
      "a command that a provisioner runs",
      (c) =>
        Object.assign(c.resource.null_resource.hook, { provisioner: [{ "local-exec": { command: "curl evil" } }] }),
      {},
      "null_resource.hook: local-exec",
    ],
    [
      "a connection",
      (c) => Object.assign(c.resource.null_resource.hook, { connection: { host: "203.0.113.9" } }),
      {},
      "null_resource.hook: connection",
    ],
    ["another system", (c) => (c.provider.outbound[0]!.vrops.url = "https://evil.example"), {}, "provider outbound"],
    [
      "another backend",
      (c) => (c.terraform.backend = { http: { address: "https://evil.example" } } as never),
      {},
      "backend http",
    ],
    [
      "another variable for a secret",
      (c) => (c.resource.outbound_vrops_email_plugin.plugin.password_wo = "${var.other}"),
      {},
      "configuration",
    ],
    [
      "a condition that is gone",
      (c) => Object.assign(c.resource.null_resource.hook, { lifecycle: { precondition: [{ condition: "${true}" }] } }),
      {},
      "configuration",
    ],
    [
      "a check",
      (c) => Object.assign(c, { check: { c: { assert: [{ condition: "${false}" }] } } }),
      {},
      "configuration",
    ],
    [
      "another version of a provider",
      (c) => (c.terraform.required_providers.outbound.version = "9.9.9"),
      {},
      "configuration",
    ],
    ["an override beside the stack", () => undefined, { "x_override.tf": 'provider "outbound" {}' }, "x_override.tf"],
    ["a module", () => undefined, { "modules/m/main.tf": "# changed" }, "modules/m/main.tf"],
    ["a file with variables", () => undefined, { "terraform.tfvars": 'a = "b"' }, "terraform.tfvars"],
    [
      "another lock",
      () => undefined,
      { ".terraform.lock.hcl": LOCK("x") },
      "registry.terraform.io/hashicorp/null 3.2.4",
    ],
    [
      "another executable of a provider",
      () => undefined,
      { "terraform.d/plugins/r/n/outbound/0.1.0/linux_amd64/terraform-provider-outbound_v0.1.0": "#!/bin/sh\nevil" },
      "r/n/outbound/0.1.0/linux_amd64/terraform-provider-outbound_v0.1.0",
    ],
    [
      "a backend that was given at init",
      () => undefined,
      { ".terraform/terraform.tfstate": JSON.stringify({ backend: { type: "s3", config: { bucket: "evil" } } }) },
      "backend s3",
    ],
  ])("%s", (_what, change, files, name) => {
    const before = look(write("a"));
    const after = look(write("b", change, files));
    expect(after.hash).not.toBe(before.hash);
    const known = new Map(before.bindings.map((one) => [one.name, one.digest]));
    expect(after.bindings.filter((one) => known.get(one.name) !== one.digest).map((one) => one.name)).toContain(name);
  });

  it.each<[string, Record<string, string>, string]>([
    ["another system, from the environment", { VROPS_URL: "https://evil.example" }, "VROPS_URL"],
    ["options for terraform", { TF_CLI_ARGS_apply: "-var=x=y" }, "TF_CLI_ARGS_apply"],
    ["another workspace", { TF_WORKSPACE: "other" }, "TF_WORKSPACE"],
    ["a provider that somebody else has started", { TF_REATTACH_PROVIDERS: "{}" }, "TF_REATTACH_PROVIDERS"],
  ])("%s", (_what, environment, name) => {
    const written = write("a");
    const after = look(written, environment);
    expect(after.hash).not.toBe(look(written).hash);
    expect(after.bindings.map((one) => one.name)).toContain(name);
  });

  it("a provider from a developer's folder", () => {
    const written = write("a");
    const before = look(written);
    writeFileSync(join(root, ".terraformrc"), "provider_installation {\n  dev_overrides {}\n}\n");
    expect(look(written).hash).not.toBe(before.hash);
  });

  it("another value of a variable", () => {
    const written = write("a");
    const hashOf = (value: string) => look(written, {}, planWith({ variables: { url: { value } } })).hash;
    expect(hashOf("https://a.example")).not.toBe(hashOf("https://b.example"));
  });

  it("a link counts by where it leads, and what it leads to is not read", () => {
    const written = write("a");
    const target = join(root, "outside");
    writeFileSync(target, "one");
    symlinkSync(target, join(written.stack.directory, "link.tf"));
    const before = look(written);
    writeFileSync(target, "two");
    expect(look(written).hash).toBe(before.hash);
    rmSync(join(written.stack.directory, "link.tf"));
    symlinkSync("/elsewhere", join(written.stack.directory, "link.tf"));
    expect(look(written).hash).not.toBe(before.hash);
  });
});

describe("actions that the apply invokes", () => {
  const proof = {
    address: "action.outbound_send_test_email.proof",
    type: "outbound_send_test_email",
    name: "proof",
    config_values: { from_name: null, smtp_port: 587, to: ["oncall@example.com"], username: "relay-user-9" },
    config_sensitive: { to: [false], username: true },
    config_unknown: { subject: true, to: [false] },
    lifecycle_action_trigger: {
      triggering_resource_address: "outbound_ovh_vrops_flow.relay",
      action_trigger_event: "AfterCreate",
      action_trigger_block_index: 0,
      actions_list_index: 0,
      on_failure: "ActionOnFailureHalt",
    },
  };
  const invoking = (...action_invocations: object[]) => look(write("a"), {}, planWith({ action_invocations }));
  const shown = ({ bindings }: Looked) =>
    bindings.filter(({ kind }) => kind === "action").map(({ name, lines }) => [name, ...lines]);
  const trigger = (change: object) => ({
    ...proof,
    lifecycle_action_trigger: { ...proof.lifecycle_action_trigger, ...change },
  });

  it("are told with what starts them and what they do, without secrets", () => {
    const looked = invoking(proof);
    expect(shown(looked)).toEqual([
      [
        "action.outbound_send_test_email.proof after create of outbound_ovh_vrops_flow.relay",
        "smtp_port = 587",
        'to = ["oncall@example.com"]',
        'username = "(sensitive)"',
        "subject = (known after apply)",
      ],
    ]);
    expect(JSON.stringify(looked)).not.toContain("relay-user-9");
  });

  it("are told as Terraform 1.14 writes them, and by hand", () => {
    const { on_failure: _, ...older } = proof.lifecycle_action_trigger;
    const byHand = { address: "action.local_command.x", invoke_action_trigger: {} };
    expect(shown(invoking({ ...proof, lifecycle_action_trigger: older }, byHand)).map(([name]) => name)).toEqual([
      "action.local_command.x on request",
      "action.outbound_send_test_email.proof after create of outbound_ovh_vrops_flow.relay",
    ]);
  });

  it("say that a failure does not stop the apply", () => {
    expect(shown(invoking(trigger({ on_failure: "ActionOnFailureContinue" })))[0]).toContain("on_failure = continue");
  });

  it.each<[string, object]>([
    ["another action", { ...proof, address: "action.local_command.evil" }],
    ["other settings", { ...proof, config_values: { ...proof.config_values, to: ["evil@example.com"] } }],
    ["a setting that nobody knows yet", { ...proof, config_unknown: { subject: true, to: true } }],
    ["another start", trigger({ action_trigger_event: "BeforeUpdate" })],
    ["a failure that is passed over", trigger({ on_failure: "ActionOnFailureContinue" })],
  ])("%s changes the hash", (_what, other) => {
    expect(invoking(other).hash).not.toBe(invoking(proof).hash);
  });

  it("the value of a secret is no part of the hash", () => {
    const other = { ...proof, config_values: { ...proof.config_values, username: "relay-user-10" } };
    expect(invoking(other).hash).toBe(invoking(proof).hash);
  });
});

describe("what only the plan tells: modules, HCL, overrides", () => {
  const REMOTE = {
    address: "null_resource.t",
    mode: "managed",
    type: "null_resource",
    provisioners: [
      {
        type: "local-exec",
        expressions: {
          command: { references: ["path.module", "var.x.y", "var.x"] },
          environment: { constant_value: { API_TOKEN: "tok-tok-tok-tok", LEVEL: "1" } },
        },
      },
      { type: "remote-exec", expressions: { inline: { constant_value: ["a", "b"] } } },
    ],
  };
  const configuration = {
    provider_config: {
      outbound: { name: "outbound", expressions: { vrops: { constant_value: { url: "https://other.example" } } } },
      null: { name: "null" },
      "module.m:outbound": {
        name: "outbound",
        alias: "second",
        module_address: "module.m",
        expressions: { vrops: { references: ["var.smtp_password"] } },
      },
    },
    root_module: {
      resources: [
        { address: "null_resource.hook", mode: "managed", type: "null_resource" },
        {
          address: "data.external.e",
          mode: "data",
          type: "external",
          expressions: { program: { constant_value: ["sh", "-c", "evil"] } },
        },
      ],
      module_calls: { m: { module: { resources: [REMOTE] } } },
    },
  };
  const plan = planWith({ configuration });
  const shown = ({ bindings }: Looked) =>
    bindings
      .filter(({ kind }) => kind === "provisioner" || kind === "provider")
      .map(({ name, lines }) => [name, ...lines]);

  it("provisioners, programs and providers of modules stand beside what the configuration says itself", () => {
    const looked = look(write("a"), {}, plan);
    expect(shown(looked)).toEqual([
      ["data.external.e: program", 'program = ["sh","-c","evil"]'],
      [
        "module.m.null_resource.t: local-exec",
        'command = "(computed from path.module, var.x.y)"',
        'environment.API_TOKEN = "(sensitive)"',
        'environment.LEVEL = "1"',
      ],
      [
        "module.m.null_resource.t: remote-exec",
        'inline = ["a","b"]',
        "its connection is not in the plan: see the code",
      ],
      ["provider outbound", 'vrops.password = "(sensitive)"', 'vrops.url = "https://vrops.example"'],
      ["provider outbound.second in module.m", 'vrops = "(computed from var.smtp_password)"'],
    ]);
    expect(looked.hash).not.toBe(look(write("b"), {}, planWith()).hash);
    expect(JSON.stringify(looked)).not.toContain("tok-tok");
  });

  it("an override is told beside what it overrides", () => {
    const overridden = look(
      write("a", () => undefined, { "x_override.tf": "# …" }),
      {},
      plan,
    );
    expect(shown(overridden).filter(([name]) => name === "provider outbound")).toHaveLength(2);
    expect(JSON.stringify(overridden.bindings)).toContain("https://other.example");
  });

  it("of a plan alone as well", () => {
    const bindings = bindingsOf(plan, undefined, { environment: { HOME: root }, workingDirectory: root });
    expect(bindings.map(({ name }) => name)).toContain("provider outbound");
  });
});

describe("modules that lie elsewhere", () => {
  const MODULES = {
    Modules: [
      { Key: "", Source: "", Dir: "." },
      { Key: "here", Source: "./here", Dir: "here" },
      { Key: "beside", Source: "../../../modules/beside", Dir: "../../../modules/beside" },
      { Key: "far", Source: "git::https://example.com/far//sub", Dir: ".terraform/modules/far/sub" },
    ],
  };
  const withModules = (folder: string, files: object = {}) =>
    write(folder, () => undefined, {
      ".terraform/modules/modules.json": JSON.stringify(MODULES),
      "here/main.tf": "# here",
      "../../../modules/beside/main.tf": "# beside",
      ".terraform/modules/far/sub/main.tf": "# far",
      ...files,
    });

  it.each([
    ["beside the stack's folder", "../../../modules/beside/main.tf"],
    ["downloaded", ".terraform/modules/far/sub/main.tf"],
    ["downloaded, beside the part that is used", ".terraform/modules/far/run.sh"],
  ])("%s: another file changes the hash, and is told by name", (_where, path) => {
    const before = look(withModules("a"));
    const after = look(withModules("b", { [path]: "evil" }));
    const known = new Set(before.bindings.map(({ name, digest }) => `${name} ${digest}`));
    const changed = after.bindings.filter(({ name, digest }) => !known.has(`${name} ${digest}`));
    expect(changed.map(({ name }) => name)).toEqual([path]);
    expect(after.hash).not.toBe(before.hash);
  });

  it("what Git keeps of a download decides nothing", () => {
    const cloned = look(withModules("b", { ".terraform/modules/far/.git/index": "another clone" }));
    expect(cloned.hash).toBe(look(withModules("a")).hash);
  });

  it("notes that nobody can read are Terraform's to complain of", () => {
    const broken = write("a", () => undefined, { ".terraform/modules/modules.json": "{" });
    expect(look(broken).hash).toBe(look(write("b")).hash);
  });
});

describe("what decides nothing leaves the hash as it was", () => {
  it("another checkout: CDKTF writes absolute paths", () => {
    expect(look(write("here")).hash).toBe(look(write("somewhere/else")).hash);
  });

  it("comments, the order of keys, states and plans of earlier runs", () => {
    const reordered = write(
      "b",
      (c) => {
        c.resource = Object.fromEntries(Object.entries(c.resource).reverse()) as never;
        Object.assign(c.resource.null_resource.hook, { "//": { metadata: { path: "moved/hook" } } });
      },
      {
        "terraform.tfstate": "{}",
        "terraform.tfstate.backup": "{}",
        "old.tfplan": "x",
        ".terraform/modules/m.json": "{}",
      },
    );
    expect(look(reordered).hash).toBe(look(write("a")).hash);
  });

  it("credentials: a login that reads makes the review, one that writes applies it", () => {
    const written = write("a");
    const reads = look(written, { VROPS_USERNAME: "reader", VROPS_PASSWORD: "one", TF_VAR_smtp_password: "x" });
    const writes = look(written, { VROPS_USERNAME: "writer", VROPS_PASSWORD: "two", TF_VAR_smtp_password: "y" });
    expect(reads.hash).toBe(writes.hash);
  });

  it("the backend as the code says it and as init has written it down", () => {
    const written = write("a");
    const before = look(written);
    const config = { path: join(written.project, "terraform.alerting.tfstate"), workspace_dir: null };
    mkdirSync(join(written.stack.directory, ".terraform"));
    writeFileSync(
      join(written.stack.directory, ".terraform/terraform.tfstate"),
      JSON.stringify({ backend: { type: "local", config } }),
    );
    expect(look(written).hash).toBe(before.hash);
  });
});

describe("secrets", () => {
  it("are in no line and in no hash", () => {
    const first = look(write("a"));
    const second = look(write("b", (c) => (c.provider.outbound[0]!.vrops.password = "another-secret-of-theirs")));
    expect(second.hash).toBe(first.hash);
    expect(JSON.stringify([first, second])).not.toMatch(/hunter2|another-secret/);
  });

  it("that the plan marks are masked in files too", () => {
    const secret = "s3cret-of-the-plan";
    const plan = planWith({
      variables: { token: { value: secret } },
      configuration: { root_module: { variables: { token: { sensitive: true } } } },
    });
    const withSecret = look(
      write("a", () => undefined, { "x.auto.tfvars": `token = "${secret}"` }),
      {},
      plan,
    );
    expect(JSON.stringify(withSecret.bindings)).not.toContain(secret);
  });
});

it("shows first what no rule can judge", () => {
  const written = write("a", (c) =>
    Object.assign(c.resource.null_resource.hook, { provisioner: [{ "local-exec": { command: "make hook" } }] }),
  );
  const { bindings } = look(written, { TF_CLI_ARGS_plan: "-parallelism=1" });
  expect(bindings.map(({ kind }) => kind)).toEqual([
    "provisioner",
    "command-line",
    "provider",
    "backend",
    "configuration",
  ]);
  expect(bindings[0]!.lines).toEqual(['command = "make hook"']);
  expect(bindings[3]!.lines).toEqual(['path = "./terraform.alerting.tfstate"']);
});
