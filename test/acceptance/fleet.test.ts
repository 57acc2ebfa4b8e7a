import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { App, LocalBackend } from "cdktf";
import { Receiver, Secret, SmtpServer } from "../../lib";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import type { AlertPlatform } from "../../stacks/environment";
import { OutboundAlertsStack } from "../../stacks/outbound-alerts-stack";
import { terraformBinary } from "../support/terraform-binary";

/** Two platforms from one environment, the second one with a vROps of its own: a provider alias, its password ephemeral. */
describe("a fleet", () => {
  const outdir = mkdtempSync(join(tmpdir(), "outbound-fleet-"));
  let sandbox: Sandbox;

  afterAll(async () => {
    rmSync(outdir, { recursive: true, force: true });
    await sandbox?.close();
  });

  it("is deployed by a loop, each platform through its own flow, and a second plan is empty", async () => {
    sandbox = await startSandbox({ options: { ovh: { services: ["pcc-192-0-2-10", "pcc-192-0-2-11"] } } });
    const { startTls, thumbprint, user } = sandbox.mail;
    const variables = sandbox.environment();
    const platform = (service: string, plugin: string): AlertPlatform => ({
      service,
      plugin,
      server: SmtpServer.startTls(startTls.host, {
        ip: startTls.host,
        port: startTls.port,
        login: { user, password: Secret.environment("SMTP_PASSWORD") },
        sender: { address: "alerts@example.com" },
        caCertificate: variables["OUTBOUND_SANDBOX_SMTP_CA"],
        certificateThumbprint: thumbprint,
      }),
      receivers: [Receiver.email("oncall@example.com")],
      alerts: { criticalities: ["CRITICAL"] },
    });
    const app = new App({ outdir });
    new OutboundAlertsStack(app, "fleet", {
      provider: { embedNullProvider: true },
      backend: (stack) => new LocalBackend(stack, { path: join(outdir, "fleet.tfstate") }),
      platforms: {
        north: platform("pcc-192-0-2-10", "North"),
        south: {
          ...platform("pcc-192-0-2-11", "South"),
          vrops: {
            url: variables["VROPS_URL"],
            username: variables["VROPS_USERNAME"],
            password: Secret.environment("VROPS_PASSWORD"),
          },
        },
      },
    });
    app.synth();

    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|CDKTF_|OVH_|VROPS_)/.test(name));
    const env = { ...Object.fromEntries(inherited), ...variables, CHECKPOINT_DISABLE: "1" };
    const terraform = async (...args: string[]) =>
      (
        await promisify(execFile)(terraformBinary, [...args, "-no-color", "-input=false"], {
          cwd: join(outdir, "stacks", "fleet"),
          env,
        })
      ).stdout;
    await terraform("init");
    expect(await terraform("apply", "-auto-approve")).toContain("10 added, 0 changed, 0 destroyed");
    expect(sandbox.network.list().map(({ platform: source }) => source)).toEqual(["pcc-192-0-2-10", "pcc-192-0-2-11"]);
    expect(await terraform("plan", "-detailed-exitcode")).toContain("No changes.");
    await terraform("destroy", "-auto-approve");
    expect(sandbox.network.list()).toEqual([]);
  }, 120_000);
});
