import { ProblemError } from "../../../core/problem";
import { MECHANISMS, type Mechanism } from "../../smtp/mechanism";
import { remedyFor } from "../../stage/remedy";
import { login as remedies } from "../remedies/login";

/** Over TLS the simple ones are preferable: the server need not store the password readably. */
const ENCRYPTED: readonly Mechanism[] = ["PLAIN", "LOGIN", "CRAM-MD5"];

const IN_CLEAR: readonly Mechanism[] = ["CRAM-MD5", "PLAIN", "LOGIN"];

/** Chooses a mechanism, `only` that one when it is given; throws when there is none in common. */
export function chooseMechanism(offered: readonly string[], encrypted: boolean, only?: Mechanism): Mechanism {
  const ours = only === undefined ? (encrypted ? ENCRYPTED : IN_CLEAR) : [only];
  const chosen = ours.find((mechanism) => offered.includes(mechanism));
  if (chosen) return chosen;
  const evidence = `wanted: ${ours.join(", ")}; offered: ${offered.join(", ")}`;
  const usable = MECHANISMS.filter((mechanism) => offered.includes(mechanism));
  if (only !== undefined && usable.length > 0) {
    throw new ProblemError(
      remedyFor(remedies.mechanismNotOffered, { mechanism: only, offered: usable.join(", ") }, evidence),
    );
  }
  if (only === undefined && offered.some((mechanism) => TOKENS.includes(mechanism))) {
    throw new ProblemError(remedyFor(remedies.onlyTokens, {}, evidence));
  }
  if (offered.every((mechanism) => DOMAIN_LOGINS.includes(mechanism))) {
    throw new ProblemError(remedyFor(remedies.onlyDomainLogins, {}, evidence));
  }
  throw new ProblemError(remedyFor(remedies.noCommonMechanism, { mechanisms: ours.join(", ") }, evidence));
}

/** Logins by an OAuth2 token, and those of a Windows or Kerberos domain. */
const TOKENS = ["XOAUTH2", "OAUTHBEARER"];

const DOMAIN_LOGINS = ["GSSAPI", "GSS-SPNEGO", "NTLM", "EXTERNAL"];
