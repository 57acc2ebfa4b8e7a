import { alertReceiversSchema } from "../../../lib/systems/uipath/alert-receivers.schema";
import { systemMailSchema } from "../../../lib/systems/uipath/system-mail.schema";
import { tenantMailSchema } from "../../../lib/systems/uipath/tenant-mail.schema";
import type { Schema } from "../../../lib/terraform-plugin/schema";
import { validateConfig, validateCreation } from "../../../lib/terraform-plugin/validate";
import { UNKNOWN, type Value } from "../../../lib/terraform-plugin/values";

const sound = {
  smtp_host: "smtp.example.com",
  smtp_port: 587,
  sender_address: "alerts@example.com",
  username: "alerts",
  password_wo: "correct horse battery",
};

const tenant = (changes: Record<string, Value> = {}) => validateConfig(tenantMailSchema, { ...sound, ...changes });
const system = (changes: Record<string, Value> = {}) => validateConfig(systemMailSchema, { ...sound, ...changes });
const codes = (problems: ReturnType<typeof tenant>) => problems.map(({ code, severity }) => `${severity} ${code}`);

describe.each([
  ["tenant", tenant, tenantMailSchema],
  ["system", system, systemMailSchema],
])("mail settings of the %s", (_name, check, schema) => {
  it("are sound", () => expect(check()).toEqual([]));

  it.each([
    [{ username: null }, "error uipath/password-without-user"],
    [{ password_wo: "••••••••••••" }, "error uipath/mask-as-password"],
    [{ password_wo: "********" }, "error uipath/mask-as-password"],
    [{ smtp_port: 0 }, "error value/out-of-range"],
    [{ sender_name: "a\r\nBcc: x@example.com" }, "error value/line-break"],
    [{ enable_ssl: false }, "warning uipath/plaintext-on-587"],
    [{ enable_ssl: false, smtp_port: 465 }, "warning uipath/plaintext-on-465"],
    [{ enable_ssl: false, smtp_port: 25 }, "warning uipath/password-in-plaintext"],
    [{ username: null, password_wo: null }, "warning uipath/no-authentication"],
    [{ smtp_host: "smtp.office365.com" }, "warning value/microsoft-365-basic-auth"],
    [{ smtp_host: "smtp.gmail.com", username: "me@gmail.com" }, "warning value/gmail-sender"],
  ])("%j: %s", (changes, code) => expect(codes(check(changes))).toContain(code));

  it("may leave out the password when they are there already, not when they are new", () => {
    expect(codes(check({ password_wo: null, password_wo_version: 1 }))).toEqual([]);
    const fresh = validateCreation(schema as unknown as Schema, {
      ...sound,
      password_wo: null,
      password_wo_version: 1,
    });
    expect(codes(fresh)).toEqual(["error uipath/user-without-password"]);
    expect(validateCreation(schema as unknown as Schema, { ...sound })).toEqual([]);
  });

  it("with default credentials do not use the login, nor SSL, without a word", () => {
    expect(codes(check({ use_default_credentials: true }))).toEqual([
      "warning uipath/user-with-default-credentials",
      "warning uipath/ssl-with-default-credentials",
    ]);
  });

  it("that are not known yet are left alone", () => {
    expect(check({ smtp_host: UNKNOWN, username: UNKNOWN, password_wo: UNKNOWN, enable_ssl: UNKNOWN })).toEqual([]);
  });
});

it("explains what the guide says of 587", () => {
  const [problem] = tenant({ enable_ssl: false });
  expect(problem!.fix).toContain('"465 with SSL, else 587"');
  expect(problem!.fix).toContain("STARTTLS");
});

it("never quotes a password", () => {
  const secret = "hush\nhush";
  expect(JSON.stringify(tenant({ password_wo: secret }))).not.toContain("hush");
});

describe("a tenant's mode", () => {
  it("custom needs server, port and sender", () => {
    const problems = validateConfig(tenantMailSchema, { smtp_port: 25 });
    expect(problems.map(({ path }) => path)).toEqual(expect.arrayContaining([["smtp_host"], ["sender_address"]]));
  });
  it("default needs nothing, and warns of nothing that is not used", () => {
    expect(validateConfig(tenantMailSchema, { mode: "default" })).toEqual([]);
    expect(tenant({ mode: "default", enable_ssl: false, smtp_host: "smtp.office365.com" })).toEqual([]);
  });
  it("is one of two", () => expect(tenant({ mode: "costum" })[0]!.fix).toContain('"custom"'));
});

it("the host has no organization, and an organization has a GUID", () => {
  const id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
  expect(codes(system({ scope: "host", organization_id: id }))).toEqual(["error uipath/host-has-no-organization"]);
  expect(codes(system({ organization_id: "acme" }))).toEqual(["error uipath/not-a-guid"]);
});

it("expected receivers are addresses", () => {
  const problems = validateConfig(alertReceiversSchema, { expected: ["oncall"] });
  expect(codes(problems)).toEqual(["error value/bad-email-address"]);
});
