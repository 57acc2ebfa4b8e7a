import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { reasonOf, systemClock, type Clock } from "../../lib/core/clock";
import { startMailServer, type MailServer, type SmtpRefusal } from "../../lib/mail/server";
import type { Round } from "../../lib/reconcile/history/round";
import { FLOW, flow, planJson } from "../review/support/plan-json";
import { asPublished } from "../schemas/support/document";

const SECRET = "a password that nobody may read";

let directory: string;
const at = (...path: string[]) => join(directory, ...path);

/** Between rounds no time passes here; `paused` is told of each pause and may change the world in it. */
function pausing(paused: (pause: number) => void): Clock {
  let [skipped, pauses] = [0, 0];
  const now = () => systemClock.now() + skipped;
  return {
    now,
    elapsed: now,
    sleep: async (ms, signal) => {
      // What limits a round runs on as usual.
      if (ms < 30 * 60_000) return systemClock.sleep(ms, signal);
      skipped += ms;
      paused((pauses += 1));
      if (signal?.aborted) throw reasonOf(signal);
    },
  };
}

let stop: AbortController;
let paused: (pause: number) => void;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "outbound-watch-"));
  mkdirSync(at("cdktf.out/stacks/alerts/.terraform"), { recursive: true });
  writeFileSync(at("cdktf.out/manifest.json"), '{"stacks":{"alerts":{}}}');
  configure({});
  writeFileSync(at("plan.json"), planJson([]));
  terraform(`show) cat '${at("plan.json")}' ;;`);
  stop = new AbortController();
  paused = () => undefined;
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const configure = (config: object) => writeFileSync(at("cdktf.out/stacks/alerts/cdk.tf.json"), JSON.stringify(config));

function terraform(more: string): void {
  writeFileSync(
    at("terraform"),
    `#!/bin/sh
case "$1" in
  version) echo "Terraform v1.11.4" ;;
  plan) for a; do case "$a" in -out=*) echo "PK" > "\${a#-out=}" ;; esac; done ;;
  ${more}
esac
`,
  );
  chmodSync(at("terraform"), 0o755);
}

async function outbound(...argv: string[]) {
  const [out, err]: string[][] = [[], []];
  const code = await runCommandLine(argv, {
    out: (line) => out!.push(line),
    err: (line) => err!.push(line),
    environment: { PATH: process.env["PATH"], TERRAFORM_BINARY_NAME: at("terraform"), SMTP_PASSWORD: SECRET },
    homeDirectory: directory,
    workingDirectory: directory,
    nodeVersion: process.versions.node,
    platform: process.platform,
    clock: pausing((pause) => paused(pause)),
    interrupted: stop.signal,
  });
  expect(out!.join("\n") + err!.join("\n")).not.toContain(SECRET);
  return { code, out: out!.join("\n"), lines: out!, err: err!.join("\n") };
}

const HISTORY = ".outbound/history.jsonl";
function rounds(file = HISTORY): Round[] {
  const text = readFileSync(at(file), "utf8");
  expect(text).not.toContain(SECRET);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => asPublished("round", line) as unknown as Round);
}

describe("a wrong command line ends it at once, with 1, for 2 means drift:", () => {
  it.each([
    [["--every", "1"], "--every"],
    [["--every", "9s"], "--every"],
    [["--every", "8d"], "--every"],
    [["--every", ""], "--every"],
    [["--jitter", "0.1"], "--jitter"],
    [["--jitter", "51%"], "--jitter"],
    [["--rounds", "0"], "--rounds"],
    [["--round-timeout", "0s"], "--round-timeout"],
    [["--history-size", "1"], "--history-size"],
    [["--accept-unknown", "nobody"], "--accept-unknown"],
    [["--prove=sent"], "sent"],
    [["--no-such-option"], "--no-such-option"],
    [["another"], "another"],
    [["other-*"], "other-*"],
    [["alerts", "--parallelism", "0"], "--parallelism"],
    [["--output", "elsewhere"], "elsewhere"],
    [["--history", "cdktf.out"], "a folder"],
    [["--history", "link"], "symbolic link"],
  ])("%j", async (argv, said) => {
    symlinkSync(at("plan.json"), at("link"));
    const before = readFileSync(at("plan.json"), "utf8");
    const { code, err, out } = await outbound("watch", "--rounds", "1", ...argv);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(said);
    expect(existsSync(at(HISTORY))).toBe(false);
    expect(readFileSync(at("plan.json"), "utf8")).toBe(before);
  });
});

it("tells each round in a line, in full what changed, and keeps all of them for this user alone", async () => {
  const mail = await smtp();
  paused = (pause) => {
    if (pause === 2) mail.refuse({ code: 550, text: "5.1.1 User unknown" });
    if (pause === 4) mail.refuse();
  };
  try {
    const { code, lines, out, err } = await outbound("watch", "--rounds", "6", "--prove=probe");
    expect(err).toBe("");
    const told = lines.filter((line) => /^\d{4}-\d\d-\d\dT/.test(line)).map((line) => line.replace(/^\S+ {2}/, ""));
    expect(told.map((line) => line.split("  ")[1])).toEqual([
      "in sync",
      "in sync",
      "as declared, but mail does not get through",
      "as declared, but mail does not get through",
      "in sync",
      "in sync",
    ]);
    // In full once when it breaks, and once when it is mended.
    expect(out.match(/^alerts: as declared, but mail does not get through/gm)).toHaveLength(1);
    expect(out.match(/^alerts: in sync/gm)).toHaveLength(1);
    expect(out).toContain("550 5.1.1 User unknown");
    expect(code).toBe(0);
  } finally {
    await mail.close();
  }
  expect(rounds().map(({ verdict, exitCode }) => [verdict, exitCode])).toEqual([
    ...[
      ["in-sync", 0],
      ["in-sync", 0],
    ],
    ...[
      ["broken", 4],
      ["broken", 4],
    ],
    ...[
      ["in-sync", 0],
      ["in-sync", 0],
    ],
  ]);
  expect(rounds()[2]!.chains).toMatchObject([
    { address: "data.outbound_smtp_probe.relay", state: "broken", failedStage: "RCPT" },
  ]);
  expect(statSync(at(HISTORY)).mode & 0o777).toBe(0o600);
  const html = await outbound("history", "--format", "html");
  expect(html.out).toContain("data.outbound_smtp_probe.relay broken at RCPT");
  expect(html.code).toBe(0);
}, 60_000);

it("with --rounds it ends as a detection would after the last one", async () => {
  writeFileSync(at("plan.json"), planJson([{ type: FLOW, before: flow(), after: flow({ description: "other" }) }]));
  expect((await outbound("watch", "--rounds", "1")).code).toBe(2);
  expect((await outbound("reconcile")).code).toBe(2);
});

it("a round that fails is unknown, with its reason and without a secret, and the next one comes", async () => {
  terraform(`show) if test -e '${at("bad")}'; then echo '${SECRET}' >&2; exit 1; else cat '${at("plan.json")}'; fi ;;`);
  paused = (pause) => {
    if (pause === 1) writeFileSync(at("bad"), "");
    if (pause === 2) rmSync(at("cdktf.out/manifest.json"));
    if (pause === 3) {
      rmSync(at("bad"));
      writeFileSync(at("cdktf.out/manifest.json"), '{"stacks":{"alerts":{}}}');
    }
  };
  const { code } = await outbound("watch", "--rounds", "4");
  expect(rounds().map(({ verdict, exitCode }) => [verdict, exitCode])).toEqual([
    ["in-sync", 0],
    ["unknown", 1],
    ["unknown", 1],
    ["in-sync", 0],
  ]);
  expect(rounds()[1]!.summary).not.toBe("");
  expect(rounds()[2]!.summary).toContain("cdktf.out");
  expect(code).toBe(0);
});

it("a round that takes too long is unknown, and what it started is gone", async () => {
  terraform(`show) echo $$ > '${at("pid")}'; exec sleep 600 ;;`);
  const { code } = await outbound("watch", "--rounds", "1", "--round-timeout", "3s");
  expect(code).toBe(1);
  expect(rounds()).toMatchObject([{ verdict: "unknown", summary: expect.stringContaining("had not ended after 3 s") }]);
  const pid = Number(readFileSync(at("pid"), "utf8"));
  expect(pid).toBeGreaterThan(0);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
}, 30_000);

it("stopped between two rounds it ends with 0, whatever the last one found", async () => {
  writeFileSync(at("plan.json"), planJson([{ type: FLOW, before: flow(), after: flow({ description: "other" }) }]));
  paused = (pause) => (pause === 2 ? stop.abort(new Error("stopped by SIGTERM")) : undefined);
  const { code, err } = await outbound("watch");
  expect([code, err]).toEqual([0, ""]);
  expect(rounds()).toHaveLength(2);
});

it("stopped within a round it ends with 130, and that round is not kept", async () => {
  terraform(`show) echo > '${at("showing")}'; exec sleep 600 ;;`);
  const watcher = onceThere("showing", () => stop.abort(new Error("stopped by Ctrl-C")));
  const { code, err } = await outbound("watch");
  watcher.close();
  expect([code, err]).toEqual([130, "Stopped."]);
  expect(readFileSync(at(HISTORY), "utf8")).toBe("");
});

it("a history that cannot be written any more is told of once, and the watch goes on", async () => {
  paused = (pause) => {
    if (pause === 1) {
      rmSync(at(".outbound"), { recursive: true });
      writeFileSync(at(".outbound"), "");
    }
    if (pause === 3) rmSync(at(".outbound"));
  };
  const { code, err, lines } = await outbound("watch", "--rounds", "4");
  expect(err.match(/The history cannot be written/g)).toHaveLength(1);
  expect(code).toBe(0);
  expect(lines).toHaveLength(4);
  expect(rounds()).toHaveLength(1);
});

it("keeps none where none is wanted", async () => {
  expect((await outbound("watch", "--rounds", "1", "--no-history")).code).toBe(0);
  expect(existsSync(at(".outbound"))).toBe(false);
});

describe("of several stacks", () => {
  const stacks = ["prod-a", "prod-b"];
  const plan = (name: string) => at("cdktf.out/stacks", name, "plan.json");
  const drift = planJson([{ type: FLOW, before: flow(), after: flow({ description: "other" }) }]);

  beforeEach(() => {
    for (const name of [...stacks, "prod-c"]) {
      mkdirSync(at("cdktf.out/stacks", name, ".terraform"), { recursive: true });
      writeFileSync(at("cdktf.out/stacks", name, "cdk.tf.json"), "{}");
      writeFileSync(plan(name), planJson([]));
    }
    synthesised(stacks);
    terraform("show) cat plan.json ;;");
  });

  const synthesised = (names: readonly string[]) =>
    writeFileSync(
      at("cdktf.out/manifest.json"),
      JSON.stringify({ stacks: Object.fromEntries(["alerts", ...names].map((name) => [name, {}])) }),
    );
  const kept = () => rounds().map(({ stack, verdict }) => [stack, verdict]);

  it("tells each round in a line, in full what changed in any of them, and keeps each stack by itself", async () => {
    paused = (pause) => {
      if (pause === 2) writeFileSync(plan("prod-b"), drift);
    };
    const { code, lines, out } = await outbound("watch", "prod-*", "--parallelism", "2", "--rounds", "4");
    const told = lines.filter((line) => /^\d{4}-\d\d-\d\dT/.test(line)).map((line) => line.split("  ").slice(1, 3));
    expect(told).toEqual([
      ["prod-*", "in sync"],
      ["prod-*", "in sync"],
      ["prod-*", "drift"],
      ["prod-*", "drift"],
    ]);
    expect(out.match(/^prod-\*: /gm)).toHaveLength(1);
    expect(code).toBe(2);
    const [good, bad] = [
      [
        ["prod-a", "in-sync"],
        ["prod-b", "in-sync"],
      ],
      [
        ["prod-a", "in-sync"],
        ["prod-b", "drift"],
      ],
    ];
    expect(kept()).toEqual([...good, ...good, ...bad, ...bad]);
    expect(new Set(rounds().map(({ at: when }) => when)).size).toBe(4);
    expect((await outbound("history", "--stack", "prod-b")).out.split("\n")).toHaveLength(4);
    expect((await outbound("history", "--format", "html")).out).toContain("Watched: prod-a, prod-b");
  });

  it("one of them that cannot be looked at is unknown, and hides no other", async () => {
    paused = () => rmSync(plan("prod-a"));
    const { lines } = await outbound("watch", "prod-a", "prod-b", "--rounds", "2");
    expect(lines[1]).toContain("prod-a, prod-b  could not tell");
    expect(kept().slice(2)).toEqual([
      ["prod-a", "unknown"],
      ["prod-b", "in-sync"],
    ]);
  });

  it("a new one is taken in, and one that left is left alone, without a restart", async () => {
    paused = () => synthesised(["prod-b", "prod-c"]);
    await outbound("watch", "prod-*", "--rounds", "2");
    expect(kept().map(([stack]) => stack)).toEqual(["prod-a", "prod-b", "prod-b", "prod-c"]);
  });

  it("a round that could not be made is unknown for each of them", async () => {
    paused = (pause) => (pause === 1 ? rmSync(at("cdktf.out/manifest.json")) : synthesised(stacks));
    const { lines, code } = await outbound("watch", "prod-*", "--rounds", "3");
    expect(lines[1]).toContain("prod-*  could not tell");
    expect(kept().slice(2)).toEqual([
      ["prod-a", "unknown"],
      ["prod-b", "unknown"],
      ["prod-a", "in-sync"],
      ["prod-b", "in-sync"],
    ]);
    expect(rounds()[2]!.summary).toContain("cdktf.out");
    expect(code).toBe(0);
  });
});

describe("outbound history", () => {
  it("says that there is none, and which words it does not take", async () => {
    const { code, err } = await outbound("history");
    expect(code).toBe(1);
    expect(err).toContain("outbound watch");
    expect((await outbound("history", "--since", "7 days")).code).toBe(2);
    expect((await outbound("history", "--format", "xml")).code).toBe(2);
  });

  it("shows what is not too old, of one stack, as a table and as JSON", async () => {
    await outbound("watch", "--rounds", "3", "--every", "1d", "--jitter", "0%");
    expect((await outbound("history")).lines.join("\n").split("\n")).toHaveLength(3);
    const json = asPublished("history", (await outbound("history", "--format", "json")).out);
    expect(json["rounds"]).toHaveLength(3);
    // This run's clock has not gone on, so that all but the first are in the future.
    expect((await outbound("history", "--since", "1d12h")).out.split("\n")).toHaveLength(3);
    expect((await outbound("history", "--stack", "nobody")).out).toBe("no rounds");
    rounds();
    writeFileSync(at("old.jsonl"), `${JSON.stringify({ ...rounds()[0], at: "2020-01-01T00:00:00.000Z" })}\n`);
    expect((await outbound("history", "--history", "old.jsonl", "--since", "7d")).out).toBe("no rounds");
    expect((await outbound("history", "--history", "old.jsonl")).out).toContain("2020-01-01T00:00:00Z");
  });
});

const onceThere = (name: string, then: () => void) =>
  watch(directory, (_, changed) => (changed === name ? then() : undefined));

/** A server that the stack has a probe for, whose answer to a receiver can be changed. */
async function smtp(): Promise<MailServer & { refuse(reply?: SmtpRefusal): void }> {
  let refusal: SmtpRefusal | undefined;
  const server = await startMailServer({
    mode: "starttls",
    users: { alerts: SECRET },
    hooks: { receiver: () => refusal },
  });
  writeFileSync(at("ca.pem"), server.ca);
  configure({
    data: {
      outbound_smtp_probe: {
        relay: {
          smtp_host: server.host,
          smtp_port: server.port,
          username: "alerts",
          password_environment: "SMTP_PASSWORD",
          from_address: "alerts@example.com",
          to: ["oncall@example.com"],
          ca_certificate: at("ca.pem"),
        },
      },
    },
  });
  return Object.assign(server, { refuse: (reply?: SmtpRefusal) => void (refusal = reply) });
}
