import { smtpProbeSchema, testEmailSchema } from "../../../lib/mail";
import { dkimSelector, environmentName, ipAddress, ipAndPort, nameServer } from "../../../lib/mail/resource/validators";
import { isDeclared } from "../../../lib/mail/wire/ip-and-port";
import type { Problem } from "../../../lib/core/problem";

const plain = {
  smtp_host: "smtp.example.com",
  smtp_port: 587,
  security: "starttls",
  username: "alerts",
  password_wo: "secret",
};

function problems(values: Record<string, unknown>): readonly Problem[] {
  return testEmailSchema.checks!.flatMap((check) => check.check({ ...plain, ...values } as never));
}
const codes = (values: Record<string, unknown>) => problems(values).map(({ code, severity }) => `${severity} ${code}`);

it("finds nothing wrong with what is usual", () => {
  expect(codes({})).toEqual([]);
  expect(codes({ smtp_port: 465, security: "tls" })).toEqual([]);
  expect(codes({ username: null, password_wo: null })).toEqual([]);
  expect(codes({ smtp_host: "smtp.office365.com", username: "a@example.com", auth_mechanism: "XOAUTH2" })).toEqual([]);
});

it.each([
  [{ username: null }, "error mail/password-without-user"],
  [{ password_wo: null }, "error mail/user-without-password"],
  [{ username: null, password_wo: null, auth_mechanism: "XOAUTH2" }, "error mail/mechanism-without-user"],
  [{ smtp_host: "smtp.office365.com", username: "a@example.com" }, "warning value/microsoft-365-basic-auth"],
  [{ security: "tls" }, "warning mail/unusual-port"],
  [{ smtp_port: 465 }, "warning mail/unusual-port"],
  [{ smtp_port: 465, security: null }, "warning mail/unusual-port"],
  [{ security: "none" }, "warning mail/credentials-in-clear"],
  [{ smtp_port: 25, security: "none", username: null, password_wo: null }, "warning mail/plain-text"],
])("explains %j", (values, expected) => {
  expect(codes(values)).toEqual([expected]);
});

it("does not mind plain text that stays on the machine", () => {
  for (const smtp_host of ["127.0.0.1", "127.8.9.10", "localhost", "::1"]) {
    expect(codes({ smtp_host, security: "none" })).toEqual([]);
  }
});

it("holds back while values are not known yet", () => {
  expect(codes({ username: undefined, password_wo: "x" })).toEqual([]);
  expect(codes({ password_wo: undefined, smtp_port: undefined, security: undefined })).toEqual([]);
});

it("asks for the variable, not the password, in the probe", () => {
  const values = { ...plain, password_environment: null } as never;
  const [problem] = smtpProbeSchema.checks!.flatMap((check) => check.check(values));
  expect(problem).toMatchObject({
    code: "mail/user-without-password",
    fix: expect.stringContaining("password_environment"),
  });
});

it("never repeats what was given in place of a variable's name: it may be the password", () => {
  expect(environmentName.check("SMTP_PASSWORD")).toBeUndefined();
  expect(JSON.stringify(environmentName.check("hunter2 !"))).not.toContain("hunter2");
});

it.each([
  "203.0.113.25",
  "203.0.113.25:0",
  "203.0.113.25:70000",
  "999.1.1.1:25",
  "smtp.example.com:25",
  "2001:db8::1:25",
  "",
])("refuses %j as a flow", (flow) => {
  expect(ipAndPort.check(flow)).toMatchObject({ code: "mail/not-ip-and-port" });
});

it("finds a declared flow by address and port", () => {
  expect(ipAndPort.check("203.0.113.25:587")).toBeUndefined();
  expect(isDeclared(["203.0.113.25:587"], "203.0.113.25", 587)).toBe(true);
  expect(isDeclared(["203.0.113.25:587"], "203.0.113.25", 25)).toBe(false);
});

it.each([
  [["a@example.com", "b"], "value/bad-email-address"],
  [[], "value/none"],
])("refuses the receivers %j", (to, code) => {
  const found = testEmailSchema.attributes.to.validators!.map((validator) => validator.check(to)).filter(Boolean);
  expect(found).toEqual([expect.objectContaining({ code })]);
});

it.each(["192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:53"])(
  "takes %j as a name server",
  (server) => {
    expect(nameServer.check(server)).toBeUndefined();
  },
);

it.each(["dns.example.com", "192.0.2.53:0", "192.0.2.53:70000", "192.0.2.0/24", ""])(
  "refuses %j as a name server",
  (server) => {
    expect(nameServer.check(server)).toMatchObject({ code: "mail/not-name-server" });
  },
);

it("takes addresses of both families as sources, and nothing else", () => {
  for (const address of ["203.0.113.25", "2001:db8::25"]) expect(ipAddress.check(address)).toBeUndefined();
  for (const other of ["203.0.113.0/24", "203.0.113.25:25", "smtp.example.com", ""]) {
    expect(ipAddress.check(other)).toMatchObject({ code: "mail/not-ip-address" });
  }
});

it("takes selectors of one label or several, digits alone too", () => {
  for (const selector of ["mail", "20230601", "s1.mail", "k_1"]) expect(dkimSelector.check(selector)).toBeUndefined();
  for (const other of ["", "a b", "-a", "a..b", "mail._domainkey.example.com"]) {
    expect(dkimSelector.check(other)).toMatchObject({ code: "mail/not-dkim-selector" });
  }
  expect(dkimSelector.check("mail._domainkey.example.com")!.fix).toContain('Did you mean "mail"?');
});

it("names the check that does not exist", () => {
  const { require } = testEmailSchema.attributes.alignment.nested.attributes;
  expect(require.validators!.map((validator) => validator.check(["spf", "dkimm"]))).toEqual([
    expect.objectContaining({ code: "value/not-allowed", fix: expect.stringContaining("dkim") }),
  ]);
});
