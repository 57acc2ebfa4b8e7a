import { Token } from "cdktf";
import { Destination, Mailbox, Port, Receiver, Secret, SmtpServer } from "../../lib";
import { checkReceivers } from "../../lib/constructs/receiver";
import { errorOf } from "./helper";

const sender = { address: "alerts@example.com" };

describe("Destination.ipv4", () => {
  it.each([
    ["2001:db8::1", "IPv6"],
    ["999.1.1.1", "255"],
    ["smtp.example.com", "not an IPv4 address"],
    ["203.0.113.25/32", 'Did you mean "203.0.113.25"?'],
    ["203.0.113.25:587", 'Did you mean "203.0.113.25"?'],
    ["", "not an IPv4 address"],
  ])("refuses %j and says why", (address, expected) => {
    const message = errorOf(() => Destination.ipv4(address));
    expect(message).toContain(expected);
    expect(message).toContain("(ip)");
  });

  it("accepts an address, and a reference whose value is known later", () => {
    expect(Destination.ipv4("203.0.113.25").address).toBe("203.0.113.25");
    expect(() => Destination.ipv4(Token.asString({ resolve: () => "later" }))).not.toThrow();
    expect(() => Destination.ipv4("${var.ip}")).not.toThrow();
  });
});

describe("Port.smtp", () => {
  it.each([26, 0, 588, 25.5])("refuses %p and names the nearest", (number) => {
    expect(errorOf(() => Port.smtp(number))).toMatch(/Did you mean (25|587)\?/);
  });

  it.each([25, 465, 587, 2525])("accepts %p", (number) => expect(Port.smtp(number).number).toBe(number));

  it("leaves other TCP ports to Port.tcp, which keeps to TCP's range", () => {
    expect(Port.tcp(26).number).toBe(26);
    expect(() => Port.tcp(0)).toThrow("value/out-of-range");
    expect(() => Port.tcp(70_000)).toThrow("value/out-of-range");
  });
});

describe("Receiver.email", () => {
  it.each([
    ["oncall@example.com\r\nBcc: all@example.com", "line break"],
    ["oncall", "no domain"],
    ["oncall@", "no domain"],
    ["a@example.com, b@example.com", "2 addresses"],
    ["", "no domain"],
  ])("refuses %j", (address, expected) => {
    expect(errorOf(() => Receiver.email(address))).toContain(expected);
  });

  it("refuses a name that would break the header", () => {
    expect(() => Receiver.email("oncall@example.com", "On call\r\nBcc: x@y.z")).toThrow("constructs/line-break");
  });
});

describe("receivers", () => {
  it("are at least one", () => {
    expect(() => checkReceivers([])).toThrow("constructs/no-receivers");
  });

  it("are Receivers, and a plain address is told so", () => {
    const message = errorOf(() => checkReceivers(["oncall@example.com" as never]));
    expect(message).toContain('Did you mean Receiver.email("oncall@example.com")?');
  });

  it("count once each", () => {
    const [one, two] = [Receiver.email("a@example.com"), Receiver.email("b@example.com")];
    expect(checkReceivers([one, two, Receiver.email("a@example.com")]).map(String)).toEqual([
      "a@example.com",
      "b@example.com",
    ]);
  });
});

describe("SmtpServer", () => {
  it.each([
    ["https://smtp.example.com/", 'Did you mean "smtp.example.com"?'],
    ["smtp.example.com:587", 'Did you mean "smtp.example.com"?'],
    ["", "host"],
  ])("refuses %j as host", (host, expected) => {
    expect(errorOf(() => SmtpServer.startTls(host, { sender }))).toContain(expected);
  });

  it("refuses an IPv6 address as the address of its flows", () => {
    expect(() => SmtpServer.startTls("smtp.example.com", { sender, ip: "2001:db8::1" })).toThrow("IPv6");
  });

  it("refuses a sender without a domain and a sender name with a line break", () => {
    expect(errorOf(() => SmtpServer.plain("smtp", { sender: { address: "alerts" } }))).toContain("sender.address");
    const act = () => SmtpServer.plain("smtp", { sender: { ...sender, name: "A\nB" } });
    expect(errorOf(act)).toContain("sender.name");
  });

  it("refuses a password without user", () => {
    const password = Secret.environment("SMTP_PASSWORD");
    // @ts-expect-error -- the user is missing
    expect(errorOf(() => SmtpServer.tls("smtp.example.com", { sender, login: { password } }))).toContain("login.user");
    const act = () => SmtpServer.tls("smtp.example.com", { sender, login: { user: " ", password } });
    expect(errorOf(act)).toContain("login.user");
  });

  it("takes the usual port of its encryption", () => {
    expect(SmtpServer.startTls("smtp", { sender }).port.number).toBe(587);
    expect(SmtpServer.tls("smtp", { sender }).port.number).toBe(465);
    expect(SmtpServer.plain("smtp", { sender }).port.number).toBe(25);
    expect(SmtpServer.plain("smtp", { sender, port: Port.smtp(2525) }).port.number).toBe(2525);
  });
});

describe("Mailbox", () => {
  const user = "oncall";
  const password = Secret.environment("IMAP_PASSWORD", { version: 3 });
  const accessToken = Secret.environment("IMAP_TOKEN");

  it("refuses a literal secret, none, and two of them", () => {
    // @ts-expect-error a literal is no Secret
    expect(() => Mailbox.imap("imap.example.com", { user, password: "hunter2" })).toThrow("constructs/literal-secret");
    // @ts-expect-error there is no way to read a mailbox without logging in
    const none = errorOf(() => Mailbox.imap("imap.example.com", { user }));
    expect(none).toContain("neither a password nor an access token");
    // @ts-expect-error one of them is not used
    const both = errorOf(() => Mailbox.imap("imap.example.com", { user, password, accessToken }));
    expect(both).toContain("a password and an access token");
  });

  it.each<[string, object, string]>([
    ["imaps://imap.example.com/", {}, 'Did you mean "imap.example.com"'],
    ["imap.example.com", { user: " " }, "user"],
    ["imap.example.com", { user: "a\r\nb" }, "constructs/line-break"],
    ["imap.example.com", { folder: "A\nB" }, "constructs/line-break"],
    ["imap.example.com", { port: 0 }, "port"],
    ["imap.example.com", { waitSeconds: 0 }, "waitSeconds"],
    ["imap.example.com", { receiver: "oncall@example.com" }, "Receiver.email"],
  ])("refuses %s with %j where it is written", (host, options, expected) => {
    expect(errorOf(() => Mailbox.imap(host, { user, password, ...options } as never))).toContain(expected);
  });

  it("listens where its encryption usually does, unless told otherwise", () => {
    expect(Mailbox.imap("imap", { user, password }).port.number).toBe(993);
    expect(Mailbox.startTls("imap", { user, password }).port.number).toBe(143);
    expect(Mailbox.startTls("imap", { user, password, port: 1143 }).port.number).toBe(1143);
  });

  it("says in a plan what it is, without any secret", () => {
    const receiver = Receiver.email("oncall@example.com");
    const mailbox = Mailbox.startTls("imap.example.com", { user, accessToken, receiver, folder: "Alerts" });
    expect(mailbox.fingerprint).toBe(
      "of oncall@example.com at imap.example.com:143 with STARTTLS as oncall, in Alerts",
    );
    expect(Mailbox.imap("imap", { user, password }).secret.fingerprint).toBe("IMAP_PASSWORD, version 3");
  });
});
