/** Mail services that are recognised by their host names: who they are, and what they require of senders. */

export type Encryption = "tls" | "starttls";

/** The known requirements of a provider. Where a property is absent, nothing is known. */
export interface ProviderRules {
  /** The vendor's page that documents them. */
  readonly page: string;
  /** The hosts that the rules apply to, where they do not apply to all hosts of the provider. */
  readonly host?: RegExp;
  /** The ports that it listens on, and the encryption that each begins with. */
  readonly ports: Readonly<Record<number, Encryption>>;
  /** Whether it accepts mail only after a login. */
  readonly wantsLogin?: boolean;
  readonly user?: Form;
  /** The form of the password, which is never shown. */
  readonly password?: Form;
}

/** The form that a correct value has. */
export interface Form {
  readonly pattern: RegExp;
  /** "the word apikey", "the whole address of the mailbox" */
  readonly is: string;
}

export interface MailProvider {
  /** The name that its users know. */
  readonly name: string;
  /** Matches the host name, in lower case. */
  readonly host?: RegExp;
  /** Matches the banner or the first line of the EHLO reply. */
  readonly greeting?: RegExp;
  /** Whether it accepts any sender and receivers at first and refuses them with the message, which a probe cannot see. */
  readonly judgesAfterData?: boolean;
  readonly rules?: ProviderRules;
}

const BOTH = { 465: "tls", 587: "starttls" } as const;
const wholeAddress: Form = { pattern: /^[^@\s]+@[^@\s]+$/, is: "the whole address of the mailbox" };
/** The form of Google's and Yahoo's app passwords; blanks are for readability. */
const sixteenLetters: Form = {
  pattern: /^(\s*[a-z]){16}\s*$/i,
  is: "an app password of 16 letters, made in the settings of the account",
};

export const MAIL_PROVIDERS = {
  "microsoft-365": {
    name: "Microsoft 365",
    host: /(^|\.)(smtp\.office365\.com|smtp-legacy\.office365\.com|outlook\.office365\.com|mail\.protection\.outlook\.com|smtp\.outlook\.com|smtp-mail\.outlook\.com|mx\.microsoft)$/,
    greeting: /\.(prod\.outlook\.com|outlook\.office365\.com|protection\.outlook\.com)\b/i,
    judgesAfterData: true,
    rules: {
      page: "https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365",
      host: /^smtp(-legacy)?\.office365\.com$/,
      ports: { 25: "starttls", 587: "starttls" },
      wantsLogin: true,
      user: wholeAddress,
    },
  },
  gmail: {
    name: "Gmail",
    host: /(^|\.)(smtp\.gmail\.com|smtp\.googlemail\.com|smtp-relay\.gmail\.com|aspmx\.l\.google\.com)$|gmail-smtp-in\.l\.google\.com$/,
    greeting: /\b(mx|smtp|smtp-relay)\.(google|gmail)\.com\b.*\b(ESMTP|at your service)\b.*|\bgsmtp\b/i,
    judgesAfterData: true,
    rules: {
      page: "https://support.google.com/a/answer/176600",
      host: /^smtp\.(gmail|googlemail)\.com$/,
      ports: BOTH,
      wantsLogin: true,
      user: wholeAddress,
      password: sixteenLetters,
    },
  },
  "amazon-ses": {
    name: "Amazon SES",
    host: /^email-smtp[a-z0-9.-]*\.amazonaws\.com(\.cn)?$/,
    greeting: /SimpleEmailService|email-smtp\.[a-z0-9.-]*amazonaws\.com/i,
    judgesAfterData: true,
    rules: {
      page: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",
      ports: { 25: "starttls", 587: "starttls", 2587: "starttls", 465: "tls", 2465: "tls" },
      wantsLogin: true,
      user: {
        pattern: /^AKIA[A-Z0-9]{12,}$/,
        is: "the user name of SMTP credentials (AKIA…), which SES makes for a region",
      },
      // A secret access key has 40 characters; the password derived from it has 44.
      password: { pattern: /^[^]{44}$/, is: "the password of SMTP credentials, not the secret key of an AWS user" },
    },
  },
  sendgrid: {
    name: "SendGrid",
    host: /(^|\.)smtp(\.eu)?\.sendgrid\.net$/,
    greeting: /\bSG ESMTP service ready\b|smtp\.sendgrid\.net/i,
    judgesAfterData: true,
    rules: {
      page: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api",
      ports: { 25: "starttls", 587: "starttls", 2525: "starttls", 465: "tls" },
      wantsLogin: true,
      user: { pattern: /^apikey$/, is: "the word apikey, for everybody" },
      password: { pattern: /^SG\./, is: "an API key (SG.…)" },
    },
  },
  mailgun: {
    name: "Mailgun",
    host: /(^|\.)smtp(\.eu)?\.mailgun\.org$/,
    greeting: /Mailgun Influx/i,
    judgesAfterData: true,
    rules: {
      page: "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp",
      ports: { 25: "starttls", 587: "starttls", 2525: "starttls", 465: "tls" },
      wantsLogin: true,
      user: { pattern: /@/, is: "the whole address of SMTP credentials, such as postmaster@mg.example.com" },
    },
  },
  postmark: {
    name: "Postmark",
    host: /(^|\.)smtp(-broadcasts)?\.postmarkapp\.com$/,
    judgesAfterData: true,
    rules: {
      page: "https://postmarkapp.com/developer/user-guide/send-email-with-smtp",
      ports: { 25: "starttls", 587: "starttls", 2525: "starttls" },
      wantsLogin: true,
    },
  },
  brevo: {
    name: "Brevo",
    host: /(^|\.)smtp-relay\.(brevo|sendinblue)\.com$/,
    judgesAfterData: true,
    rules: {
      page: "https://help.brevo.com/hc/en-us/articles/7924908994450",
      ports: { 587: "starttls", 2525: "starttls", 465: "tls" },
      wantsLogin: true,
      user: { pattern: /@/, is: "the SMTP login that the page SMTP & API shows, an address" },
      password: { pattern: /^xsmtpsib-/, is: "an SMTP key (xsmtpsib-…), which is no API key" },
    },
  },
  mailjet: {
    name: "Mailjet",
    host: /(^|\.)in(-v3)?\.mailjet\.com$/,
    judgesAfterData: true,
    rules: {
      page: "https://dev.mailjet.com/smtp-relay/configuration/",
      ports: { 25: "starttls", 80: "starttls", 587: "starttls", 588: "starttls", 2525: "starttls", 465: "tls" },
      wantsLogin: true,
      user: { pattern: /^[0-9a-f]{32}$/i, is: "the API key, 32 hexadecimal digits" },
      password: { pattern: /^[0-9a-f]{32}$/i, is: "the secret key that belongs to the API key" },
    },
  },
  ovhcloud: {
    name: "OVHcloud",
    host: /(^|\.)(ssl0\.ovh\.net|smtp\.mail\.ovh\.net|pro\d*\.mail\.ovh\.net|ex\d*\.mail\.ovh\.net)$/,
    rules: {
      page: "https://help.ovhcloud.com/csm/en-mx-plan-general-information",
      host: /^(ssl0\.ovh\.net|smtp\.mail\.ovh\.net)$/,
      ports: BOTH,
      wantsLogin: true,
      user: wholeAddress,
    },
  },
  ionos: {
    name: "IONOS",
    host: /(^|\.)smtp\.(ionos\.[a-z.]+|1und1\.de|1and1\.[a-z.]+)$/,
    greeting: /\bkundenserver\.de\b/i,
    judgesAfterData: true,
    rules: {
      page: "https://www.ionos.com/help/email/general-topics/settings-for-your-email-programs-imap-pop3/",
      ports: BOTH,
      wantsLogin: true,
      user: wholeAddress,
    },
  },
  gmx: {
    name: "GMX and WEB.DE",
    host: /(^|\.)(mail\.gmx\.(net|com)|smtp\.web\.de|mx\d*\.(gmx|web)\.(net|de))$/,
    greeting: /\b(gmx\.net|web\.de)\b.*Nemesis ESMTP/i,
    judgesAfterData: true,
    rules: {
      page: "https://hilfe.gmx.net/pop-imap/imap/imap-serverdaten.html",
      host: /^(mail\.gmx\.(net|com)|smtp\.web\.de)$/,
      ports: BOTH,
      wantsLogin: true,
    },
  },
  gandi: {
    name: "Gandi",
    host: /(^|\.)mail\.gandi\.net$/,
    rules: {
      page: "https://docs.gandi.net/en/gandimail/standard_email_settings/index.html",
      ports: { ...BOTH, 25: "starttls" },
      wantsLogin: true,
      user: wholeAddress,
    },
  },
  infomaniak: {
    name: "Infomaniak",
    host: /(^|\.)mail\.infomaniak\.(com|ch)$/,
    rules: {
      page: "https://www.infomaniak.com/en/support/faq/2023",
      ports: BOTH,
      wantsLogin: true,
      user: wholeAddress,
    },
  },
  zoho: {
    name: "Zoho",
    host: /(^|\.)smtp(pro)?\.zoho\.[a-z.]+$/,
    greeting: /\bmx\.zohomail\.[a-z]+\b/i,
    judgesAfterData: true,
    rules: { page: "https://www.zoho.com/mail/help/zoho-smtp.html", ports: BOTH, wantsLogin: true },
  },
  yahoo: {
    name: "Yahoo",
    host: /(^|\.)(smtp\.mail\.yahoo\.com|smtp\.aol\.com)$|\.yahoodns\.net$/,
    judgesAfterData: true,
    rules: {
      page: "https://help.yahoo.com/kb/SLN4724.html",
      host: /^smtp\.(mail\.yahoo|aol)\.com$/,
      ports: BOTH,
      wantsLogin: true,
      password: sixteenLetters,
    },
  },
  icloud: {
    name: "iCloud",
    host: /(^|\.)(smtp\.mail\.me\.com|mx\d+\.mail\.icloud\.com)$/,
    judgesAfterData: true,
    rules: {
      page: "https://support.apple.com/en-us/102525",
      host: /^smtp\.mail\.me\.com$/,
      ports: { 587: "starttls" },
      wantsLogin: true,
      password: {
        pattern: /^([a-z]{4}-?){4}$/i,
        is: "an app-specific password (four times four letters), made at account.apple.com",
      },
    },
  },
  proton: {
    name: "Proton",
    host: /(^|\.)(smtp\.protonmail\.ch|mail(sec)?\.protonmail\.ch)$/,
    greeting: /\bprotonmail\.ch\b/i,
  },
  fastmail: {
    name: "Fastmail",
    host: /(^|\.)smtp\.(fastmail\.com|messagingengine\.com)$/,
    rules: {
      page: "https://www.fastmail.help/hc/en-us/articles/1500000278342",
      ports: BOTH,
      wantsLogin: true,
      user: wholeAddress,
    },
  },
  exchange: { name: "Exchange Server", greeting: /Microsoft ESMTP MAIL Service ready/i, judgesAfterData: true },
} as const satisfies Record<string, MailProvider>;

export type ProviderId = keyof typeof MAIL_PROVIDERS;

export const providerIds = Object.keys(MAIL_PROVIDERS) as readonly ProviderId[];
/** Looks a provider up by its id, typed so that all have the same shape. */
export const mailProvider = (id: ProviderId): MailProvider => MAIL_PROVIDERS[id];

/** The provider of a host; undefined for an unknown host. */
export function providerOfHost(host: string): ProviderId | undefined {
  const name = host.toLowerCase();
  return providerIds.find((id) => mailProvider(id).host?.test(name));
}

/** The rules for senders that use this host. */
export function rulesOfHost(host: string): (ProviderRules & { readonly provider: string }) | undefined {
  const id = providerOfHost(host);
  if (id === undefined) return undefined;
  const { rules, name } = mailProvider(id);
  return rules === undefined || rules.host?.test(host.toLowerCase()) === false
    ? undefined
    : { ...rules, provider: name };
}
