import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend } from "cdktf";
import { Receiver, Secret, SmtpServer } from "../../lib";
import { runCommandLine } from "../../lib/cli/program";
import type { FleetDetection } from "../../lib/reconcile/fleet/fleet";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import type { AlertPlatform, OutboundEnvironment } from "../../stacks/environment";
import { addStacks } from "../../stacks/split";
import { asPublished } from "../schemas/support/document";
import { runTerraform } from "./support/run-terraform";

/** One environment in the life of its stacks: as one, then by groups, then with a platform in another group. */
describe("an environment that is split", () => {
  let sandbox: Sandbox;
  let project: string;
  const services = { paris: "pcc-192-0-2-10", lyon: "pcc-192-0-2-20", austin: "pcc-192-0-2-30" };

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 11, options: { ovh: { services: Object.values(services) } } });
    project = mkdtempSync(join(tmpdir(), "outbound-split-"));
  });
  afterAll(async () => {
    rmSync(project, { recursive: true, force: true });
    await sandbox?.close();
  });

  const env = () => ({ PATH: process.env["PATH"] ?? "", SMTP_PASSWORD: "correct horse", ...sandbox.environment() });

  /** All on one vROps, so that each stack sees what the others have there. */
  function synthesise(
    split: OutboundEnvironment["split"],
    more: Partial<Record<keyof typeof services, Partial<AlertPlatform>>>,
  ): void {
    rmSync(join(project, "cdktf.out"), { recursive: true, force: true });
    const server = SmtpServer.startTls("smtp.example.com", {
      ip: "203.0.113.25",
      login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
      sender: { address: "alerts@example.com" },
    });
    const platform = (site: keyof typeof services): AlertPlatform => ({
      service: services[site],
      server,
      plugin: `Relay of ${site}`,
      receivers: [Receiver.email(`${site}@example.com`)],
      vrops: site === "lyon" ? { url: sandbox.environment()["VROPS_URL"] } : undefined,
      test: false,
      ...more[site],
    });
    const app = new App({ outdir: join(project, "cdktf.out") });
    addStacks(app, "outbound-x", {
      split,
      backend: (stack) => new LocalBackend(stack, { path: join(project, `${stack.node.id}.tfstate`) }),
      platforms: { paris: platform("paris"), lyon: platform("lyon"), austin: platform("austin") },
    });
    app.synth();
  }

  /** All stacks at once, as `cdktf deploy '*'` does. */
  const deploy = () =>
    Promise.all(
      readdirSync(join(project, "cdktf.out/stacks")).map(async (stack) => {
        const directory = join(project, "cdktf.out/stacks", stack);
        await runTerraform(["init", "-input=false"], directory, env());
        await runTerraform(["apply", "-auto-approve", "-input=false"], directory, env());
      }),
    );

  async function reconcile(...args: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCommandLine(["reconcile", ...args], {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      environment: env(),
      homeDirectory: project,
      workingDirectory: project,
      nodeVersion: process.versions.node,
      platform: process.platform,
      interrupted: new AbortController().signal,
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  }
  const verdicts = ({ stacks }: FleetDetection) => stacks.map(({ stack, verdict }) => [stack, verdict]);
  const ids = () => sandbox.objects().map(({ system, type, id }) => `${system} ${type} ${id}`);

  it("keeps every object through one stack, groups, and a move; and is reconciled in one report", async () => {
    synthesise(undefined, {});
    await deploy();
    const made = ids();

    const groups = { paris: { group: "eu" }, lyon: { group: "eu" }, austin: { group: "us" } };
    synthesise("group", groups);
    await deploy();
    expect(ids()).toEqual(made);

    synthesise("group", { ...groups, lyon: { group: "france", movedFrom: "eu" } });
    await deploy();
    expect(ids()).toEqual(made);

    // What one stack declares is not unmanaged for the others.
    const inSync = await reconcile("detect", "outbound-x-*", "--format", "json");
    expect(inSync.err).toBe("");
    const fleet = asPublished("fleet-detection", inSync.out) as unknown as FleetDetection;
    expect(verdicts(fleet)).toEqual([
      ["outbound-x-eu", "in-sync"],
      ["outbound-x-france", "in-sync"],
      ["outbound-x-us", "in-sync"],
    ]);
    expect(inSync.code).toBe(0);
    const alone = await reconcile("detect", "outbound-x-us");
    expect(alone).toMatchObject({ code: 2, out: expect.stringContaining("unmanaged") as string });

    await sandbox.intervene("ovh", "close-flow", { service: services.austin, ip: "203.0.113.25", port: 587 });
    writeFileSync(
      join(project, "cdktf.out/stacks/outbound-x-france/broken.tf"),
      'resource "outbound_no_such" "x" {}\n',
    );
    const drifted = await reconcile("detect", "outbound-x-*", "--json", "detection.json");
    expect(drifted.code).toBe(2);
    const head = drifted.out.split("\n").slice(2, 5);
    expect(head.map((line) => line.trim().split(/ {2,}/).slice(0, 2))).toEqual([
      ["drift", "outbound-x-us"],
      ["could not tell", "outbound-x-france"],
      ["in sync", "outbound-x-eu"],
    ]);
    expect(drifted.out).toContain("outbound_no_such");

    const repaired = await reconcile("repair", "outbound-x-*", "--detection", "detection.json", "--yes");
    expect(repaired.code).toBe(1);
    expect(repaired.out).toMatch(
      /x-eu: nothing to repair\n.*x-france: not repaired\n.*x-us: repaired \(1\)\n {2}create/,
    );
    expect(repaired.err).toContain("reconcile/undetermined");
    expect(sandbox.network.list()).toHaveLength(3);
  }, 240_000);
});
