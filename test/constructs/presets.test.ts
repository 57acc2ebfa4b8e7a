import { App, TerraformStack } from "cdktf";
import { Secret, SmtpServer, SmtpPlugin, Vrops, type GmailProps } from "../../lib";
import { errorOf } from "./helper";

const password = Secret.environment("SMTP_PASSWORD");
const address = "alerts@example.com";

describe("SmtpServer.gmail", () => {
  const gmail = (props: Partial<GmailProps> = {}) => SmtpServer.gmail({ address, appPassword: password, ...props });

  it("is implicit TLS on 465, and STARTTLS on 587, never unencrypted", () => {
    expect(gmail()).toMatchObject({ host: "smtp.gmail.com", security: "tls", port: { number: 465 } });
    expect(gmail({ port: 587 })).toMatchObject({ host: "smtp.gmail.com", security: "starttls", port: { number: 587 } });
    expect(() => gmail({ port: 25 as never })).toThrow("value/not-allowed");
  });

  it("logs in as the account and sends as it, unless told otherwise", () => {
    const server = gmail({ name: "Alerting" });
    expect(server.login).toEqual({ user: address, password });
    expect(server.sender).toEqual({ address, name: "Alerting" });
    expect(gmail({ sender: { address: "noc@example.com" } }).sender).toEqual({ address: "noc@example.com" });
  });

  it("calls mistakes by its own names", () => {
    expect(errorOf(() => gmail({ address: "alerts" }))).toContain("(address)");
    expect(errorOf(() => gmail({ name: "A\r\nBcc: x@y.z" }))).toContain("(name)");
    expect(errorOf(() => gmail({ appPassword: "abcd efgh ijkl mnop" as never }))).toContain("appPassword");
  });
});

describe("SmtpServer.microsoft365", () => {
  const server = SmtpServer.microsoft365({ address, password });

  it("is STARTTLS on 587", () => {
    expect(server).toMatchObject({ host: "smtp.office365.com", security: "starttls", port: { number: 587 } });
    expect(server.login).toEqual({ user: address, password });
    expect(errorOf(() => SmtpServer.microsoft365({ address, password: "hunter2" as never }))).toContain("password");
  });

  it("warns at synth that the login is being retired, by whom that was said and when", () => {
    const stack = new TerraformStack(new App(), "stack");
    const plugin = new SmtpPlugin(stack, "plugin", { into: Vrops.standardEmail({ name: "Prod" }), server });
    plugin.resource.node.validate();
    const warnings = plugin.resource.node.metadata.map(({ data }) => String(data));
    expect(warnings.join()).toContain("value/microsoft-365-basic-auth");
    expect(warnings.join()).toMatch(/Microsoft, 27 January 2026: https:\/\/techcommunity\.microsoft\.com\//);
  });
});
