import type { Environment } from "../core/environment";
import type { Problem } from "../core/problem";
import { protocolNotOffered, startedByHand } from "./wire-errors";

/**
 * The handshake: Terraform's invitation to a provider that it starts (environment), and the answer (one line on stdout).
 * @see https://github.com/hashicorp/go-plugin/blob/main/docs/guide-plugin-write-non-go.md
 */

/** Not a secret: it only distinguishes a start by Terraform from one by hand. */
const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const PROTOCOL = "6";

/** The part of Terraform's environment variables that identifies it to a provider. */
export const invitation: Environment = { TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE, PLUGIN_PROTOCOL_VERSIONS: PROTOCOL };

export interface Invitation {
  /** The certificate (PEM) of the only client to accept; absent when TLS is switched off. */
  readonly clientCertificate: string | undefined;
  /** The directory for the socket, when the client prescribes one. */
  readonly socketDirectory: string | undefined;
  /** Name or number of the group that may connect. */
  readonly socketGroup: string | undefined;
  readonly ports: readonly [from: number, to: number];
  /** Whether the client expects the handshake line to say if its connections can be multiplexed. */
  readonly asksForMultiplexing: boolean;
  readonly warnings: readonly Problem[];
}

/** Reads the invitation of the Terraform that started this process, or the reason why there is none. */
export function readInvitation(env: Environment, providerName: string): Invitation | Problem {
  if (env["TF_PLUGIN_MAGIC_COOKIE"] !== MAGIC_COOKIE) return startedByHand(providerName);
  const offered = env["PLUGIN_PROTOCOL_VERSIONS"] ?? "";
  // An older Terraform is answered as well: it then tells its user itself which versions do not match.
  const fits = offered === "" || offered.split(",").some((version) => version.trim() === PROTOCOL);
  const plaintext = Boolean(env["TF_DISABLE_PLUGIN_TLS"]);
  return {
    clientCertificate: plaintext ? undefined : env["PLUGIN_CLIENT_CERT"] || undefined,
    socketDirectory: env["PLUGIN_UNIX_SOCKET_DIR"] || undefined,
    socketGroup: env["PLUGIN_UNIX_SOCKET_GROUP"] || undefined,
    ports: portRange(env["PLUGIN_MIN_PORT"], env["PLUGIN_MAX_PORT"]),
    asksForMultiplexing: Boolean(env["PLUGIN_MULTIPLEX_GRPC"]),
    warnings: fits ? [] : [protocolNotOffered(offered)],
  };
}

export function isInvitation(answer: Invitation | Problem): answer is Invitation {
  return "ports" in answer;
}

/** The range of ports; `[0, 0]`, any port, when the variables make no sense. */
function portRange(min: string | undefined, max: string | undefined): readonly [number, number] {
  const [from, to] = [Number(min), Number(max)];
  return min && max && Number.isInteger(from) && Number.isInteger(to) && 0 < from && from <= to && to < 65536
    ? [from, to]
    : [0, 0];
}

export interface Endpoint {
  readonly network: "unix" | "tcp";
  /** A path, or `127.0.0.1:12345`. */
  readonly address: string;
}

/** The one line that Terraform waits for. The certificate is in it as unpadded base64 of its DER form. */
export function handshakeLine(endpoint: Endpoint, certificate: Buffer | undefined, invitation: Invitation): string {
  const fields = ["1", PROTOCOL, endpoint.network, endpoint.address, "grpc"];
  fields.push(certificate?.toString("base64").replaceAll("=", "") ?? "");
  // A provider opens no connections of its own, so there is nothing to multiplex; older clients, which do not
  // ask, would take a seventh field for a part of the certificate.
  if (invitation.asksForMultiplexing) fields.push("false");
  return `${fields.join("|")}\n`;
}

/** The value of TF_REATTACH_PROVIDERS by which Terraform uses a running provider. */
export function reattachValue(source: string, endpoint: Endpoint, pid: number): string {
  return JSON.stringify({
    [source]: {
      Protocol: "grpc",
      // Without it Terraform would assume 5.
      ProtocolVersion: Number(PROTOCOL),
      Pid: pid,
      // Terraform must not end a process that is being debugged.
      Test: true,
      Addr: { Network: endpoint.network, String: endpoint.address },
    },
  });
}
