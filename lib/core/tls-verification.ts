import type { Problem } from "./problem";

/** Set to 0, Node.js verifies no certificate that it is not told to verify; every connection of this package says so itself. */
export const SWITCH = "NODE_TLS_REJECT_UNAUTHORIZED";

export const verificationStaysOn: Problem = {
  code: "tls/verification-stays-on",
  severity: "warning",
  summary: `${SWITCH}=0 is set, and is not obeyed: certificates are verified all the same`,
  fix: `Unset ${SWITCH}. Where a certificate is signed by an authority of your own, give that: ca_certificate in the block of a system (VROPS_CA_CERTIFICATE, UIPATH_CA_CERTIFICATE and so on) for its API, ca_certificate of the test mail for an SMTP server, NODE_EXTRA_CA_CERTS for everything.`,
};
