import type { ChainProof, Proof, SeenCertificate } from "./proof";
import { isMicrosoft365, MICROSOFT_365_PASSWORDS_OFF } from "../validators/known-servers";
import { stateAt, type Ending, type TimeWindow } from "./ending";

/** The endings that a proof shows. */
export function endingsOfProof({ chains }: Proof, sight: TimeWindow): Ending[] {
  return chains.flatMap((chain) => [
    ...chain.certificates.map((one) => ofCertificate(chain, one, sight)),
    ...retiredLogin(chain, sight),
    ...notSeen(chain),
    ...brokenRules(chain),
    ...(chain.unseen ?? []).map(({ server, reason }) => unknownCertificate(chain, server, reason)),
  ]);
}

function ofCertificate(
  { address }: ChainProof,
  { server, name, until, own }: SeenCertificate,
  sight: TimeWindow,
): Ending {
  const kind = own ? "certificate" : "authority";
  return {
    kind,
    paths: [address],
    subject: own ? `certificate ${name} of ${server}` : `authority ${name} behind the certificate of ${server}`,
    state: stateAt(Date.parse(until), sight),
    at: until,
    fix: own
      ? "Renew it at the mail server, and look why that has not happened by itself: those who renew by themselves do it when a third of its life is left."
      : "Have the server send a chain by an authority that lives longer; where `ca_certificate` names this one, replace it there first.",
  };
}

/** A login by password at a provider that has announced the end of it. */
function retiredLogin({ address, server, login }: ChainProof, sight: TimeWindow): Ending[] {
  const host = server?.replace(/:\d+$/, "");
  if (login !== "password" || host === undefined || !isMicrosoft365(host)) return [];
  return [
    {
      kind: "authentication",
      paths: [address],
      subject: `logins to ${host} by user name and password`,
      state: stateAt(Date.parse(MICROSOFT_365_PASSWORDS_OFF), sight),
      at: MICROSOFT_365_PASSWORDS_OFF,
      fix: "Microsoft switches them off by default then; an administrator can switch them on again for a while. Plan another way of sending: a relay of your own, High Volume Email or Azure Communication Services.",
    },
  ];
}

/** Servers whose certificate was not seen, because encryption was never reached. */
function notSeen(chain: ChainProof): Ending[] {
  const { address, state, server, verdict, certificates } = chain;
  if (state !== "unknown" || certificates.length > 0) return [];
  return [unknownCertificate(chain, server ?? address, verdict)];
}

const unknownCertificate = ({ address }: ChainProof, server: string, reason: string): Ending => ({
  kind: "certificate",
  paths: [address],
  subject: `certificate of ${server}`,
  state: "unknown",
  reason,
  fix: "Run the check where the server can be reached, with the variables that it names.",
});

/** Transport rules that the server breaks; others are not reported. */
const brokenRules = ({ address, server, rules = [] }: ChainProof): Ending[] =>
  rules.flatMap(({ kind, name, state, reason }): Ending[] =>
    state === "kept"
      ? []
      : [
          {
            kind: "rule",
            paths: [address],
            subject: `${kind} at ${name}, for ${server ?? address}`,
            state,
            ...(reason === undefined ? {} : { reason }),
            fix: "Hand mail to a server that the receivers' domain names, by STARTTLS and with the certificate that it publishes; or have the domain publish what is true.",
          },
        ],
  );
