import { HttpClient } from "../../http/client";
import type { Authenticator } from "../../http/types";
import { CallError, openApi, type RestApi } from "../kit/rest-api";
import type { Runtime } from "../kit/system";
import { fixedHeader, Token } from "../kit/token";
import { consumerKeyHelp } from "./access-rules";
import { OvhVropsClient } from "./client";
import { serverTime } from "./contract";
import type { SettlingTimes } from "./flow";
import { grantTo } from "./oauth2";
import { refusalsFor } from "./refusals";
import { connectionOf, type OvhConnection, type OvhSettings } from "./settings";
import { SignatureAuthenticator } from "./signature";
import { ovhWords } from "./words";

const REQUEST_ID_HEADER = "x-ovh-queryid";

/** Creates the client without sending anything. */
export function connect(settings: OvhSettings, runtime: Runtime, settling?: Partial<SettlingTimes>): OvhVropsClient {
  const connection = connectionOf(settings);
  const { endpoint, credential, maxPerSecond } = connection;
  // It is not a secret, but a leaked log should not reveal which application it was.
  if (credential.method === "signature") runtime.redactor.add(credential.applicationKey);
  const authenticator = authenticatorOf(connection, runtime, () => api);
  const api: RestApi = openApi({
    words: ovhWords,
    runtime,
    baseUrl: endpoint.baseUrl,
    authenticator,
    requestIdHeader: REQUEST_ID_HEADER,
    refusals: refusalsFor({ endpoint, method: credential.method }),
    ...(maxPerSecond === undefined ? {} : { maxPerSecond }),
  });
  return new OvhVropsClient({
    api,
    clock: runtime.clock,
    log: runtime.log,
    hasConsumerKey: credential.method === "signature",
    keyHelp: consumerKeyHelp(endpoint),
    prepare: () => authenticator.prepare?.(),
    ...(settling && { settling }),
  });
}

function authenticatorOf({ credential }: OvhConnection, runtime: Runtime, api: () => RestApi): Authenticator {
  switch (credential.method) {
    case "access-token":
      // Made elsewhere and short-lived: when it expires, only its maker can renew it.
      return fixedHeader("Authorization", `Bearer ${credential.accessToken}`, runtime.redactor);
    case "service-account": {
      const http = new HttpClient({
        ...runtime,
        name: "OVHcloud token service",
        baseUrl: credential.tokenUrl,
        requestIdHeader: REQUEST_ID_HEADER,
      });
      const { clock, redactor } = runtime;
      return new Token({
        system: ovhWords,
        clock,
        redactor,
        acquire: (signal) =>
          grantTo(credential, (request) =>
            http.request({ method: "POST", path: "", anonymous: true, signal, ...request }),
          ),
      });
    }
    case "signature":
      return new SignatureAuthenticator(credential, runtime.clock, () => {
        const headers = { "X-Ovh-Application": credential.applicationKey };
        const request = { method: "GET", path: "/auth/time", anonymous: true, headers, signal: lifeLong } as const;
        // The request that needs the time has then failed before it was sent.
        return api()
          .read("ask for the time", serverTime, request)
          .catch((error: unknown) => {
            throw error instanceof CallError ? error.failed : error;
          });
      });
  }
}

/** Measuring the clock serves all requests, so the end of one must not end it; it has its own time-out. */
const lifeLong = new AbortController().signal;
