import type { MailServers } from "./world";

/** How the tests, in processes of their own, get to know where the servers are. */
const VARIABLE = "MAIL_SERVERS";

export function tell(servers: MailServers): void {
  process.env[VARIABLE] = JSON.stringify(servers);
}

export const areThere = (): boolean => process.env[VARIABLE] !== undefined;

/** Where the servers are; only where they are. */
export const servers = (): MailServers => JSON.parse(process.env[VARIABLE] ?? "null") as MailServers;
