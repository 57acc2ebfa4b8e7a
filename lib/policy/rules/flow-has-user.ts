import { isIP } from "node:net";
import type { Topology } from "../../topology";
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
  check: (topology) =>
    judge(
      topology.flows.filter(({ ip, port }) => ip !== undefined && port !== undefined),
      "no flow is declared",
      ({ address, ip, port, lets }) =>
        isUsed(topology, lets, ip!, port!)
          ? undefined
          : { address, summary: `Nothing in ${lets} sends by ${ip}:${port}, which this flow opens` },
    ),
};

function isUsed({ mailers, tests }: Topology, system: string, ip: string, port: number): boolean {
  return mailers.some(({ system: own, smtp }) => {
    if (own !== system || smtp === undefined || !maybeEqual(smtp.port, port)) return false;
    if (smtp.host === undefined) return true;
    if (smtp.host === null) return false;
    if (isIP(smtp.host) !== 0) return smtp.host === ip;
    const declared = tests.filter((test) => sameServer(test.smtp, smtp)).map(({ flows }) => flows);
    if (declared.includes(undefined)) return true;
    const known = declared.flatMap((flows) => flows ?? []);
    return known.length === 0 || known.includes(`${ip}:${port}`);
  });
}
