import { mailboxesOf, senderAlignmentOf, targetOf } from "../../../lib/mail/resource/declared";

const server = {
  smtp_host: "smtp.example.com",
  smtp_port: 587,
  security: "starttls",
  username: null,
  auth_mechanism: null,
  ca_certificate: null,
  declared_flows: null,
  dns_servers: null,
  from_address: "alerts@example.com",
  to: ["oncall@example.com", "lead@example.com"],
  timeout_seconds: 60,
  alignment: null,
};

const imap = {
  host: "imap.example.com",
  port: null,
  security: "tls",
  username: "oncall",
  password_wo: null,
  password_wo_version: 1,
  access_token: false,
  ca_certificate: null,
  folder: "INBOX",
  receiver: null,
  wait_seconds: 30,
  remove: false,
};

describe("targetOf", () => {
  it("leaves out what is not declared", () => {
    expect(targetOf(server, null)).toEqual({
      host: "smtp.example.com",
      port: 587,
      security: "starttls",
      from: "alerts@example.com",
      to: ["oncall@example.com", "lead@example.com"],
      timeoutMs: 60_000,
    });
  });

  it("hands on mechanism, authorities, flows and name servers", () => {
    const declared = {
      ...server,
      username: "alerts",
      auth_mechanism: "XOAUTH2",
      ca_certificate: "/etc/ca.pem",
      declared_flows: ["203.0.113.25:587"],
      dns_servers: ["192.0.2.53"],
      to: null,
    };
    expect(targetOf(declared, "token")).toMatchObject({
      login: { username: "alerts", password: "token", mechanism: "XOAUTH2" },
      ca: "/etc/ca.pem",
      declaredFlows: ["203.0.113.25:587"],
      dnsServers: ["192.0.2.53"],
      to: [],
    });
  });
});

describe("mailboxesOf", () => {
  /** As the configuration has them, which alone knows passwords. */
  const secrets = (password: string | null = "secret", ...more: readonly string[]) => ({
    imap: password,
    more,
  });
  const first = (overrides: Partial<typeof imap> | object, password: string | null = "secret") =>
    mailboxesOf({ imap: { ...imap, ...overrides }, more_mailboxes: null, to: server.to }, secrets(password))[0]!;

  it("is that of the only receiver, on the port that goes with the encryption", () => {
    const [mailbox, ...others] = mailboxesOf({ imap, more_mailboxes: null, to: ["oncall@example.com"] }, secrets());
    expect(others).toEqual([]);
    expect(mailbox).toEqual({
      setting: "imap",
      host: "imap.example.com",
      port: 993,
      security: "tls",
      username: "oncall",
      password: "secret",
      accessToken: false,
      folder: "INBOX",
      receiver: "oncall@example.com",
      waitMs: 30_000,
      remove: false,
    });
    expect(first({ security: "starttls" }).port).toBe(143);
    expect(first({ port: 1993, ca_certificate: "PEM" }, null)).toMatchObject({ port: 1993, ca: "PEM", password: "" });
  });

  it("spells the receiver as the test does, so that what the server said of it is found", () => {
    expect(first({ receiver: "LEAD@example.com" }).receiver).toBe("lead@example.com");
  });

  it("gives each mailbox the password that the configuration has at its place", () => {
    const lead = { ...imap, username: "lead", receiver: "lead@example.com" };
    const declared = { imap: { ...imap, receiver: "oncall@example.com" }, more_mailboxes: [lead], to: server.to };
    expect(mailboxesOf(declared, secrets("one", "two"))).toMatchObject([
      { setting: "imap", receiver: "oncall@example.com", password: "one" },
      { setting: "more_mailboxes[0]", receiver: "lead@example.com", password: "two" },
    ]);
    expect(mailboxesOf({ ...declared, imap: null }, secrets(null, "two"))).toMatchObject([{ password: "two" }]);
  });

  it("is none where none is declared", () => {
    expect(mailboxesOf({ imap: null, more_mailboxes: null, to: server.to }, secrets(null))).toEqual([]);
  });
});

it("alignment is asked for with what is declared, and requires nothing by itself", () => {
  expect(senderAlignmentOf({ alignment: null })).toBeUndefined();
  expect(
    senderAlignmentOf({ alignment: { source_ips: null, block_lists: null, dkim_selectors: null, require: null } }),
  ).toEqual({
    require: [],
  });
  const declared = { source_ips: ["203.0.113.25"], block_lists: true, dkim_selectors: ["mail"], require: ["dmarc"] };
  expect(senderAlignmentOf({ alignment: declared })).toEqual({
    sourceIps: ["203.0.113.25"],
    blockLists: true,
    selectors: ["mail"],
    require: ["dmarc"],
  });
});
