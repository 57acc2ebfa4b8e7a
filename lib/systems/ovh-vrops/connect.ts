import { HttpClient } from "../../http/client";
import type { Authenticator } from "../../http/types";
import type { Runtime } from "../kit/system";
import { accessTokenAuthenticator } from "./access-token";
import { checked } from "./api";
import { OvhVropsClient } from "./client";
import { serverTime } from "./contract";
import type { Patience } from "./flow-service";
import { OAuth2Authenticator } from "./oauth2";
import { connectionOf, type Connection, type OvhSettings } from "./settings";
import { SignatureAuthenticator } from "./signature";

const TITLE = "OVHcloud API";
/** OVHcloud's own SDKs wait as long for an answer. */
const TIMEOUT_MS = 180_000;

/** Makes the client; nothing is sent yet. */
export function connect(settings: OvhSettings, runtime: Runtime, patience?: Partial<Patience>): OvhVropsClient {
  const connection = connectionOf(settings);
  const { endpoint, credential, maxPerSecond } = connection;
  // It is no secret, yet a leaked log should not say which application it was.
  if (credential.method === "signature") runtime.redactor.add(credential.applicationKey);
  const common = { ...runtime, name: TITLE, requestIdHeader: "x-ovh-queryid", timeoutMs: TIMEOUT_MS };
  const authenticator = authenticatorOf(connection, runtime, () => http, common);
  const http: HttpClient = new HttpClient({
    ...common,
    baseUrl: endpoint.baseUrl,
    authenticator,
    ...(maxPerSecond === undefined ? {} : { maxPerSecond }),
  });
  return new OvhVropsClient({
    http,
    clock: runtime.clock,
    log: runtime.log,
    context: { endpoint, method: credential.method },
    prepare: () => authenticator.prepare?.(),
    ...(patience && { patience }),
  });
}

function authenticatorOf(
  { credential }: Connection,
  runtime: Runtime,
  http: () => HttpClient,
  common: Omit<ConstructorParameters<typeof HttpClient>[0], "baseUrl">,
): Authenticator {
  switch (credential.method) {
    case "access-token":
      return accessTokenAuthenticator(credential.accessToken);
    case "service-account": {
      const tokens = new HttpClient({ ...common, name: "OVHcloud token service", baseUrl: credential.tokenUrl });
      return new OAuth2Authenticator(credential, runtime.clock, runtime.redactor, (request) =>
        tokens.request({ method: "POST", path: "", anonymous: true, signal: lifeLong, ...request }),
      );
    }
    case "signature":
      return new SignatureAuthenticator(credential, runtime.clock, async () => {
        const headers = { "X-Ovh-Application": credential.applicationKey };
        const request = { method: "GET", path: "/auth/time", anonymous: true, headers, signal: lifeLong } as const;
        return checked(await http().request(request), serverTime, "its time");
      });
  }
}

/** Clock and token serve everybody, so no single request's end may end their fetching; they have time-outs of their own. */
const lifeLong = new AbortController().signal;
