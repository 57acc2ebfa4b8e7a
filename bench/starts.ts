import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { selfSignedCertificate } from "../lib/terraform-plugin/certificate";
import { invitation } from "../lib/terraform-plugin/handshake";
import { inMs, inTurns, median, medianRatio, run, secondsSince } from "./measure";
import type { Row } from "./row";
import { commandLineOf, limitFor, providerOf, type Subject } from "./subject";
import { removeFolder, temporaryFolder } from "./temporary-folder";

const TURNS = 11;

/** What is started, and the limits of its ratio by release. */
interface Start {
  readonly what: string;
  readonly limits: Readonly<Record<string, number>>;
  readonly seconds: (subject: Subject, cache: string) => Promise<number>;
}

const COMMAND = { 20: 1.8, 24: 1.8 };
const STARTS: readonly Start[] = [
  {
    what: "start to handshake line",
    limits: { 20: 1.3, 24: 1.8 },
    seconds: (subject, cache) => handshakeSeconds(subject, cache),
  },
  {
    what: "the same, with nothing kept from an earlier start",
    limits: {},
    seconds: (subject) => handshakeSeconds(subject, "off"),
  },
  { what: "`outbound --version`", limits: COMMAND, seconds: (subject) => command(subject, ["--version"]) },
  { what: "`outbound --help`", limits: COMMAND, seconds: (subject) => command(subject, ["--help"]) },
  {
    what: "a usage error, an unknown option of `outbound review`",
    limits: COMMAND,
    seconds: (subject) => command(subject, ["review", "--no-such-option"], USAGE_ERROR),
  },
];
const USAGE_ERROR = 2;

/** From starting something until it says a first word, or ends, against a node that does nothing. */
export async function starts(subjects: readonly Subject[]): Promise<Row[]> {
  const cache = temporaryFolder("start");
  const actions = new Map<string, () => Promise<number>>();
  for (const subject of subjects) {
    // Leaves what later starts take.
    await handshakeSeconds(subject, join(cache, subject.label));
    actions.set(nameOf(subject, "bare"), () => run(subject.node, ["-e", "0"]));
    for (const { what, seconds } of STARTS) {
      actions.set(nameOf(subject, what), () => seconds(subject, join(cache, subject.label)));
    }
  }
  const measured = await inTurns(TURNS, actions);
  removeFolder(cache);
  return STARTS.flatMap(({ what, limits }) =>
    subjects.map((subject): Row => {
      const [ours, bare] = [measured.get(nameOf(subject, what))!, measured.get(nameOf(subject, "bare"))!];
      return {
        what,
        node: subject.label,
        ours: inMs(median(ours)),
        baseline: `\`node -e 0\`: ${inMs(median(bare))}`,
        ratio: medianRatio(ours, bare),
        ...limitFor(subject, limits),
      };
    }),
  );
}

const nameOf = ({ label }: Subject, what: string): string => `${label} ${what}`;

const command = (subject: Subject, args: readonly string[], exitCode = 0): Promise<number> =>
  run(subject.node, [commandLineOf(subject), ...args], { exitCode });

/** @param cache the folder of the code cache, or "off" */
async function handshakeSeconds(subject: Subject, cache: string): Promise<number> {
  const started = process.hrtime.bigint();
  const child = spawn(providerOf(subject), [], {
    env: {
      ...process.env,
      ...invitation,
      PLUGIN_CLIENT_CERT: CLIENT_CERTIFICATE,
      OUTBOUND_CODE_CACHE: cache,
      OUTBOUND_NODE: subject.node,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const seconds = secondsSince(started);
  // Not SIGKILL: what it has compiled is kept when it ends.
  child.kill("SIGTERM");
  await once(child, "close");
  if (!/^1\|6\|/.test(String(line))) throw new Error(`not a handshake line: ${String(line)}`);
  return seconds;
}

/** Any certificate serves: nobody connects. */
const CLIENT_CERTIFICATE = selfSignedCertificate(Date.now()).certificatePem;
