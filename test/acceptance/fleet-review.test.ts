import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../../lib/package/identity";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform } from "./support/terraform";

/** Three platforms, each with its own stack, firewall and state: reviewed as one and applied as one with the real terraform. */
const SERVICES = { north: "pcc-192-0-2-10", south: "pcc-192-0-2-11", west: "pcc-192-0-2-12" };
type Name = keyof typeof SERVICES;
const NAMES: readonly Name[] = ["north", "south", "west"];

let sandbox: Sandbox;
let directory: string;
let stacks: Record<Name, Terraform>;
const at = (name: string) => join(directory, name);

beforeAll(async () => {
  sandbox = await startSandbox({ options: { ovh: { services: Object.values(SERVICES) } } });
  directory = mkdtempSync(join(tmpdir(), "outbound-fleet-review-"));
  stacks = { north: new Terraform(), south: new Terraform(), west: new Terraform() };
  const entries = NAMES.map((name) => [name, { workingDirectory: stacks[name].directory }]);
  writeFileSync(at("manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) as unknown }));
  for (const name of NAMES) declare(name, 587);
});
afterAll(async () => {
  for (const name of NAMES) stacks[name].remove();
  rmSync(directory, { recursive: true });
  await sandbox.close();
});

function declare(name: Name, port: number): void {
  const stack = {
    terraform: { required_providers: { outbound: { source: PROVIDER_SOURCE, version: PROVIDER_VERSION } } },
    provider: { outbound: [{}] },
    resource: { outbound_ovh_vrops_flow: { smtp: { service_name: SERVICES[name], ip: "203.0.113.25", port } } },
  };
  writeFileSync(join(stacks[name].directory, "cdk.tf.json"), JSON.stringify(stack));
}

async function outbound(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|OVH_|VROPS_|CDKTF_)/.test(name));
  const code = await runCommandLine([...argv, "--output", "."], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    environment: { ...Object.fromEntries(inherited), ...sandbox.environment() },
    homeDirectory: directory,
    workingDirectory: directory,
    nodeVersion: process.versions.node,
    platform: process.platform,
    interrupted: new AbortController().signal,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const open = () => sandbox.network.list().map(({ platform }) => platform);

it("nothing is applied unless all is as reviewed; what failed is applied by the next run, with the same review", async () => {
  const review = await outbound("review", "*", "--md", "r.md", "--json", "r.json");
  expect([review.code, review.err]).toEqual([0, expect.stringContaining("*: 3 stacks: 3 to look at")]);
  expect(readFileSync(at("r.md"), "utf8")).toContain("In all stacks: 3 to add.");

  declare("south", 25);
  const refused = await outbound("apply-reviewed", "*", "--review", "r.json");
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("(south)")]);
  expect(refused.err).toContain("now:      +   port = 25");
  expect(open()).toEqual([]);

  declare("south", 587);
  sandbox.faults.add({ method: "POST", path: "/**/pcc-192-0-2-11/**", effect: { kind: "status", status: 403 } });
  const failed = await outbound("apply-reviewed", "*", "--review", "r.md", "--parallelism", "1");
  expect([failed.code, failed.out]).toEqual([1, expect.stringMatching(/^north: Apply complete! Resources: 1 added/)]);
  expect(failed.err).toContain("Got: applied: north; failed: south; not begun: west");
  expect(open()).toEqual([SERVICES.north]);

  const again = await outbound("apply-reviewed", "*", "--review", "r.md");
  expect([again.code, again.err]).toEqual([0, expect.any(String)]);
  expect(again.out).toContain("north: Nothing to apply");
  expect(open().sort()).toEqual(Object.values(SERVICES));
}, 180_000);
