import { message } from "./protobuf";
import { bytes, oneOf, string } from "./protobuf-fields";

/**
 * The services besides the provider's own by which go-plugin manages a process.
 * @see https://github.com/hashicorp/go-plugin/tree/main/internal/plugin
 * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 */

const Empty = message("Empty", {});

export const pluginRpcs = {
  /** Asks the process to end. Without it Terraform waits two seconds and kills the process. */
  shutdown: { path: "/plugin.GRPCController/Shutdown", streams: false, request: Empty, response: Empty },
  /** Could carry our output. Nothing is sent, but its end shows that the client is gone. */
  streamStdio: {
    path: "/plugin.GRPCStdio/StreamStdio",
    streams: true,
    request: Empty,
    response: message("StdioData", { channel: oneOf(1, "Channel", ["INVALID", "STDOUT", "STDERR"]), data: bytes(2) }),
  },
  check: healthRpc("/grpc.health.v1.Health/Check", false),
  watch: healthRpc("/grpc.health.v1.Health/Watch", true),
} as const;

function healthRpc(path: string, streams: boolean) {
  return {
    path,
    streams,
    request: message("HealthCheckRequest", { service: string(1) }),
    response: message("HealthCheckResponse", {
      status: oneOf(1, "ServingStatus", ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"]),
    }),
  };
}

/** The services whose health is reported; the empty name is the process as a whole. */
export const HEALTHY_SERVICES: ReadonlySet<string> = new Set(["", "plugin", "tfplugin6.Provider"]);
