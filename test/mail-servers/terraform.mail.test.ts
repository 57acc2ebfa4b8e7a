import { Terraform, words } from "../acceptance/support/terraform";
import { GREY, MAIL_HOST, PEOPLE, SUSPECTED } from "./people";
import type { ServiceName } from "./services";
import { describeWithServers } from "./servers";
import { accessToken } from "./tokens";
import { servers } from "./where";
import { SOURCE_IP } from "./zones";

// The whole way with the real terraform: Postfix takes the mail and has it signed, Dovecot keeps it, unbound knows the
// sender's domain.

const ADDRESS = "outbound_test_email.this";
const { alerts, oncall, analyst } = PEOPLE;

interface Choice {
  readonly service?: ServiceName;
  readonly to?: string;
  readonly reader?: { readonly address: string; readonly password: string };
  readonly imap?: string;
  readonly extra?: string;
}

describeWithServers("outbound_test_email by real mail servers", () => {
  let terraform: Terraform;

  function write({ service = "signing", to = oncall.address, reader = oncall, imap = "", extra = "" }: Choice = {}) {
    const { smtp, imaps, ca, nameServer } = servers();
    terraform.write(`
variable "smtp_password" {
  type      = string
  ephemeral = true
}
variable "imap_password" {
  type      = string
  ephemeral = true
}
resource "outbound_test_email" "this" {
  smtp_host      = "${MAIL_HOST}"
  smtp_port      = ${smtp[service]}
  username       = "${alerts.address}"
  password_wo    = var.smtp_password
  ca_certificate = "${ca}"
  dns_servers    = ["${nameServer}"]
  from_address   = "terraform@aligned.test"
  to             = ["${to}"]
  imap = {
    host           = "127.0.0.1"
    port           = ${imaps}
    username       = "${reader.address}"
    password_wo    = var.imap_password
    ca_certificate = "${ca}"
    ${imap}
  }
  alignment = {
    source_ips = ["${SOURCE_IP}"]
    require    = ["spf", "dkim", "dmarc"]
  }
  ${extra}
}`);
  }

  async function inFolder(use: () => Promise<void>, passwords: Readonly<Record<string, string>> = {}): Promise<void> {
    terraform = new Terraform({
      TF_VAR_smtp_password: alerts.password,
      TF_VAR_imap_password: oncall.password,
      ...passwords,
    });
    try {
      write();
      await terraform.init();
      await use();
    } finally {
      terraform.remove();
    }
  }

  const stages = () =>
    Object.fromEntries(
      (terraform.attributes(ADDRESS)["stages"] as { name: string; status: string }[]).map((one) => [
        one.name,
        one.status,
      ]),
    );

  it("is proved from the first name to the signature of what arrived, and a second plan is empty", async () => {
    await inFolder(async () => {
      await terraform.applied();
      expect(stages()).toMatchObject({ DNS: "passed", AUTH: "passed", DATA: "passed", arrival: "passed" });
      expect(stages()).toMatchObject({ SPF: "passed", DKIM: "passed", DMARC: "passed" });
      expect(terraform.attributes(ADDRESS)).toMatchObject({
        ok: true,
        verdict: expect.stringMatching(/^delivered: /),
        arrival: { folder: "INBOX", junk: false },
      });
      expect((await terraform.plan()).actions).toEqual([]);
    });
  }, 60_000);

  it("fails when the mail lands in Junk, and is tested again by the next apply", async () => {
    await inFolder(
      async () => {
        write({ to: SUSPECTED, reader: analyst });
        const run = await terraform.apply();
        expect(run.code).toBe(1);
        expect(words(run.output)).toMatch(/failed at arrival: .*Junk/);
        expect(terraform.attributes(ADDRESS)["arrival"]).toMatchObject({ folder: "Junk", junk: true });
        const { actions } = await terraform.plan();
        expect(actions).toEqual([expect.stringMatching(/create outbound_test_email\.this$/)]);
      },
      { TF_VAR_imap_password: analyst.password },
    );
  }, 60_000);

  it("fails when something on the way breaks the signature, though the mail arrives", async () => {
    await inFolder(async () => {
      write({ service: "tampering" });
      const run = await terraform.apply();
      expect(run.code).toBe(1);
      expect(words(run.output)).toMatch(/failed at DKIM: /);
      // SPF is enough for DMARC.
      expect(stages()).toMatchObject({ arrival: "passed", SPF: "passed", DKIM: "failed", DMARC: "passed" });
    });
  }, 60_000);

  it("comes again where the server greylists, and says how often", async () => {
    await inFolder(async () => {
      write({ service: "greylisting", to: GREY, extra: 'on_failure = "warn"' });
      await terraform.applied();
      const [receiver] = terraform.attributes(ADDRESS)["receivers"] as { status: string; attempts: number }[];
      expect(receiver).toMatchObject({ status: "accepted" });
      expect(receiver!.attempts).toBeGreaterThan(1);
    });
  }, 60_000);

  it("logs in by access tokens on both sides, and keeps them to itself", async () => {
    const tokens = [accessToken(alerts.address), accessToken(oncall.address)] as const;
    await inFolder(
      async () => {
        write({ service: "onlyXoauth2", imap: "access_token = true", extra: 'auth_mechanism = "XOAUTH2"' });
        const run = await terraform.apply();
        // This server does not sign, which is the only complaint.
        expect(run.code).toBe(1);
        expect(stages()).toMatchObject({ AUTH: "passed", arrival: "passed", DKIM: "failed" });
        for (const token of tokens) expect(run.output + terraform.stateText()).not.toContain(token);
      },
      { TF_VAR_smtp_password: tokens[0], TF_VAR_imap_password: tokens[1] },
    );
  }, 60_000);
});
