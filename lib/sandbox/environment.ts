import type { SandboxMail } from "./mail";

/** What the variables of a sandbox name besides its systems. */
export interface EnvironmentFacts {
  readonly mail: SandboxMail;
  /** The URL of the page and the control API. */
  readonly url: string;
  readonly service: string;
  /** The file with the certificate of the mail server's authority. */
  readonly caFile: string;
}

/** The variables for everything in a sandbox but its systems. */
export function sandboxEnvironment(facts: EnvironmentFacts): Record<string, string> {
  const { mail, url, service, caFile } = facts;
  return {
    SMTP_PASSWORD: mail.password,
    OUTBOUND_SANDBOX_URL: url,
    OUTBOUND_SANDBOX_SERVICE: service,
    OUTBOUND_SANDBOX_SMTP_HOST: mail.startTls.host,
    OUTBOUND_SANDBOX_SMTP_PORT: String(mail.startTls.port),
    OUTBOUND_SANDBOX_SMTP_TLS_HOST: mail.tls.host,
    OUTBOUND_SANDBOX_SMTP_TLS_PORT: String(mail.tls.port),
    OUTBOUND_SANDBOX_SMTP_USER: mail.user,
    OUTBOUND_SANDBOX_SMTP_CA: caFile,
    OUTBOUND_SANDBOX_SMTP_THUMBPRINT: mail.thumbprint,
    ...terraformVariables(facts),
  };
}

/**
 * The same for configurations in HCL, which read no environment: values of variables with the names of the examples.
 * Terraform ignores those that a configuration does not declare.
 */
function terraformVariables({ mail, service, caFile }: EnvironmentFacts): Record<string, string> {
  const { startTls, user, password, thumbprint } = mail;
  return {
    TF_VAR_service_name: service,
    TF_VAR_smtp_host: startTls.host,
    TF_VAR_smtp_ip: startTls.host,
    TF_VAR_smtp_port: String(startTls.port),
    TF_VAR_smtp_user: user,
    TF_VAR_smtp_password: password,
    TF_VAR_smtp_ca: caFile,
    TF_VAR_smtp_thumbprint: thumbprint,
  };
}

/** The values among these variables that are secret. */
export const secretsIn = (environment: Readonly<Record<string, string>>): string[] =>
  Object.entries(environment)
    .filter(([name]) => /PASSWORD|SECRET|TOKEN|_KEY$/.test(name))
    .map(([, value]) => value);
