import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CertificateFiles } from "./certificates";
import type { Guard } from "./guard";
import { DOMAIN, FULL, GHOST, GREY, MAIL_HOST, NEVER, PEOPLE, SUSPECTED } from "./people";
import { program } from "./requirements";
import { SERVICES, type Service, type ServiceName } from "./services";
import { untilListening } from "./until";

const run = promisify(execFile);

export interface PostfixSurroundings {
  readonly ports: Readonly<Record<ServiceName, number>>;
  /** Ports of Dovecot: for deliveries, and for logins. */
  readonly lmtp: number;
  readonly auth: number;
  readonly certificates: CertificateFiles;
  /** Ports of the policy server and of the filters. */
  readonly policy: number;
  readonly signing: number;
  readonly tampering: number;
}

/** An instance of Postfix of its own: configuration, queue and data in the folder, nothing in /etc or /var. */
export async function startPostfix(guard: Guard, surroundings: PostfixSurroundings): Promise<void> {
  const folder = join(guard.folder, "postfix");
  const places = { config: join(folder, "config"), queue: join(folder, "queue"), data: join(folder, "data") };
  for (const place of Object.values(places)) await mkdir(place, { recursive: true });
  await run("chown", ["postfix:postfix", places.data]);
  await chmod(places.data, 0o700);
  const main = mainCf(places, surroundings);
  await writeFile(join(places.config, "main.cf"), main);
  await writeFile(join(places.config, "master.cf"), masterCf(surroundings));
  await makeQueue(places.queue);
  await guard.start("postfix", program("master")!, ["-c", places.config, "-d"], () =>
    Promise.all(Object.entries(surroundings.ports).map(([name, port]) => untilListening(`postfix ${name}`, port))),
  );
}

function mainCf(places: { readonly queue: string; readonly data: string }, around: PostfixSurroundings): string {
  const settings: Record<string, string> = {
    compatibility_level: "3.6",
    queue_directory: places.queue,
    data_directory: places.data,
    maillog_file: join(places.queue, "log"),
    maillog_file_prefixes: places.queue,
    myhostname: MAIL_HOST,
    inet_interfaces: "127.0.0.1",
    inet_protocols: "ipv4",
    mynetworks: "",
    mydestination: "",
    alias_maps: "",
    local_recipient_maps: "",
    virtual_mailbox_domains: DOMAIN,
    virtual_mailbox_maps: inline(
      Object.fromEntries([...Object.values(PEOPLE), { address: GHOST }].map(({ address }) => [address, "yes"])),
    ),
    virtual_alias_maps: inline(ALIASES),
    virtual_transport: `lmtp:inet:127.0.0.1:${around.lmtp}`,
    recipient_delimiter: "+",
    // Whatever a test gets wrong: nothing leaves this machine.
    default_transport: "discard:the tests send to nobody else",
    relay_transport: "discard:the tests send to nobody else",
    smtpd_relay_restrictions: "permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination",
    smtpd_recipient_restrictions: `check_recipient_access ${inline({ [FULL]: "552 5.2.2 The mailbox is full" })}`,
    smtpd_sasl_type: "dovecot",
    smtpd_sasl_path: `inet:127.0.0.1:${around.auth}`,
    smtpd_sasl_security_options: "noanonymous",
    smtpd_tls_security_level: "none",
    smtpd_tls_session_cache_database: "",
    // Neither counts clients nor slows them down nor asks for their names.
    smtpd_client_event_limit_exceptions: "static:all",
    smtpd_error_sleep_time: "0",
    smtpd_hard_error_limit: "100",
    smtpd_peername_lookup: "no",
    policy_port: String(around.policy),
    signing_port: String(around.signing),
    tampering_port: String(around.tampering),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join("");
}

function masterCf({ ports, certificates }: PostfixSurroundings): string {
  const listeners = Object.entries(SERVICES as Record<ServiceName, Service>).map(
    ([name, { settings, certificate, front }]) => {
      const own = {
        ...settings,
        ...(certificate === undefined ? {} : { smtpd_tls_chain_files: certificates[certificate] }),
      };
      const options = Object.entries(own).map(([key, value]) => `\n  -o { ${key} = ${value} }`);
      const daemon = front ?? "smtpd";
      // There is only one postscreen, which hands over to `smtpd pass`.
      const limit = daemon === "postscreen" ? "1" : "-";
      return `127.0.0.1:${ports[name as ServiceName]} inet n - n - ${limit} ${daemon} -o syslog_name=${name}${options.join("")}`;
    },
  );
  return [...listeners, ...INNER, ""].join("\n");
}

const ALIASES = {
  [SUSPECTED]: PEOPLE.analyst.address.replace("@", "+Junk@"),
  [GREY]: PEOPLE.oncall.address,
  [NEVER]: PEOPLE.oncall.address,
  [FULL]: PEOPLE.oncall.address,
};

/** Postfix's own household, as in the master.cf it comes with, without chroot. */
const INNER = [
  "smtpd pass - - n - - smtpd",
  "dnsblog unix - - n - 0 dnsblog",
  "tlsproxy unix - - n - 0 tlsproxy",
  "pickup unix n - n 60 1 pickup",
  "cleanup unix n - n - 0 cleanup",
  "qmgr unix n - n 300 1 qmgr",
  "tlsmgr unix - - n 1000? 1 tlsmgr",
  "rewrite unix - - n - - trivial-rewrite",
  "bounce unix - - n - 0 bounce",
  "defer unix - - n - 0 bounce",
  "trace unix - - n - 0 bounce",
  "verify unix - - n - 1 verify",
  "flush unix n - n 1000? 0 flush",
  "proxymap unix - - n - - proxymap",
  "proxywrite unix - - n - 1 proxymap",
  "smtp unix - - n - - smtp",
  "relay unix - - n - - smtp",
  "showq unix n - n - - showq",
  "error unix - - n - - error",
  "retry unix - - n - - error",
  "discard unix - - n - - discard",
  "lmtp unix - - n - - lmtp",
  "anvil unix - - n - 1 anvil",
  "scache unix - - n - 1 scache",
  "postlog unix-dgram n - n - 1 postlogd",
];

/** The folders of a queue with the owners and rights that postfix-files(5) gives them. */
async function makeQueue(queue: string): Promise<void> {
  const own = [
    "active",
    "bounce",
    "corrupt",
    "defer",
    "deferred",
    "flush",
    "hold",
    "incoming",
    "private",
    "saved",
    "trace",
  ];
  for (const name of [...own, "pid", "public", "maildrop"]) await mkdir(join(queue, name), { mode: 0o700 });
  await run("chown", ["postfix:root", ...own.map((name) => join(queue, name))]);
  await run("chown", ["postfix:postdrop", join(queue, "public"), join(queue, "maildrop")]);
  await chmod(join(queue, "public"), 0o710);
  await chmod(join(queue, "maildrop"), 0o730);
  await chmod(join(queue, "pid"), 0o755);
}

function inline(entries: Readonly<Record<string, string>>): string {
  return `inline:{ ${Object.entries(entries)
    .map(([key, value]) => `{ ${key} = ${value} }`)
    .join(", ")} }`;
}
