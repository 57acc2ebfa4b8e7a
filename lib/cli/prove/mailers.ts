import { EHLO_TLS, EHLO } from "../../mail/stage/stage";
import type { Mailer, Topology } from "../../topology/topology";
import type { MailTest } from "../mail/mail-test";
import type { Chain } from "./chain";

const NO_LOGIN =
  "login, sender and receivers are left out: no test is declared for this server, so that its password is not known here";

/**
 * A chain for each server that a platform uses and no test covers: up to the encrypted greeting, because the platform's
 * password cannot be read anywhere.
 */
export function chainsOfMailers(
  { mailers }: Pick<Topology, "mailers">,
  tests: readonly Chain[],
  directory: string,
): Chain[] {
  const covered = new Set(tests.flatMap(({ test }) => ("unknown" in test ? [] : [serverOf(test)])));
  return mailers.flatMap((mailer): Chain[] => {
    const server = mailer.enabled === false ? undefined : smtpOf(mailer);
    if (server === undefined || covered.has(`${server.host}:${server.port}`)) return [];
    // One test is enough for all settings of one server.
    covered.add(`${server.host}:${server.port}`);
    const { host, port, security, sender } = server;
    const test: MailTest = {
      title: mailer.address,
      kind: "probe",
      declared: true,
      directory,
      values: { smtp_host: host, smtp_port: port, security, from_address: sender },
    };
    const lastStage = security === "starttls" ? EHLO_TLS : EHLO;
    return [{ address: mailer.address, test, lastStage, elsewhere: true, leftOut: [NO_LOGIN] }];
  });
}

const serverOf = ({ values }: MailTest) => `${String(values["smtp_host"])}:${String(values["smtp_port"] ?? 587)}`;

function smtpOf({ smtp }: Mailer) {
  const { host, port, security = "starttls", sender = null } = smtp ?? {};
  if (typeof host !== "string" || typeof port !== "number") return undefined;
  return { host, port, security, sender };
}
