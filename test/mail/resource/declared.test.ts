import { mailboxOf, senderAlignmentOf, targetOf } from "../../../lib/mail/resource/declared";

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

describe("mailboxOf", () => {
  it("is that of the only receiver, on the port that goes with the encryption", () => {
    const mailbox = mailboxOf({ imap, to: ["oncall@example.com"] }, "secret");
    expect(mailbox).toEqual({
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
    expect(mailboxOf({ imap: { ...imap, security: "starttls" }, to: server.to }, "secret")!.port).toBe(143);
    expect(mailboxOf({ imap: { ...imap, port: 1993, ca_certificate: "PEM" }, to: server.to }, null)).toMatchObject({
      port: 1993,
      ca: "PEM",
      password: "",
    });
  });

  it("spells the receiver as the test does, so that what the server said of it is found", () => {
    expect(mailboxOf({ imap: { ...imap, receiver: "LEAD@example.com" }, to: server.to }, "x")!.receiver).toBe(
      "lead@example.com",
    );
  });

  it("is none without `imap`", () => {
    expect(mailboxOf({ imap: null, to: server.to }, null)).toBeUndefined();
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
