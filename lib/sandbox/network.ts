import type { Network } from "../systems/kit/simulator/simulation";

/** One open flow: `platform` may reach `ip:port`. */
export interface OpenFlow {
  readonly platform: string;
  readonly ip: string;
  readonly port: number;
}

/**
 * The firewall between the simulated platforms and the mail server, closed by default. The OVH simulator opens and
 * closes flows; the vROps simulator asks before it connects.
 */
export class Firewall implements Network {
  private readonly flows = new Map<string, OpenFlow>();

  open(platform: string, ip: string, port: number): void {
    this.flows.set(key(platform, ip, port), { platform, ip, port });
  }

  close(platform: string, ip: string, port: number): void {
    this.flows.delete(key(platform, ip, port));
  }

  allows(platform: string, ip: string, port: number): boolean {
    return this.flows.has(key(platform, ip, port));
  }

  /** Closes every flow. */
  clear(): void {
    this.flows.clear();
  }

  /** The open flows, oldest first. */
  list(): OpenFlow[] {
    return [...this.flows.values()];
  }
}

function key(platform: string, ip: string, port: number): string {
  return `${platform} ${ip}:${port}`;
}
