import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Redactor } from "../../../lib/core/redaction";
import { commandRuntime } from "../../../lib/inventory/runtime";
import type { Recording } from "../../../lib/survey/recording";
import type { SystemReport } from "../../../lib/survey/report";
import { surveySystem } from "../../../lib/survey/survey-system";
import { systems } from "../../../lib/systems";

export interface Asked {
  readonly environment?: Record<string, string>;
  readonly places?: readonly string[];
  readonly timeoutMs?: number;
  readonly declared?: ReadonlySet<string>;
  readonly recording?: Recording;
  readonly signal?: AbortSignal;
}

export const systemNamed = (name: string) => systems.find((system) => system.name === name)!;

export function runtimeIn(environment: Record<string, string> = {}) {
  const world = { environment, homeDirectory: "/nowhere", workingDirectory: "/nowhere" };
  return commandRuntime(world, new Redactor());
}

/** Looks at one system by these variables alone. */
export function surveyed(name: string, asked: Asked = {}): Promise<SystemReport> {
  const { environment = {}, places = [], timeoutMs = 20_000, declared, recording, signal } = asked;
  return surveySystem(
    systemNamed(name),
    { settings: null, places, timeoutMs, declared, ...(recording && { recording }) },
    { runtime: runtimeIn(environment), signal: signal ?? new AbortController().signal, progress: () => undefined },
  );
}

/** A server that answers everything as it is told. */
export async function scripted(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** How each system is told where it is and who we are; the address is that of a scripted server. */
export const SETTINGS: Readonly<Record<string, (url: string) => Record<string, string>>> = {
  vrops: (url) => ({ VROPS_URL: url, VROPS_USERNAME: "svc", VROPS_PASSWORD: "a-password-1" }),
  uptrends: (url) => ({ UPTRENDS_URL: url, UPTRENDS_USERNAME: "0a1b2c3d4e5f", UPTRENDS_PASSWORD: "a-password-1" }),
  alertops: (url) => ({ ALERTOPS_URL: url, ALERTOPS_API_KEY: "a-key-of-alertops" }),
  ovh: (url) => ({ OVH_ENDPOINT: `${url}/1.0`, OVH_ACCESS_TOKEN: "a-token-of-ovh" }),
  uipath: (url) => ({
    UIPATH_URL: url,
    UIPATH_ORGANIZATION: "acme",
    UIPATH_TENANT: "Production",
    UIPATH_CLIENT_ID: "an-application",
    UIPATH_CLIENT_SECRET: "a-secret-of-uipath",
  }),
};
