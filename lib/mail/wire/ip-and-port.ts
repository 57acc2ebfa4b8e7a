import { isIP } from "node:net";

/** True when one of the declared flows opens this address and port. */
export function isDeclared(flows: readonly string[], ip: string, port: number): boolean {
  return flows.some((flow) => {
    const parsed = parseIpAndPort(flow);
    return parsed !== undefined && canonical(parsed.ip) === canonical(ip) && parsed.port === port;
  });
}

/** One spelling of an IPv6 address, which has many. */
function canonical(ip: string): string {
  return isIP(ip) === 6 && !ip.includes("%") ? new URL(`http://[${ip}]`).hostname : ip;
}

/** An address and port as people write them: IPv6 in brackets. */
export function formatIpAndPort(ip: string, port: number): string {
  return isIP(ip) === 6 ? `[${ip}]:${port}` : `${ip}:${port}`;
}

export function parseIpAndPort(text: string): { ip: string; port: number } | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const ip = match?.[1] ?? match?.[2] ?? "";
  const port = Number(match?.[3]);
  return isIP(ip) !== 0 && port >= 1 && port <= 65_535 ? { ip, port } : undefined;
}
