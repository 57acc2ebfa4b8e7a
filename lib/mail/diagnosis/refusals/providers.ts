/** Mail services and servers that can be told by their names and greetings. */

interface Provider {
  /** As its users call it. */
  readonly name: string;
  /** Of the host, in lower case. */
  readonly host?: RegExp;
  /** Of the banner and the first line of the EHLO reply. */
  readonly greeting?: RegExp;
  /** It takes sender and receivers as they come, and refuses them with the message: a probe cannot see that. */
  readonly judgesAfterData?: boolean;
}

const PROVIDERS = {
  "microsoft-365": {
    name: "Microsoft 365",
    host: /(^|\.)(smtp\.office365\.com|outlook\.office365\.com|mail\.protection\.outlook\.com|smtp\.outlook\.com|smtp-mail\.outlook\.com|mx\.microsoft)$/,
    greeting: /\.(prod\.outlook\.com|outlook\.office365\.com|protection\.outlook\.com)\b/i,
    judgesAfterData: true,
  },
  gmail: {
    name: "Gmail",
    host: /(^|\.)(smtp\.gmail\.com|smtp\.googlemail\.com|smtp-relay\.gmail\.com|aspmx\.l\.google\.com|.*gmail-smtp-in\.l\.google\.com)$/,
    greeting: /\b(mx|smtp|smtp-relay)\.(google|gmail)\.com\b.*\b(ESMTP|at your service)\b.*|\bgsmtp\b/i,
    judgesAfterData: true,
  },
  "amazon-ses": {
    name: "Amazon SES",
    host: /^email-smtp[a-z0-9.-]*\.amazonaws\.com$/,
    greeting: /SimpleEmailService|email-smtp\.[a-z0-9.-]*amazonaws\.com/i,
    judgesAfterData: true,
  },
  sendgrid: {
    name: "SendGrid",
    host: /(^|\.)smtp\.sendgrid\.net$/,
    greeting: /\bSG ESMTP service ready\b|smtp\.sendgrid\.net/i,
    judgesAfterData: true,
  },
  mailgun: {
    name: "Mailgun",
    host: /(^|\.)smtp(\.eu)?\.mailgun\.org$/,
    greeting: /Mailgun Influx/i,
    judgesAfterData: true,
  },
  postmark: { name: "Postmark", host: /(^|\.)smtp(-broadcasts)?\.postmarkapp\.com$/, judgesAfterData: true },
  brevo: { name: "Brevo", host: /(^|\.)smtp-relay\.(brevo|sendinblue)\.com$/, judgesAfterData: true },
  mailjet: { name: "Mailjet", host: /(^|\.)in(-v3)?\.mailjet\.com$/, judgesAfterData: true },
  ovhcloud: {
    name: "OVHcloud",
    host: /(^|\.)(ssl0\.ovh\.net|smtp\.mail\.ovh\.net|pro\d*\.mail\.ovh\.net|ex\d*\.mail\.ovh\.net)$/,
  },
  ionos: {
    name: "IONOS",
    host: /(^|\.)smtp\.(ionos\.[a-z.]+|1und1\.de|1and1\.[a-z.]+)$/,
    greeting: /\bkundenserver\.de\b/i,
    judgesAfterData: true,
  },
  gmx: {
    name: "GMX and WEB.DE",
    host: /(^|\.)(mail\.gmx\.(net|com)|smtp\.web\.de|mx\d*\.(gmx|web)\.(net|de))$/,
    greeting: /\b(gmx\.net|web\.de)\b.*Nemesis ESMTP/i,
    judgesAfterData: true,
  },
  gandi: { name: "Gandi", host: /(^|\.)mail\.gandi\.net$/ },
  infomaniak: { name: "Infomaniak", host: /(^|\.)mail\.infomaniak\.(com|ch)$/ },
  zoho: {
    name: "Zoho",
    host: /(^|\.)smtp(pro)?\.zoho\.[a-z.]+$/,
    greeting: /\bmx\.zohomail\.[a-z]+\b/i,
    judgesAfterData: true,
  },
  yahoo: {
    name: "Yahoo",
    host: /(^|\.)(smtp\.mail\.yahoo\.com|smtp\.aol\.com|.*\.yahoodns\.net)$/,
    judgesAfterData: true,
  },
  icloud: { name: "iCloud", host: /(^|\.)(smtp\.mail\.me\.com|mx\d+\.mail\.icloud\.com)$/, judgesAfterData: true },
  proton: {
    name: "Proton",
    host: /(^|\.)(smtp\.protonmail\.ch|mail(sec)?\.protonmail\.ch)$/,
    greeting: /\bprotonmail\.ch\b/i,
  },
  fastmail: { name: "Fastmail", host: /(^|\.)smtp\.(fastmail\.com|messagingengine\.com)$/ },
  exchange: { name: "Exchange Server", greeting: /Microsoft ESMTP MAIL Service ready/i, judgesAfterData: true },
} as const satisfies Record<string, Provider>;

export type ProviderId = keyof typeof PROVIDERS;

export const providerIds = Object.keys(PROVIDERS) as readonly ProviderId[];
/** By its id, so that all have the same shape. */
const provider = (id: ProviderId): Provider => PROVIDERS[id];

export const providerName = (id: ProviderId): string => provider(id).name;
export const judgesAfterData = (id: ProviderId): boolean => provider(id).judgesAfterData === true;

export interface ServerTraces {
  readonly host?: string;
  /** Of the greeting and of EHLO, codes or none. */
  readonly greetings?: readonly string[];
  /** Names in the server's certificate. */
  readonly certificateNames?: readonly string[];
}

/** Who the server is; undefined for one that nobody knows. A name that was declared tells before one that was said. */
export function recognizeProvider({
  host,
  greetings = [],
  certificateNames = [],
}: ServerTraces): ProviderId | undefined {
  const named = (name: string) =>
    providerIds.find((id) => provider(id).host?.test(name.toLowerCase().replace(/^\*\./, "smtp.")));
  return (
    (host === undefined ? undefined : named(host)) ??
    providerIds.find((id) => greetings.some((said) => provider(id).greeting?.test(said))) ??
    certificateNames.map(named).find((id) => id !== undefined)
  );
}
