import { Terraform, words } from "./support/terraform";

/** What `terraform validate` says to each mistake: the attribute, what was got, what is expected, what to do. */
const flow = (attributes: string) => `resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ${attributes}
}`;
const plugin = (attributes: string) => `resource "outbound_vrops_email_plugin" "this" {
  name = "Prod SMTP"
  ${attributes}
}`;
const rule = (attributes: string) => `resource "outbound_vrops_notification_rule" "this" {
  name      = "Critical"
  plugin_id = "0af46857-0186-406e-a7c8-bdcf0cc7737d"
  ${attributes}
}`;
const test = (attributes: string) => `resource "outbound_test_email" "this" {
  smtp_host    = "smtp.example.com"
  smtp_port    = 587
  from_address = "alerts@example.com"
  to           = ["lead@example.com", "oncall@example.com"]
  ${attributes}
}`;
const mailbox = (attributes: string) =>
  test(`imap = {
    host     = "imap.example.com"
    username = "oncall"
    ${attributes}
  }`);
/** From a variable, since terraform quotes the lines of a configuration. */
const PASSWORD = `
variable "smtp_password" {
  default   = "not for everyone"
  ephemeral = true
}`;
const SMTP = `smtp_host = "smtp.example.com"
  smtp_port = 587
  sender_address = "alerts@example.com"`;

interface Mistake {
  readonly mistake: string;
  readonly config: string;
  readonly says: readonly RegExp[];
  /** When the values of variables are known: `terraform validate` knows none. @default "validate" */
  readonly at?: "plan";
}

const errors: readonly Mistake[] = [
  {
    mistake: "an IPv6 address as ip",
    config: flow('ip = "2001:db8::25"\n  port = 587'),
    says: [/ip = "2001:db8::25"/, /Got: "2001:db8::25"/, /Expected: .*IPv4/, /What to do: /],
  },
  {
    mistake: "numbers out of range in ip",
    config: flow('ip = "999.1.1.1"\n  port = 587'),
    says: [/Got: "999\.1\.1\.1"/],
  },
  {
    mistake: "a host name as ip",
    config: flow('ip = "smtp.example.com"\n  port = 587'),
    says: [/Got: "smtp\.example\.com"/, /What to do: /],
  },
  {
    mistake: "a network as ip",
    config: flow('ip = "203.0.113.0/24"\n  port = 587'),
    says: [/Got: "203\.0\.113\.0\/24"/],
  },
  {
    mistake: "port 26",
    config: flow('ip = "203.0.113.25"\n  port = 26'),
    says: [/port = 26/, /Got: 26/, /Expected: .*25, 465, 587.*2525/, /Did you mean 587\?/],
  },
  {
    mistake: "a missing unit",
    config: flow('ip = "203.0.113.25"\n port = 25\n timeouts = { create = "30" }'),
    says: [/30m/],
  },
  {
    mistake: "a sender without a domain",
    config: plugin(`smtp_host = "smtp.example.com"\n smtp_port = 587\n sender_address = "alerts"`),
    says: [/sender_address/, /Got: "alerts"/],
  },
  {
    mistake: "a line break in a sender",
    config: plugin(
      `smtp_host = "smtp.example.com"\n smtp_port = 587\n sender_address = "a@example.com\\r\\nBcc: x@example.com"`,
    ),
    says: [/sender_address/, /line break/i],
  },
  {
    mistake: "a password without user",
    config: plugin(`${SMTP}\n  password_wo = var.smtp_password`) + PASSWORD,
    at: "plan",
    says: [/username/],
  },
  {
    mistake: "an unknown criticality",
    config: rule('receivers = ["a@example.com"]\n  criticalities = ["CRITCAL"]'),
    says: [/Got: "CRITCAL"/, /Did you mean "?CRITICAL"?\?/],
  },
  {
    mistake: "a mailbox of somebody who gets no mail",
    config: mailbox('password_wo = var.smtp_password\n receiver = "boss@example.com"') + PASSWORD,
    says: [
      /: imap = \{/,
      /Where: imap\.receiver/,
      /Expected: one of lead@example\.com, oncall@example\.com/,
      /What to do: /,
    ],
  },
  {
    mistake: "a mailbox of one of several receivers, without saying whose",
    config: mailbox("password_wo = var.smtp_password") + PASSWORD,
    says: [/Whose mailbox/, /What to do: Set `imap\.receiver`/],
  },
  {
    mistake: "a mailbox without a password",
    config: mailbox('receiver = "oncall@example.com"'),
    says: [/no password for it/, /imap\.password_wo/],
  },
  {
    mistake: "the record of a DKIM key in place of its selector",
    config: test('alignment = { dkim_selectors = ["mail._domainkey.example.com"] }'),
    says: [/Did you mean "mail"\?/],
  },
  {
    mistake: "DKIM required where nothing could show it",
    config: test('alignment = { require = ["dkim"] }'),
    says: [/DKIM is required/, /imap.*or.*dkim_selectors/],
  },
  {
    mistake: "a network as source",
    config: test('alignment = { source_ips = ["203.0.113.0/24"] }'),
    says: [/203\.0\.113\.0\/24/, /Write one address/],
  },
  {
    mistake: "a name server by its name",
    config: test('dns_servers = ["dns.example.com"]'),
    says: [/Got: "dns\.example\.com"/, /192\.0\.2\.53:5353/],
  },
  {
    mistake: "a mechanism without a user",
    config: test('auth_mechanism = "XOAUTH2"'),
    says: [/auth_mechanism = "XOAUTH2"/, /Add `username`/],
  },
  { mistake: "no receiver at all", config: rule("receivers = []"), says: [/receivers/, /What to do: /] },
];

const warnings: readonly Mistake[] = [
  { mistake: "implicit TLS on 587", config: plugin(`${SMTP}\n  security = "tls"`), says: [/587/, /STARTTLS/i] },
  {
    mistake: "STARTTLS on 465",
    config: plugin(`smtp_host = "smtp.example.com"\n smtp_port = 465\n sender_address = "a@example.com"`),
    says: [/465/],
  },
  { mistake: "no authentication", config: plugin(SMTP), says: [/authenticat/i] },
  {
    mistake: "plaintext on port 25",
    config: plugin(
      `smtp_host = "smtp.example.com"\n smtp_port = 25\n security = "none"\n sender_address = "a@example.com"`,
    ),
    says: [/plain ?text/i],
  },
  {
    mistake: "STARTTLS on IMAP's port for TLS",
    config:
      mailbox(
        'password_wo = var.smtp_password\n receiver = "oncall@example.com"\n port = 993\n security = "starttls"',
      ) + PASSWORD,
    says: [/IMAP on port 993/, /security = "tls"/],
  },
  {
    mistake: "a wait that is longer than the test",
    config:
      mailbox('password_wo = var.smtp_password\n receiver = "oncall@example.com"\n wait_seconds = 300') + PASSWORD,
    says: [/wait_seconds = 300, timeout_seconds = 60/, /Set timeout_seconds = 330/],
  },
  {
    mistake: "a rule without any filter",
    config: rule('receivers = ["a@example.com"]'),
    says: [/all alerts|every alert/i],
  },
];

describe("terraform validate", () => {
  const terraform = new Terraform({}, "started");

  beforeAll(async () => {
    terraform.write("");
    await terraform.init();
  }, 60_000);
  afterAll(() => terraform.remove());

  it.each(errors)("refuses $mistake", async ({ config, says, at }) => {
    terraform.write(config);
    const run = await (at === "plan" ? terraform.tryPlan() : terraform.validate());
    expect(run.code).toBe(1);
    for (const pattern of says) expect(words(run.output)).toMatch(pattern);
    expect(run.output).not.toContain("not for everyone");
    expect(run.output).not.toMatch(/at .*\.js:\d+/);
  });

  it.each(warnings)("warns of $mistake", async ({ config, says }) => {
    terraform.write(config);
    const run = await terraform.validate();
    expect(run.code).toBe(0);
    expect(run.output).toContain("Warning:");
    for (const pattern of says) expect(words(run.output)).toMatch(pattern);
  });
});
