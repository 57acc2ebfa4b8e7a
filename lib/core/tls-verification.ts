import type { Problem } from "./problem";

/**
 * The variable that, set to 0, makes Node.js skip the verification of certificates wherever the code does not ask for it;
 * every connection of this package asks for it.
 */
export const SWITCH = "NODE_TLS_REJECT_UNAUTHORIZED";

export const verificationStaysOn: Problem = {
  code: "tls/verification-stays-on",
  severity: "warning",
  summary: `${SWITCH}=0 is set, and is not obeyed: certificates are verified all the same`,
  fix: `Unset ${SWITCH}. Where a certificate is signed by an authority of your own, give that: ca_certificate in the block of a system (VROPS_CA_CERTIFICATE, UIPATH_CA_CERTIFICATE and so on) for its API, ca_certificate of the test mail for an SMTP server, NODE_EXTRA_CA_CERTS for everything.`,
};
