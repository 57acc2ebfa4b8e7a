import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";

/** What a user reads when a system refuses: the reason in its own words, and what to do. Never a secret, never a stack. */
const FLOW = `resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
}`;

interface Refusal {
  readonly refusal: string;
  readonly options?: Record<string, unknown>;
  readonly environment?: (sandbox: Sandbox) => Record<string, string>;
  readonly config: (sandbox: Sandbox) => string;
  readonly says: readonly RegExp[];
}

const plugin =
  (attributes = "") =>
  (sandbox: Sandbox): string => `
${FLOW.replace("203.0.113.25", sandbox.mail.startTls.host).replace("587", String(sandbox.mail.startTls.port))}
resource "outbound_vrops_email_plugin" "this" {
  name           = "Prod SMTP"
  smtp_host      = outbound_ovh_vrops_flow.this.ip
  smtp_port      = outbound_ovh_vrops_flow.this.port
  sender_address = "alerts@example.com"
  ${attributes}
}`;

const refusals: readonly Refusal[] = [
  {
    refusal: "no provider configuration at all",
    environment: () => ({ OVH_APPLICATION_KEY: "", OVH_APPLICATION_SECRET: "", OVH_CONSUMER_KEY: "" }),
    config: () => FLOW,
    says: [/application_key/, /OVH_APPLICATION_KEY/, /What to do: /],
  },
  {
    refusal: "a wrong application secret",
    environment: () => ({ OVH_APPLICATION_SECRET: "this-is-not-the-secret" }),
    config: () => FLOW,
    says: [/signature/i, /What to do: .*application_secret/i, /request id /],
  },
  {
    refusal: "a consumer key that may not create flows",
    options: { ovh: { access_rules: ["GET *"] } },
    config: () => FLOW,
    says: [/not been granted/, /POST \/dedicatedCloud/],
  },
  {
    refusal: "a service without vROps",
    options: { ovh: { services: ["pcc-198-51-100-1"] } },
    config: () => FLOW,
    says: [/pcc-192-0-2-10/, /What to do: /],
  },
  {
    refusal: "a wrong vROps password",
    environment: () => ({ VROPS_PASSWORD: "this-is-not-the-password" }),
    config: plugin(),
    says: [/username\/password/, /What to do: /],
  },
  {
    refusal: "a certificate that is not trusted, showing what was seen",
    config: plugin(),
    says: [/thumbprint/i, /[0-9A-F]{2}(:[0-9A-F]{2}){5}|[0-9a-f]{40}/i, /trusted_certificate_thumbprint/],
  },
  {
    refusal: "a certificate that is not the pinned one",
    config: plugin(`trusted_certificate_thumbprint = "${"ab:".repeat(19)}ab"`),
    says: [/Expected: .*ab/i, /What to do: /],
  },
  {
    refusal: "two addresses that declare the same plugin",
    config: (sandbox) => `${plugin(`trusted_certificate_thumbprint = "${sandbox.mail.thumbprint}"`)(sandbox)}
resource "outbound_vrops_email_plugin" "other" {
  name           = outbound_vrops_email_plugin.this.name
  smtp_host      = "203.0.113.99"
  smtp_port      = 25
  security       = "none"
  sender_address = "someone@example.com"
}`,
    says: [/Prod SMTP/, /two addresses|another address/],
  },
];

describe("an apply that a system refuses", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  afterEach(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it.each(refusals)(
    "because of $refusal",
    async ({ options, environment, config, says }) => {
      sandbox = await startSandbox({ options });
      const given = { ...sandbox.environment(), ...environment?.(sandbox) };
      terraform = new Terraform(given);
      terraform.write(config(sandbox));
      await terraform.init();
      const run = await terraform.apply();
      expect(run.code).toBe(1);
      for (const pattern of says) expect(words(run.output)).toMatch(pattern);
      expect(run.output).not.toMatch(/at .*\.(js|ts):\d+|terraform\/defect/);
      for (const [name, value] of Object.entries(given)) {
        if (/PASSWORD|SECRET|CONSUMER_KEY/.test(name) && value !== "") expect(run.output).not.toContain(value);
      }
    },
    60_000,
  );
});

describe("an apply that meets what passes", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  afterEach(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it("uses the server's clock when ours is wrong", async () => {
    sandbox = await startSandbox({ options: { ovh: { clockSkewSeconds: 3_600 } } });
    terraform = new Terraform(sandbox.environment());
    terraform.write(FLOW);
    await terraform.init();
    await terraform.applied();
    expect(sandbox.network.list()).toHaveLength(1);
  }, 60_000);

  it("logs in again when the token expires in the middle", async () => {
    sandbox = await startSandbox();
    terraform = new Terraform(sandbox.environment());
    terraform.write(plugin(`trusted_certificate_thumbprint = "${sandbox.mail.thumbprint}"`)(sandbox));
    await terraform.init();
    await sandbox.intervene("vrops", "expire-tokens", {});
    sandbox.faults.add({
      system: "vrops",
      method: "PUT",
      path: "/suite-api/api/alertplugins/**",
      effect: {
        kind: "status",
        status: 401,
        body: {
          message: "The provided token is either invalid or has expired.",
          httpStatusCode: 401,
          apiErrorCode: 1512,
        },
      },
    });
    await terraform.applied();
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);
});
