import { isIP } from "node:net";
import type { Mailer, Topology } from "../../topology";
import { maybeEqual, sameServer } from "../connections";
import { judge, type Rule } from "../rule";

export const flowHasUser: Rule = {
  id: "flow-has-user",
  title: "Every flow is used",
  severity: "warning",
  why: "An opening in the firewall that nothing uses is a way out that nobody watches, or a sign that the settings point elsewhere.",
  fix: "Remove the flow, or declare the plugin that sends by it. When its user is in another stack, acknowledge this and say where.",
  scope:
    "Flows whose address and port are known. A host name counts as any address unless a test mail's flows say which address it stands for: names are not resolved.",
  check(topology) {
    const senders = topology.mailers.map((mailer) => sender(mailer, topology));
    return judge(
      topology.flows.filter(({ ip, port }) => ip !== undefined && port !== undefined),
      "no flow is declared",
      ({ address, ip, port, lets }) =>
        senders.some(({ system, mayUse }) => system === lets && mayUse(ip!, port!))
          ? undefined
          : { address, summary: `Nothing in ${lets} sends by ${ip}:${port}, which this flow opens` },
    );
  },
};

interface Sender {
  readonly system: string;
  readonly mayUse: (ip: string, port: number) => boolean;
}

/** What the rule asks of each flow, prepared once for each sender: there may be hundreds of both. */
function sender({ system, smtp }: Mailer, { tests }: Topology): Sender {
  if (smtp === undefined || smtp.host === null) return { system, mayUse: () => false };
  const { host } = smtp;
  const samePort = (port: number) => maybeEqual<number | null>(smtp.port, port);
  if (host === undefined) return { system, mayUse: (_, port) => samePort(port) };
  if (isIP(host) !== 0) return { system, mayUse: (ip, port) => host === ip && samePort(port) };
  const declared = tests.filter((test) => sameServer(test.smtp, smtp)).map(({ flows }) => flows);
  const known = new Set(declared.flatMap((flows) => flows ?? []));
  const anyAddress = known.size === 0 || declared.includes(undefined);
  return { system, mayUse: (ip, port) => samePort(port) && (anyAddress || known.has(`${ip}:${port}`)) };
}
