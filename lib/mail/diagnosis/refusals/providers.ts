import { mailProvider, providerIds, providerOfHost, type ProviderId } from "../../../validators/mail-providers";

export { providerIds, type ProviderId } from "../../../validators/mail-providers";

export const providerName = (id: ProviderId): string => mailProvider(id).name;
export const judgesAfterData = (id: ProviderId): boolean => mailProvider(id).judgesAfterData === true;

/** What identifies a server: its name, its greetings and its certificate. */
export interface ServerTraces {
  readonly host?: string;
  /** The texts of the greeting and of EHLO, with or without codes. */
  readonly greetings?: readonly string[];
  /** Names in the server's certificate. */
  readonly certificateNames?: readonly string[];
}

/**
 * Recognises the provider of a server; undefined for an unknown one. A declared name takes precedence over one that the
 * server has sent.
 */
export function recognizeProvider({
  host,
  greetings = [],
  certificateNames = [],
}: ServerTraces): ProviderId | undefined {
  const named = (name: string) => providerOfHost(name.replace(/^\*\./, "smtp."));
  return (
    (host === undefined ? undefined : named(host)) ??
    providerIds.find((id) => greetings.some((said) => mailProvider(id).greeting?.test(said))) ??
    certificateNames.map(named).find((id) => id !== undefined)
  );
}
