import { allRemedies } from "../../../lib/mail/diagnosis/remedies";
import { lookFor, testMail } from "../../support/arrival";
import { ImapFolder } from "../../support/imap-folders";
import { quietClock } from "../../support/quiet-clock";
import { seeded, type Random } from "../../support/random";
import { startScriptedImap } from "../../support/scripted-imap";

/** A failing seed is named by the test; run it alone by giving it here, in the environment. */
const ONLY = process.env.FUZZ_SEED === undefined ? undefined : Number(process.env.FUZZ_SEED);
const SESSIONS = 200;
/** So many at once: most of them wait. */
const AT_ONCE = 10;

const SCRAPS = [
  "\r\n",
  "\n",
  "\0",
  "(",
  ")",
  '"',
  "{",
  "}",
  "{9999999999}\r\n",
  "{5+}\r\n",
  "[",
  "]",
  "* ",
  "+ \r\n",
  "* BYE\r\n",
  "NIL",
  "\x1b[2J",
  "\xff\xfe",
  "4294967296",
  "-1",
  "\\",
  "* 1 EXPUNGE\r\n",
  "* 1 FETCH (UID 1)\r\n",
  "* VANISHED 1:*\r\n",
  "* OK [ALERT] x\r\n",
  "* CAPABILITY\r\n",
  "* LIST () NIL {3}\r\n",
  "&AAA-",
  "* PREAUTH\r\n",
];

/** Most of what is said stays as it is, or no session would get anywhere. */
function garbled(text: string, random: Random): string {
  if (random() > 0.15) return text;
  const at = Math.floor(random() * text.length);
  const length = Math.floor(random() * 8);
  const scrap = SCRAPS[Math.floor(random() * SCRAPS.length)]!;
  const kind = random();
  if (kind < 0.5) return text.slice(0, at) + scrap + text.slice(at + length);
  if (kind < 0.7) return text.slice(0, at);
  if (kind < 0.85) return text + text;
  return text.slice(0, at) + scrap.repeat(50) + text.slice(at);
}

beforeAll(() => import("imapflow"));

it(`a mailbox whose server stumbles ends in one stage and in time, whatever it says (${SESSIONS} sessions)`, async () => {
  const codes = new Set<string>(allRemedies.map(({ code }) => code));
  const seeds = ONLY === undefined ? Array.from({ length: SESSIONS }, (_, index) => index + 1) : [ONLY];
  const outcomes = new Set<string>();

  const session = async (seed: number) => {
    const random = seeded(seed);
    const server = await startScriptedImap(
      {},
      {
        plain: true,
        folders: [new ImapFolder("Junk", ["\\Junk"]), new ImapFolder("Zo&AOs-")],
        garble: (text) => garbled(text, random),
      },
    );
    server.inbox.store(testMail());
    const clock = quietClock(() => server.activity());
    try {
      const mailbox = { security: "none" as const, remove: true };
      const { stage } = await lookFor(server, { mailbox, clock, ms: 6_000 });
      const problem = stage.problem?.code ?? stage.status;
      outcomes.add(problem);
      const shown = JSON.stringify([stage.detail, stage.remedy]);
      const faults = [
        stage.problem && !codes.has(stage.problem.code) ? `no such row: ${problem}` : "",
        /\\u00[01]|\\u007f/.test(shown) ? `not fit for a terminal: ${shown}` : "",
        shown.includes("correct horse") ? "the password is shown" : "",
        // What is wrong with this program, and not with the server.
        /is not a function|Cannot read prop|is not defined|is not iterable/.test(shown) ? shown : "",
      ];
      expect({ seed, faults: faults.filter((fault) => fault !== "") }).toEqual({ seed, faults: [] });
    } finally {
      clock.stop();
      await server.close();
    }
  };
  const queue = [...seeds];
  const worker = async () => {
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) await session(seed);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  // Sessions get far, and fail in many ways.
  if (ONLY === undefined) {
    expect(outcomes.size).toBeGreaterThanOrEqual(8);
    expect(outcomes).toContain("passed");
  }
}, 300_000);
