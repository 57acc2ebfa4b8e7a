import type { Sandbox } from "../../lib/sandbox";

interface Fields {
  readonly token: string;
  readonly name: string;
  readonly id: string;
  readonly pluginId: string;
  readonly Id: number;
  readonly AlertDefinitionGuid: string;
  readonly IntegrationGuid: string;
  readonly inbound_integration_id: number;
}

/** Of whatever is answered, the parts that are looked at: an object, or a list of them. */
export type Body = readonly Fields[] &
  Fields & {
    readonly notificationPluginInstances: readonly Fields[];
    readonly rules: readonly Fields[];
    readonly value: readonly Fields[];
    readonly inbound_integrations: readonly Fields[];
  };

/** A request to a simulated system as its API wants it, logged in; JSON in and out. */
export type Call = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Body }>;

/** One logged-in client of each API, as small as can be. */
export interface RawClients {
  readonly ovh: Call;
  readonly vrops: Call;
  readonly uipath: Call;
  readonly identity: Call;
  readonly uptrends: Call;
  readonly alertops: Call;
}

export async function rawClients(sandbox: Sandbox): Promise<RawClients> {
  const { ovh, vrops, uipath, uptrends, alertops } = sandbox.urls as Record<string, string>;
  const environment = sandbox.environment();
  const suite = caller(`${vrops}/suite-api/api`, {});
  const { VROPS_USERNAME: username, VROPS_PASSWORD: password } = environment;
  const { token } = (await suite("POST", "/auth/token/acquire", { username, password })).body;
  const grant = await fetch(`${uipath}/identity_/connect/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: environment["UIPATH_CLIENT_ID"]!,
      client_secret: environment["UIPATH_CLIENT_SECRET"]!,
    }),
  });
  const { access_token } = (await grant.json()) as { access_token: string };
  const bearer = { authorization: `Bearer ${access_token}` };
  const basic = Buffer.from(`${environment["UPTRENDS_USERNAME"]}:${environment["UPTRENDS_PASSWORD"]}`);
  return {
    ovh: caller(`${ovh}/1.0/dedicatedCloud/pcc-192-0-2-10/vrops/outgoingFlow`, {
      authorization: "Bearer sandbox-access-token",
    }),
    vrops: caller(`${vrops}/suite-api/api`, { authorization: `vRealizeOpsToken ${token}` }),
    uipath: caller(`${uipath}/acme/Production/orchestrator_/odata`, bearer),
    identity: caller(`${uipath}/acme/identity_/api/Setting`, bearer),
    uptrends: caller(`${uptrends}/v4`, { authorization: `Basic ${basic.toString("base64")}` }),
    alertops: caller(`${alertops}/api/v2/integrations/inbound`, { "api-key": environment["ALERTOPS_API_KEY"]! }),
  };
}

function caller(base: string, headers: Record<string, string>): Call {
  return async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      // As the vendors' own clients do: they name it for every request, with a body or without.
      headers: { accept: "application/json", ...headers, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === "" ? undefined : JSON.parse(text)) as Body };
  };
}
