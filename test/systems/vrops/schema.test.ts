import { emailPluginSchema } from "../../../lib/systems/vrops/email-plugin.schema";
import { notificationRuleSchema } from "../../../lib/systems/vrops/notification-rule.schema";
import { pluginSchema } from "../../../lib/systems/vrops/plugin.schema";
import type { Schema } from "../../../lib/terraform-plugin/schema";
import { validateConfig } from "../../../lib/terraform-plugin/validate";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";
import { emailPlugin, rule } from "./room";

const problems = (schema: Schema, config: object) => validateConfig(schema, config as ValueObject);
const codes = (schema: Schema, config: object) =>
  problems(schema, config).map(({ code, severity, path }) => `${severity} ${code} ${(path ?? []).join(".")}`.trim());

const email = (changes: object = {}) =>
  codes(emailPluginSchema as unknown as Schema, { ...emailPlugin(), password_wo: "secret", ...changes });
const ruleCodes = (changes: object = {}) =>
  codes(notificationRuleSchema as unknown as Schema, { ...rule(), ...changes });

describe("the e-mail plugin's schema", () => {
  it("has nothing against usual settings", () => {
    expect(email()).toEqual([]);
    expect(email({ password_wo_version: null })).toEqual([]);
    // As `terraform plan -generate-config-out` writes it: the version has a default, the secret is not shown.
    expect(email({ password_wo: null, password_wo_version: 1 })).toEqual([]);
    expect(email({ security: "tls", smtp_port: 465 })).toEqual([]);
    expect(email({ security: null, smtp_port: 587 })).toEqual([]);
  });

  it.each([
    [{ username: null }, "error vrops/password-without-user password_wo"],
    [{ security: "tls" }, "warning vrops/tls-on-587 security"],
    [{ smtp_port: 465 }, "warning vrops/starttls-on-465 security"],
    [{ smtp_port: 465, security: null }, "warning vrops/starttls-on-465 security"],
    [{ security: "none" }, "warning vrops/login-in-plaintext security"],
    [{ name: "a\r\nBcc: x@example.com" }, "error value/line-break name"],
    [{ sender_name: "a\nb" }, "error value/line-break sender_name"],
    [{ password_wo: "a\rb" }, "error value/line-break password_wo"],
    [{ trusted_certificate_thumbprint: "not hex" }, "error vrops/thumbprint trusted_certificate_thumbprint"],
    [{ sender_address: "alerts@" }, "error value/bad-email-address sender_address"],
    [{ security: "ssl" }, "error value/not-allowed security"],
    [{ smtp_port: 0 }, "error value/out-of-range smtp_port"],
  ])("with %p says %s", (changes, expected) => {
    expect(email(changes)).toContain(expected);
  });

  it("explains a plaintext server without login twice over, as warnings", () => {
    const config = { username: null, password_wo: null, password_wo_version: null, security: "none", smtp_port: 25 };
    expect(email(config)).toEqual([
      "warning vrops/plaintext-on-25 security",
      "warning vrops/no-authentication username",
    ]);
  });

  it("never quotes a password", () => {
    const config = { ...emailPlugin(), password_wo: "hush\nhush" };
    expect(JSON.stringify(problems(emailPluginSchema as unknown as Schema, config))).not.toContain("hush");
  });

  it("says nothing of what is not known yet", () => {
    expect(email({ username: UNKNOWN, password_wo: UNKNOWN, security: UNKNOWN, smtp_port: UNKNOWN })).toEqual([]);
    expect(email({ password_wo: UNKNOWN })).toEqual([]);
  });
});

describe("the notification rule's schema", () => {
  it("has nothing against a rule with a filter", () => {
    expect(ruleCodes()).toEqual([]);
  });

  it.each([
    [{ criticalities: null }, "warning vrops/rule-without-filter"],
    [{ criticalities: [] }, "warning vrops/rule-without-filter"],
    [{ receivers: [] }, "error value/none receivers"],
    [{ receivers: ["a@example.com;b@example.com"] }, "error value/bad-email-address receivers"],
    [{ receivers: ['"a;b"@example.com'] }, "error vrops/separator-in-address receivers"],
    [{ max_notifications: 3 }, "warning vrops/repeats-without-interval max_notifications"],
    [{ delay_minutes: 1.5 }, "error value/not-an-integer delay_minutes"],
  ])("with %p says %s", (changes, expected) => {
    expect(ruleCodes(changes)).toContain(expected);
  });

  it("knows what was meant by a misspelt criticality", () => {
    const [problem] = problems(notificationRuleSchema as unknown as Schema, { ...rule(), criticalities: ["CRITCAL"] });
    expect(problem!.fix).toBe('Did you mean "CRITICAL"?');
  });

  it("does not call a rule filterless while a filter is not known yet", () => {
    expect(ruleCodes({ criticalities: null, alert_definition_ids: UNKNOWN })).toEqual([]);
  });
});

describe("the generic plugin's schema", () => {
  const plugin = (changes: object) =>
    codes(pluginSchema as unknown as Schema, { plugin_type_id: "WebhookPlugin", name: "Hook", ...changes });

  it.each([
    [
      { config_values: { Password: "x" }, sensitive_config_values_wo: { Password: "y" } },
      "error vrops/key-given-twice config_values.Password",
    ],
    [{ config_values: { Url: "a\nb" } }, "error value/line-break config_values"],
    [{ sensitive_config_values_wo: { Password: "a\nb" } }, "error value/line-break sensitive_config_values_wo"],
  ])("with %p says %s", (changes, expected) => {
    expect(plugin(changes)).toContain(expected);
  });
});
