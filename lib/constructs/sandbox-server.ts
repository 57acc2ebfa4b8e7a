import { Secret } from "./secret";
import type { SmtpServerProps } from "./smtp-server";

/**
 * The mail server of `outbound sandbox`, from the variables that it sets; undefined outside a sandbox. Its name is its
 * address.
 */
export function sandboxServer(
  environment: Readonly<Record<string, string | undefined>>,
): { readonly host: string; readonly props: SmtpServerProps } | undefined {
  const of = (name: string) => environment[`OUTBOUND_SANDBOX_SMTP_${name}`] || undefined;
  const host = of("HOST");
  if (host === undefined) return undefined;
  const [port, user] = [of("PORT"), of("USER")];
  return {
    host,
    props: {
      ip: host,
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(user === undefined ? {} : { login: { user, password: Secret.environment("SMTP_PASSWORD") } }),
      sender: { address: "alerts@example.com", name: "Alerting" },
      caCertificate: of("CA"),
      certificateThumbprint: of("THUMBPRINT"),
    },
  };
}
