import { mailProvider, providerIds, providerOfHost, type ProviderId } from "../../../validators/mail-providers";

export { providerIds, type ProviderId } from "../../../validators/mail-providers";

export const providerName = (id: ProviderId): string => mailProvider(id).name;
export const judgesAfterData = (id: ProviderId): boolean => mailProvider(id).judgesAfterData === true;

/** What a server has told of itself, or has been called. */
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
  const named = (name: string) => providerOfHost(name.replace(/^\*\./, "smtp."));
  return (
    (host === undefined ? undefined : named(host)) ??
    providerIds.find((id) => greetings.some((said) => mailProvider(id).greeting?.test(said))) ??
    certificateNames.map(named).find((id) => id !== undefined)
  );
}
