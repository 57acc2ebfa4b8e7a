import type { CertificateName } from "./certificates";
import { GREY, NEVER, PEOPLE } from "./people";

/** What one of Postfix's listeners does differently from the others; names as in postconf(5). */
export interface Service {
  readonly settings: Readonly<Record<string, string>>;
  /** Shown to clients; without one there is no TLS. */
  readonly certificate?: CertificateName;
  /** What of Postfix answers there. @default smtpd */
  readonly front?: "postscreen";
}

const LOGIN = { smtpd_sasl_auth_enable: "yes" };
/** TLS offered and demanded, passwords only below it: what port 587 usually is. */
const SUBMISSION = { ...LOGIN, smtpd_tls_security_level: "encrypt", smtpd_tls_auth_only: "yes" };
const submission = (certificate: CertificateName, settings: Service["settings"] = {}): Service => ({
  certificate,
  settings: { ...SUBMISSION, ...settings },
});

/** Postfix's listeners, each on a port of its own. */
export const SERVICES = {
  /** Port 25 as it used to be: no TLS, no login, mail for its own domain only. */
  relay: { settings: {} },
  /** A login, and nothing that protects it. */
  clearLogin: { settings: LOGIN },
  submission: submission("good"),
  /** Wants each command to wait for the answer to the one before. */
  unpipelined: submission("good", { smtpd_discard_ehlo_keywords: "pipelining" }),
  /** STARTTLS may be used, or not. */
  opportunistic: { certificate: "good", settings: { ...LOGIN, smtpd_tls_security_level: "may" } },
  smtps: { certificate: "good", settings: { ...SUBMISSION, smtpd_tls_wrappermode: "yes" } },
  smtpsExpired: { certificate: "expired", settings: { ...SUBMISSION, smtpd_tls_wrappermode: "yes" } },
  expired: submission("expired"),
  expiring: submission("expiring"),
  selfSigned: submission("selfSigned"),
  wrongName: submission("wrongName"),
  stranger: submission("stranger"),
  /** TLS as of 1999, which OpenSSL serves only when told that security is of no matter. */
  oldTls: submission("good", {
    smtpd_tls_mandatory_protocols: "TLSv1",
    smtpd_tls_protocols: "TLSv1",
    tls_medium_cipherlist: "ALL:@SECLEVEL=0",
  }),
  noLogin: { certificate: "good", settings: { smtpd_tls_security_level: "encrypt" } },
  onlyXoauth2: submission("good", { smtpd_sasl_mechanism_filter: "xoauth2" }),
  onlyCramMd5: submission("good", { smtpd_sasl_mechanism_filter: "cram-md5" }),
  /** Turns everybody away who has not logged in. */
  members: submission("good", { smtpd_client_restrictions: "permit_sasl_authenticated, reject" }),
  /** Lets those who log in send as themselves only. */
  owners: submission("good", {
    smtpd_sender_restrictions: "reject_authenticated_sender_login_mismatch",
    smtpd_sender_login_maps: `inline:{ { ${PEOPLE.alerts.address} = ${PEOPLE.alerts.address} }, { ${PEOPLE.oncall.address} = ${PEOPLE.oncall.address} } }`,
  }),
  /** Takes nothing from some senders. */
  choosy: submission("good", {
    smtpd_sender_restrictions: "check_sender_access inline:{ { aligned.test = REJECT } }",
  }),
  /** Wants its clients to have certificates. */
  mutual: submission("good", { smtpd_tls_ask_ccert: "yes", smtpd_tls_req_ccert: "yes" }),
  /** Wants to know its clients by name, of which those here have none. */
  nameless: submission("good", { smtpd_client_restrictions: "reject_unknown_client_hostname" }),
  /** Believes nobody's name. */
  formal: submission("good", {
    smtpd_helo_restrictions: "check_helo_access static:REJECT",
  }),
  /** Makes strangers wait, to see who talks too early, and tells all of them to come again. */
  screened: {
    front: "postscreen",
    settings: {
      postscreen_greet_action: "enforce",
      postscreen_greet_wait: "1s",
      postscreen_pipelining_enable: "yes",
      postscreen_pipelining_action: "enforce",
      postscreen_bare_newline_enable: "yes",
    },
  },
  /** Its filter is down. */
  deadFilter: submission("good", { smtpd_proxy_filter: "127.0.0.1:1" }),
  /** Its milter is down, so that it puts off every command. */
  deadMilter: submission("good", { smtpd_milters: "inet:127.0.0.1:1" }),
  /** TLS, but with ciphers nobody else has. */
  oddCiphers: submission("good", {
    smtpd_tls_mandatory_protocols: "TLSv1.2",
    smtpd_tls_protocols: "TLSv1.2",
    tls_medium_cipherlist: "ECDHE-ECDSA-CAMELLIA256-SHA384",
  }),
  /** Greylists by itself; see {@link GREYLISTED}. */
  greylisting: submission("good", {
    smtpd_recipient_restrictions: "reject_unauth_destination, check_policy_service inet:127.0.0.1:$policy_port",
  }),
  /** Announces how little it takes. */
  small: submission("good", { message_size_limit: "700" }),
  /** Finds out only when it has the message. */
  smallUnannounced: submission("good", { message_size_limit: "700", smtpd_discard_ehlo_keywords: "size" }),
  /** Has what passes signed. */
  signing: submission("good", { smtpd_proxy_filter: "127.0.0.1:$signing_port" }),
  /** Receives, and says what it thinks of the sender: not the same as we. */
  opinionated: submission("good", {
    smtpd_proxy_filter: "127.0.0.1:$signing_port",
    smtpd_sender_restrictions:
      "check_sender_access inline:{ { aligned.test = PREPEND Authentication-Results: mail.outbound.test; spf=fail smtp.mailfrom=aligned.test; dkim=pass header.d=aligned.test; dmarc=pass header.from=aligned.test } }",
  }),
  /** Has what passes signed, and then changed by something that knows nothing of signatures. */
  tampering: submission("good", { smtpd_proxy_filter: "127.0.0.1:$tampering_port" }),
  /** Where the filters bring back what they have done. */
  reinjection: { settings: { mynetworks: "127.0.0.0/8", smtpd_recipient_restrictions: "permit_mynetworks, reject" } },
} as const satisfies Record<string, Service>;

export type ServiceName = keyof typeof SERVICES;

/** How often each receiver is put off before the policy relents. */
export const GREYLISTED: Readonly<Record<string, number>> = { [GREY]: 1, [NEVER]: Infinity };
