import { writeFile } from "node:fs/promises";
import { Resolver } from "node:dns/promises";
import { join } from "node:path";
import type { Guard } from "./guard";
import { MAIL_HOST } from "./people";
import { program } from "./requirements";
import { until } from "./until";
import type { Zone } from "./zones";

/** unbound, knowing nothing but the zone: every other name does not exist, and no question leaves the machine. */
export async function startNameServer(guard: Guard, port: number, zone: Zone): Promise<void> {
  const conf = join(guard.folder, "unbound.conf");
  const records = zone.map(([name, type, data]) => `  local-data: '${name}. 60 IN ${type} ${quoted(type, data)}'`);
  await writeFile(
    conf,
    `server:
  interface: 127.0.0.1
  port: ${port}
  username: ""
  chroot: ""
  directory: "${guard.folder}"
  pidfile: ""
  use-syslog: no
  logfile: ""
  do-daemonize: no
  num-threads: 1
  module-config: "iterator"
  local-zone: "." static
${records.join("\n")}
remote-control:
  control-enable: no
`,
  );
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  await guard.start("unbound", program("unbound")!, ["-d", "-c", conf], () =>
    until("unbound", () => resolver.resolve4(MAIL_HOST).catch(() => undefined)),
  );
}

/** A string of a TXT record has at most 255 characters; a longer text is several. */
function quoted(type: string, data: string): string {
  return type === "TXT"
    ? data
        .match(/.{1,255}/g)!
        .map((part) => `"${part}"`)
        .join(" ")
    : data;
}
