import { App, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  AlertMail,
  Mailbox,
  OutboundProvider,
  PostDeployTest,
  Receiver,
  Secret,
  SmtpServer,
  TestEmail,
  Vrops,
  type PostDeployTestOptions,
} from "../../lib";
import { errorOf, only, synth, temporaryDirectory } from "./helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const sender = { address: "alerts@example.com" };
const relay = SmtpServer.startTls("smtp.example.com", { sender });
const oncall = Receiver.email("oncall@example.com");
const lead = Receiver.email("lead@example.com");
const mailbox = Mailbox.imap("imap.example.com", {
  user: "oncall",
  password: Secret.environment("IMAP_PASSWORD", { version: 3 }),
});

const testing = (options: PostDeployTestOptions, receivers = [oncall]) =>
  synth((stack) => new PostDeployTest(stack, "test", { server: relay, receivers, ...options }));

describe("a test that looks for its mail", () => {
  it("is refused at synth when it cannot be told whose mailbox it is, or nobody writes there", () => {
    expect(errorOf(() => testing({ arrival: mailbox }, [oncall, lead]))).toContain("mail/mailbox-receiver-missing");
    const boss = Mailbox.imap("imap.example.com", {
      user: "boss",
      password: Secret.environment("IMAP_PASSWORD"),
      receiver: Receiver.email("boss@example.com"),
    });
    expect(errorOf(() => testing({ arrival: boss }))).toContain("The test mail is not sent to boss@example.com");
  });

  it("is refused at synth with two mailboxes of one receiver, with one of two, and with none at all", () => {
    const of = (user: string, receiver: Receiver) =>
      Mailbox.imap("imap.example.com", { user, password: Secret.environment("IMAP_PASSWORD"), receiver });
    const both = [oncall, lead];
    const twice = errorOf(() => testing({ arrival: [of("oncall", oncall), of("other", oncall)] }, both));
    expect(twice).toContain("There are two mailboxes for oncall@example.com");
    expect(twice).toContain("`receiver` of `Mailbox`");
    expect(twice).not.toContain("more_mailboxes");
    const shared = errorOf(() => testing({ arrival: [of("oncall", oncall), of("oncall", lead)] }, both));
    expect(shared).toContain("One mailbox cannot show that the mail arrived for two receivers");
    for (const arrival of [[], ["imap.example.com"], [mailbox, undefined]]) {
      expect(errorOf(() => testing({ arrival: arrival as never }))).toContain("constructs/wrong-kind");
    }
  });

  it("warns of a wait that does not fit into the test", () => {
    const { warnings } = testing({ arrival: mailbox, timeoutSeconds: 20 });
    expect(warnings.join()).toContain("The whole test ends before the wait for its mail does");
  });

  it("declares the mailbox, its secret by reference only", () => {
    const result = testing({ arrival: mailbox });
    expect(only(result, "outbound_test_email")["imap"]).toEqual({
      host: "imap.example.com",
      port: 993,
      security: "tls",
      username: "oncall",
      password_wo: "${ephemeral.outbound_environment.IMAP_PASSWORD.value}",
      password_wo_version: 3,
    });
    expect(result.json["ephemeral"]).toEqual({ outbound_environment: { IMAP_PASSWORD: { name: "IMAP_PASSWORD" } } });
  });

  it("hands on everything that can be said of a mailbox", () => {
    const arrival = Mailbox.startTls("imap.example.com", {
      user: "oncall",
      accessToken: Secret.environment("IMAP_TOKEN"),
      port: 1143,
      folder: "Alerts",
      receiver: oncall,
      waitSeconds: 20,
      remove: true,
      caCertificate: "-----BEGIN CERTIFICATE-----",
    });
    expect(only(testing({ arrival }), "outbound_test_email")["imap"]).toEqual({
      host: "imap.example.com",
      port: 1143,
      security: "starttls",
      username: "oncall",
      password_wo: "${ephemeral.outbound_environment.IMAP_TOKEN.value}",
      password_wo_version: 1,
      access_token: true,
      ca_certificate: "-----BEGIN CERTIFICATE-----",
      folder: "Alerts",
      receiver: "oncall@example.com",
      wait_seconds: 20,
      remove: true,
    });
  });

  it("says in the triggers why it will run", () => {
    const result = testing({
      arrival: mailbox,
      alignment: { sourceIps: ["203.0.113.26", "203.0.113.25"], dkimSelectors: ["mail"], require: ["dmarc"] },
      dnsServers: ["192.0.2.53"],
    });
    expect(only(result, "null_resource")["triggers"]).toEqual({
      server: "smtp.example.com:587 with STARTTLS without login, from alerts@example.com",
      receivers: "oncall@example.com",
      mailbox: "at imap.example.com:993 with TLS as oncall",
      "mailbox password": "IMAP_PASSWORD, version 3",
      alignment: "from 203.0.113.25, 203.0.113.26; signed by mail; requires dmarc",
      "name servers": "192.0.2.53",
    });
  });

  it("declares the mailboxes of several receivers, each secret in its place, and names them in the triggers", () => {
    const of = (receiver: Receiver, user: string, variable: string) =>
      Mailbox.imap("imap.example.com", { user, password: Secret.environment(variable), receiver });
    const arrival = [of(oncall, "oncall", "ONCALL_IMAP"), of(lead, "lead", "LEAD_IMAP")];
    const result = testing({ arrival }, [oncall, lead]);
    const declared = only(result, "outbound_test_email");
    expect(declared["imap"]).toMatchObject({ username: "oncall", receiver: "oncall@example.com" });
    expect(declared["more_mailboxes"]).toEqual([
      {
        host: "imap.example.com",
        port: 993,
        security: "tls",
        username: "lead",
        password_wo: "${ephemeral.outbound_environment.LEAD_IMAP.value}",
        password_wo_version: 1,
        receiver: "lead@example.com",
      },
    ]);
    expect(only(result, "null_resource")["triggers"]).toMatchObject({
      mailbox: "of oncall@example.com at imap.example.com:993 with TLS as oncall",
      "mailbox password": "ONCALL_IMAP, version 1",
      "mailbox 2": "of lead@example.com at imap.example.com:993 with TLS as lead",
      "mailbox 2 password": "LEAD_IMAP, version 1",
    });
    expect(result.json["ephemeral"]).toEqual({
      outbound_environment: { ONCALL_IMAP: { name: "ONCALL_IMAP" }, LEAD_IMAP: { name: "LEAD_IMAP" } },
    });
  });

  it("is the same with one mailbox, in an array or not", () => {
    const [alone, listed] = [testing({ arrival: mailbox }), testing({ arrival: [mailbox] })];
    expect(listed.json).toEqual(alone.json);
  });

  it("is the same as before without any of it, so that an upgrade sends no mail", () => {
    const result = testing({});
    expect(Object.keys(only(result, "null_resource")["triggers"] as object).sort()).toEqual(["receivers", "server"]);
    expect(only(result, "outbound_test_email")).not.toHaveProperty("imap");
    expect(only(result, "outbound_test_email")).not.toHaveProperty("alignment");
  });
});

it("judges the sender as declared, with or without requirements", () => {
  const alignment = { sourceIps: ["203.0.113.25"], dkimSelectors: ["mail"], require: ["spf", "dmarc"] as const };
  expect(only(testing({ alignment, dnsServers: ["192.0.2.53:5353"] }), "outbound_test_email")).toMatchObject({
    alignment: { source_ips: ["203.0.113.25"], dkim_selectors: ["mail"], require: ["spf", "dmarc"] },
    dns_servers: ["192.0.2.53:5353"],
  });
  const judged = testing({ alignment: {} });
  expect(only(judged, "outbound_test_email")["alignment"]).toEqual({});
  expect(only(judged, "null_resource")["triggers"]).toMatchObject({ alignment: "SPF, DKIM and DMARC" });
});

it.each([
  [{ alignment: { sourceIps: ["203.0.113.0/24"] } }, "mail/not-ip-address"],
  [{ alignment: { dkimSelectors: ["mail._domainkey.example.com"] } }, 'Did you mean "mail"?'],
  [{ alignment: { require: ["bimi"] as never } }, "value/not-allowed"],
  [{ dnsServers: ["dns.example.com"] }, "mail/not-name-server"],
])("refuses %j at synth", (options, expected) => {
  expect(errorOf(() => testing(options))).toContain(expected);
});

it("offers what it found to outputs", () => {
  const result = synth((stack) => {
    const test = new PostDeployTest(stack, "test", { server: relay, receivers: [oncall], arrival: mailbox });
    new TerraformOutput(stack, "receivers", { value: test.receivers });
    new TerraformOutput(stack, "expires", { value: test.certificateExpiresAt });
    new TerraformOutput(stack, "arrival", { value: test.arrival });
    new TerraformOutput(stack, "arrivals", { value: test.arrivals });
  });
  const [name] = Object.keys(result.json.resource["outbound_test_email"]!);
  expect(result.json["output"]).toEqual({
    receivers: { value: `\${outbound_test_email.${name}.receivers}` },
    expires: { value: `\${outbound_test_email.${name}.certificate_expires_at}` },
    arrival: { value: `\${outbound_test_email.${name}.arrival}` },
    arrivals: { value: `\${outbound_test_email.${name}.arrivals}` },
  });
});

it("is written as HCL with its mailbox as an attribute", () => {
  const stack = new TerraformStack(new App({ outdir: temporaryDirectory() }), "test");
  const password = Secret.variable(new TerraformVariable(stack, "imap_password", {}));
  const arrival = Mailbox.imap("imap.example.com", { user: "oncall", password });
  new PostDeployTest(stack, "test", { server: relay, receivers: [oncall], arrival });
  const hcl = Testing.synthHcl(stack).replace(/\s+/g, " ");
  expect(hcl).toMatch(/imap = \{ host = "imap\.example\.com" port = 993 .*password_wo = "\$\{var\.imap_password\}"/);
});

describe("a login by access token", () => {
  const login = (mechanism: "XOAUTH2" | "PLAIN") => ({
    user: "alerts",
    password: Secret.environment("SMTP_TOKEN"),
    mechanism,
  });
  const token = SmtpServer.startTls("smtp.example.com", { sender, login: login("XOAUTH2") });

  it("is what the test does when it is named, and the plan says so", () => {
    const result = synth((stack) => new PostDeployTest(stack, "test", { server: token, receivers: [oncall] }));
    expect(only(result, "outbound_test_email")).toMatchObject({ username: "alerts", auth_mechanism: "XOAUTH2" });
    expect(token.fingerprint).toBe("smtp.example.com:587 with STARTTLS as alerts by XOAUTH2, from alerts@example.com");
  });

  it("is refused for a platform, which would send the token as a password", () => {
    const into = (server: SmtpServer) => () =>
      synth((stack) => {
        new OutboundProvider(stack, "outbound");
        new AlertMail(stack, "alerts", { server, receivers: [oncall] }).into(Vrops.standardEmail({ name: "Prod" }));
      });
    expect(errorOf(into(token))).toContain('"Prod" cannot log in with an access token');
    expect(into(SmtpServer.startTls("smtp.example.com", { sender, login: login("PLAIN") }))).not.toThrow();
  });

  it("must have a mechanism that exists", () => {
    const wrong = { ...login("PLAIN"), mechanism: "OAUTH" as never };
    expect(errorOf(() => SmtpServer.startTls("smtp.example.com", { sender, login: wrong }))).toContain(
      "login.mechanism",
    );
  });
});

it("the resource by itself takes nothing else inside its mailbox, and no literal as its password", () => {
  const base = { smtpHost: "smtp", smtpPort: 587, fromAddress: "a@example.com", to: ["b@example.com"] };
  const declare = (imap: object) => () => synth((stack) => new TestEmail(stack, "t", { ...base, imap: imap as never }));
  const known: NonNullable<ConstructorParameters<typeof TestEmail>[2]["imap"]> = { host: "imap", username: "b" };
  // @ts-expect-error misspelled
  const wrong: typeof known = { ...known, foldr: "INBOX" };
  // @ts-expect-error a literal is no Secret
  const literal: typeof known = { ...known, passwordWo: "hunter2 hunter2" };
  expect(errorOf(declare(wrong))).toContain("constructs/unknown-prop");
  expect(errorOf(declare(literal))).toContain("constructs/literal-secret");
  expect(errorOf(declare(literal))).not.toContain("hunter2");
  expect(errorOf(declare(known))).toContain("mail/mailbox-without-password");
});
