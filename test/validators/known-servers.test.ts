import { GMAIL_HOST, GMAIL_PORTS, MICROSOFT_365_HOST, MICROSOFT_365_PORT } from "../../lib/constructs/presets";
import { knownServers } from "../../lib/validators";
import { rulesOfHost } from "../../lib/validators/mail-providers";

const codes = (values: Record<string, unknown>) =>
  knownServers()
    .check({
      smtp_host: null,
      smtp_port: 587,
      username: null,
      sender_address: "alerts@example.com",
      ...values,
    } as never)
    .map(({ code, severity, path }) => `${severity} ${code} ${path!.join()}`);

it.each([
  [{ smtp_host: "smtp.example.com", username: "alerts" }, []],
  [{ smtp_host: undefined, username: "alerts" }, []],
  [
    { smtp_host: "smtp.office365.com", username: "a@example.com" },
    ["warning value/microsoft-365-basic-auth smtp_host"],
  ],
  [
    { smtp_host: "SMTP-legacy.Office365.com", username: "a@example.com" },
    ["warning value/microsoft-365-basic-auth smtp_host"],
  ],
  [{ smtp_host: "smtp.office365.com" }, ["warning value/mail-service-login username"]],
  [{ smtp_host: "smtp.office365.com.example.com", username: "a" }, []],
  [
    { smtp_host: "smtp.office365.com", smtp_port: 465, username: undefined },
    ["warning value/mail-service-port smtp_port"],
  ],
  [{ smtp_host: "smtp.gmail.com", username: "Alerts@example.com" }, []],
  [{ smtp_host: "smtp.gmail.com", username: "other@example.com" }, ["warning value/gmail-sender sender_address"]],
  [{ smtp_host: "smtp.gmail.com", username: undefined }, []],
])("%j", (values, expected) => {
  expect(codes(values)).toEqual(expected);
});

const AT_HOME: readonly (readonly [host: string, port: number, user: string, password: string])[] = [
  ["smtp.gmail.com", 465, "alerts@example.com", "abcd efgh ijkl mnop"],
  ["smtp.gmail.com", 587, "alerts@example.com", "abcdefghijklmnop"],
  ["email-smtp.eu-west-1.amazonaws.com", 587, "AKIAIOSFODNN7EXAMPLE", "B".repeat(44)],
  ["email-smtp.eu-west-1.amazonaws.com", 2465, "AKIAIOSFODNN7EXAMPLE", "B".repeat(44)],
  ["smtp.sendgrid.net", 587, "apikey", "SG.abc.def"],
  ["smtp.eu.mailgun.org", 465, "postmaster@mg.example.com", "any"],
  ["smtp.postmarkapp.com", 2525, "0b1c-token", "0b1c-token"],
  ["smtp-relay.brevo.com", 587, "8a1b@smtp-brevo.com", "xsmtpsib-0a1b"],
  ["in-v3.mailjet.com", 588, "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"],
  ["ssl0.ovh.net", 465, "alerts@example.com", "any"],
  ["smtp.ionos.fr", 587, "alerts@example.com", "any"],
  ["mail.gmx.net", 465, "12345678", "any"],
  ["mail.gandi.net", 25, "alerts@example.com", "any"],
  ["mail.infomaniak.com", 465, "alerts@example.com", "any"],
  ["smtp.zoho.eu", 587, "alerts", "any"],
  ["smtp.mail.yahoo.com", 465, "alerts", "abcdefghijklmnop"],
  ["smtp.mail.me.com", 587, "alerts", "abcd-efgh-ijkl-mnop"],
  ["smtp.fastmail.com", 465, "alerts@example.com", "any"],
  // Nothing is known of these.
  ["smtp.protonmail.ch", 2525, "x", "any"],
  ["smtp-relay.gmail.com", 25, "x", "any"],
  ["example-com.mail.protection.outlook.com", 25, "x", "any"],
];

it.each(AT_HOME)("%s on %d, as its users declare it, is not warned of", (smtp_host, smtp_port, username, password_wo) =>
  expect(codes({ smtp_host, smtp_port, username, password_wo, sender_address: username })).toEqual([]),
);

it.each<[string, Record<string, unknown>, string]>([
  [
    "a port that Postmark has not",
    { smtp_host: "smtp.postmarkapp.com", smtp_port: 465, username: "x" },
    "port smtp_port",
  ],
  ["a port that iCloud has not", { smtp_host: "smtp.mail.me.com", smtp_port: 465, username: "x" }, "port smtp_port"],
  ["no login", { smtp_host: "smtp.sendgrid.net" }, "login username"],
  ["a user of one's own at SendGrid", { smtp_host: "smtp.sendgrid.net", username: "alerts" }, "user username"],
  [
    "an address at SES",
    { smtp_host: "email-smtp.eu-west-1.amazonaws.com", username: "a@example.com" },
    "user username",
  ],
  [
    "the key of an AWS user at SES",
    { smtp_host: "email-smtp.eu-west-1.amazonaws.com", username: "AKIAIOSFODNN7EXAMPLE", password_wo: "k".repeat(40) },
    "password password_wo",
  ],
  [
    "the account's own password at Gmail",
    { smtp_host: "smtp.gmail.com", username: "alerts@example.com", password_wo: "correct horse battery" },
    "password password_wo",
  ],
  [
    "an API key at Brevo",
    { smtp_host: "smtp-relay.brevo.com", username: "a@b.example", password_wo: "xkeysib-1" },
    "password password_wo",
  ],
  [
    "a Windows domain",
    { smtp_host: "smtp.gmail.com", username: "alerts@example.com", domain: "CORP" },
    "domain domain",
  ],
])("%s is warned of, and no secret is shown", (_, values, expected) => {
  expect(codes(values)).toEqual([`warning value/mail-service-${expected}`]);
  const text = JSON.stringify(knownServers().check(values as never));
  if (typeof values["password_wo"] === "string") expect(text).not.toContain(values["password_wo"]);
});

it("takes a token for what it is", () => {
  const token = { smtp_host: "smtp.gmail.com", smtp_port: 587, username: "alerts@example.com", password_wo: "ya29.x" };
  expect(codes({ ...token, auth_mechanism: "XOAUTH2" })).toEqual([]);
});

it("the hosts of the presets are among the known ones, with their ports", () => {
  for (const port of GMAIL_PORTS) expect(rulesOfHost(GMAIL_HOST)!.ports).toHaveProperty(String(port));
  expect(rulesOfHost(MICROSOFT_365_HOST)!.ports).toHaveProperty(String(MICROSOFT_365_PORT));
});

it("looks at the attributes by the names that a resource gives them", () => {
  const check = knownServers({ host: "host", port: "port" });
  expect(check.check({ host: "smtp.office365.com", port: 465 } as never)[0]).toMatchObject({ path: ["port"] });
});
