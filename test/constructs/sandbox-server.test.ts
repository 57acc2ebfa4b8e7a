import { SmtpServer } from "../../lib";
import { errorOf } from "./helper";

const variables = {
  OUTBOUND_SANDBOX_SMTP_HOST: "127.99.1.1",
  OUTBOUND_SANDBOX_SMTP_PORT: "2525",
  OUTBOUND_SANDBOX_SMTP_USER: "someone",
  OUTBOUND_SANDBOX_SMTP_CA: "-----BEGIN CERTIFICATE-----",
  OUTBOUND_SANDBOX_SMTP_THUMBPRINT: "AA:BB:CC:DD:EE:FF:00:11:22:33",
};

describe("SmtpServer.sandbox", () => {
  it("is nothing outside a sandbox, also where its variable is empty", () => {
    expect(SmtpServer.sandbox({})).toBeUndefined();
    expect(SmtpServer.sandbox({ ...variables, OUTBOUND_SANDBOX_SMTP_HOST: "" })).toBeUndefined();
  });

  it("is the sandbox's server, with its login, authority and thumbprint", () => {
    const server = SmtpServer.sandbox(variables)!;
    expect(server.fingerprint).toBe("127.99.1.1:2525 with STARTTLS as someone, from alerts@example.com");
    expect(server.login?.password.source).toBe("SMTP_PASSWORD");
    expect(server).toMatchObject({
      caCertificate: "-----BEGIN CERTIFICATE-----",
      certificateThumbprint: "AA:BB:CC:DD:EE:FF:00:11:22:33",
    });
  });

  it("logs in as nobody where no user is named", () => {
    expect(SmtpServer.sandbox({ ...variables, OUTBOUND_SANDBOX_SMTP_USER: undefined })?.login).toBeUndefined();
  });

  it("refuses a port that is none", () => {
    expect(errorOf(() => SmtpServer.sandbox({ ...variables, OUTBOUND_SANDBOX_SMTP_PORT: "smtp" }))).toContain("port");
  });
});
