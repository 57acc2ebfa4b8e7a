import { DOMAIN, MAIL_HOST } from "./people";

/** Records as in a zone file: the name, then type and data. Names that are not here do not exist. */
export type Zone = readonly (readonly [name: string, type: string, data: string])[];

/** Published keys, by the full name of their record. */
export type DkimKeys = Readonly<Record<string, string>>;

/** Where the mail of the tests is said to leave for the internet. */
export const SOURCE_IP = "203.0.113.25";

/** What the name server of the tests knows of the world. */
export function zones(dkim: DkimKeys): Zone {
  return [
    [DOMAIN, "MX", `10 ${MAIL_HOST}.`],
    [MAIL_HOST, "A", "127.0.0.1"],
    // A name for each family, and one for both, whose IPv6 address nobody listens at.
    [`dual.${DOMAIN}`, "A", "127.0.0.1"],
    [`dual.${DOMAIN}`, "AAAA", "::1"],
    [`six.${DOMAIN}`, "AAAA", "::1"],
    // A mail domain, not a host.
    [`mxonly.${DOMAIN}`, "MX", `10 ${MAIL_HOST}.`],
    // RFC 7505: takes no mail, and says so.
    [`nullmx.${DOMAIN}`, "MX", "0 ."],
    [`textonly.${DOMAIN}`, "TXT", "nothing but words"],

    // Senders' domains.
    ["aligned.test", "MX", `10 ${MAIL_HOST}.`],
    ["aligned.test", "TXT", `v=spf1 ip4:${SOURCE_IP} -all`],
    ["_dmarc.aligned.test", "TXT", "v=DMARC1; p=reject"],
    ["softfail.test", "TXT", "v=spf1 ip4:192.0.2.1 ~all"],
    ["_dmarc.softfail.test", "TXT", "v=DMARC1; p=none"],
    ["rejecting.test", "TXT", "v=spf1 ip4:192.0.2.1 -all"],
    ["_dmarc.rejecting.test", "TXT", "v=DMARC1; p=reject"],
    ["unprotected.test", "MX", `10 ${MAIL_HOST}.`],
    ...Object.entries(dkim).map(([name, key]) => [name, "TXT", `v=DKIM1; k=rsa; p=${key}`] as const),
  ];
}

/** Domains that send with a DKIM key of theirs. */
export const SENDER_DOMAINS = [DOMAIN, "aligned.test", "softfail.test", "rejecting.test"] as const;
