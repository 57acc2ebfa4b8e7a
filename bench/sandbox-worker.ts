// One system's simulator for the benchmarks, told what to do by its parent.
import { subscribe } from "node:diagnostics_channel";
import { startSandbox, type Sandbox } from "../lib/sandbox";
import { systems } from "../lib/systems";

export type Request =
  | { readonly kind: "start"; readonly system: string; readonly options: Readonly<Record<string, unknown>> }
  | { readonly kind: "take-request-count" }
  | { readonly kind: "set-latency"; readonly ms: number }
  | { readonly kind: "stop" };

export interface Ready {
  readonly environment: Record<string, string>;
  /** The address of the simulated system. */
  readonly url: string;
  readonly accessToken: string;
  readonly ids: readonly string[];
}

const ACCESS_TOKEN = "benchmark-access-token";
const OVH = { taskMilliseconds: 0, access_token: ACCESS_TOKEN };

let sandbox: Sandbox;
let requests = 0;
subscribe("http.server.request.start", () => (requests += 1));

process.on("message", (request: Request) => {
  void answer(request).then((reply) => process.send!(reply));
});
process.on("disconnect", () => process.exit());

async function answer(request: Request): Promise<unknown> {
  switch (request.kind) {
    case "start":
      // Not recorded: masking and keeping every request would be measured too.
      sandbox = await startSandbox({
        systems: systems.filter(({ name }) => name === request.system),
        record: false,
        options: { [request.system]: { ...(request.system === "ovh" ? OVH : {}), ...request.options } },
      });
      return ready();
    case "take-request-count": {
      const count = requests;
      requests = 0;
      return count;
    }
    case "set-latency":
      setLatency(request.ms);
      return true;
    case "stop":
      await sandbox.close();
      return process.exit();
  }
}

function setLatency(ms: number): void {
  sandbox.faults.clear();
  if (ms > 0) sandbox.faults.add({ path: "/**", times: "always", effect: { kind: "delay", ms } });
}

function ready(): Ready {
  const environment = sandbox.environment();
  return {
    environment,
    url: Object.values(sandbox.urls)[0]!,
    accessToken: ACCESS_TOKEN,
    ids: sandbox.objects().map(({ id }) => id),
  };
}
