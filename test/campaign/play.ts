import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform } from "../acceptance/support/terraform";
import { command, type Ran } from "./command";
import { configuration, OPERATION_SECONDS, TYPES } from "./configuration";
import { nameOfEffect } from "./effects";
import { judge, type Violation } from "./judge";
import { killed, processesOf } from "./processes";
import type { Declared, Trial } from "./trial";
import { foreignIn, settingsOf } from "./world";

/** What a trial came to. */
export interface Played {
  readonly trial: Trial;
  readonly violations: readonly Violation[];
  /** How often each fault of the trial was hit, by its place there. */
  readonly hits: readonly Hit[];
  /** The requests that were hit, in order: "ovh POST /1.0/… reset-after". */
  readonly struck: readonly string[];
  readonly disrupted: boolean;
  /** How the command under faults ended. */
  readonly code: number | null;
  readonly milliseconds: number;
  readonly output: string;
}

export interface Hit {
  /** "429 Retry-After soon" */
  readonly effect: string;
  readonly times: number;
}

const APPLY = ["apply", "-auto-approve", "-no-color", "-input=false"];
const DESTROY = ["destroy", "-auto-approve", "-no-color", "-input=false"];
const PLAN = ["plan", "-no-color", "-input=false", "-detailed-exitcode"];
/** Objects depend on each other over two levels, and are read and then written. */
const STRUCK_MS = 4 * OPERATION_SECONDS * 1_000 + 20_000;
const CLEAN_MS = 120_000;
/** Of what runs leave in the working directory; programs and lock file stay. */
const LEFT_BY_RUNS = /^(?:tmp$|terraform\.tfstate|\.terraform\.tfstate|errored\.tfstate|crash|trace\.log)/;

/** A sandbox and a working directory, made ready once for many trials. */
export class Player {
  private readonly references = new Map<string, readonly string[]>();
  /** Over all players: each trial is found by a mark of its own. */
  private static played = 0;

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly terraform: Terraform,
    /** Where clean runs are made that nothing has ever gone wrong in. */
    private readonly spare: Terraform,
  ) {}

  static async start(): Promise<Player> {
    const sandbox = await startSandbox();
    const environment = { ...sandbox.environment(), TF_VAR_smtp_password: ACCEPTED };
    const [terraform, spare] = [new Terraform(environment, "started"), new Terraform(environment, "attached")];
    const everything = TYPES.map(({ type }): Declared => ({ type, identity: 0, changed: false }));
    for (const one of [terraform, spare]) {
      one.write(configuration(everything, sandbox));
      await one.init();
    }
    return new Player(sandbox, terraform, spare);
  }

  async close(): Promise<void> {
    this.terraform.remove();
    this.spare.remove();
    await this.sandbox.close();
  }

  async play(trial: Trial): Promise<Played> {
    const { sandbox, terraform } = this;
    const started = performance.now();
    const wanted = await this.reference(trial.wanted);
    await this.begin(trial.seed + trial.number);
    const place = {
      directory: terraform.directory,
      mark: `${process.pid}.${++Player.played}`,
      environment: {
        ...sandbox.environment(),
        // What is written there is searched as well.
        TMPDIR: temporaryIn(terraform.directory),
        ...(trial.trace ? { TF_LOG: "trace", TF_LOG_PATH: join(terraform.directory, "trace.log") } : {}),
      },
      writes: () => sandbox.requests.list().filter(isWrite).length,
    };
    const outputs: string[] = [];
    const run = async (args: readonly string[], ms: number, struck?: Trial): Promise<Ran> => {
      const password = struck?.secret ?? acceptedOf(trial.secret);
      const environment = { ...place.environment, TF_VAR_smtp_password: password };
      const ran = await command({ ...place, environment }, args, ms, struck?.disruption);
      outputs.push(`$ terraform ${args.join(" ")} (${ran.milliseconds} ms, ${ran.code})\n${ran.output}`);
      return ran;
    };
    const declare = (declared: readonly Declared[]) => terraform.write(configuration(declared, sandbox));
    const emptied = settingsOf(sandbox.objects());
    const foreign = [foreignIn(sandbox.objects())];

    if (trial.before !== undefined) {
      declare(trial.before);
      const ran = await run(APPLY, CLEAN_MS);
      if (ran.code !== 0) throw new Error(`the apply before any fault failed:\n${ran.output}`);
    }
    declare(trial.wanted);
    sandbox.requests.clear();
    for (const fault of trial.faults) sandbox.faults.add(fault);
    for (const outcome of trial.tasks) await sandbox.intervene("ovh", "fail-next-task", { outcome });
    const stateBefore = stateIn(terraform.directory);
    const struck = await run(trial.command === "apply" ? APPLY : DESTROY, STRUCK_MS, trial);
    const hits = sandbox.faults.list().map(({ effect, hits: times }) => ({ effect: nameOfEffect(effect), times }));
    const requests = sandbox.requests
      .list()
      .flatMap(({ system, method, path, fault }) =>
        fault === undefined ? [] : [`${system} ${method} ${path} ${fault}`],
      );
    await goneAlone(place.mark);
    const processes = [...processesOf(place.mark).values()];
    await arrived(trial);
    await this.recover(trial, stateBefore);

    const clean = await run(APPLY, CLEAN_MS);
    const settings = { got: settingsOf(sandbox.objects()), wanted };
    foreign.push(foreignIn(sandbox.objects()));
    const plan = clean.code === 0 ? await run(PLAN, CLEAN_MS) : undefined;
    const destroy = clean.code === 0 ? await run(DESTROY, CLEAN_MS) : undefined;
    foreign.push(foreignIn(sandbox.objects()));
    await goneAlone(place.mark);
    processes.push(...processesOf(place.mark).values());
    killed(processesOf(place.mark).keys());

    const violations = judge(trial, {
      struck,
      clean,
      plan,
      destroy,
      settings,
      foreign,
      ...(destroy === undefined ? {} : { emptied: { got: settingsOf(sandbox.objects()), wanted: emptied } }),
      processes,
      written: [...outputs, ...filesBelow(terraform.directory)].join("\n"),
      logins: loginsOf(sandbox),
    });
    const milliseconds = Math.round(performance.now() - started);
    const { code, disrupted } = struck;
    return { trial, violations, hits, struck: requests, disrupted, code, milliseconds, output: outputs.join("\n") };
  }

  /** What the systems are set to when nothing ever goes wrong. */
  private async reference(declared: readonly Declared[]): Promise<readonly string[]> {
    const key = JSON.stringify(declared);
    const known = this.references.get(key);
    if (known !== undefined) return known;
    await this.begin(1);
    cleared(this.spare.directory);
    this.spare.write(configuration(declared, this.sandbox));
    await this.spare.applied();
    const settings = settingsOf(this.sandbox.objects());
    this.references.set(key, settings);
    return settings;
  }

  /** Nothing but what others have made. */
  private async begin(seed: number): Promise<void> {
    this.sandbox.reset(seed);
    cleared(this.terraform.directory);
    this.terraform.loseRuns();
    await this.sandbox.intervene("ovh", "add-flow", { ip: "198.51.100.7", port: 25, description: "of a colleague" });
    await this.sandbox.intervene("uipath", "add-webhook", {
      Name: "of a colleague",
      Url: "https://example.org/hook",
      Enabled: true,
      SubscribeToAllEvents: true,
      AllowInsecureSsl: false,
    });
  }

  /** The outside is well again: no fault is armed, and tasks that hung are ended. */
  private async recover(trial: Trial, stateBefore: string | undefined): Promise<void> {
    const { sandbox } = this;
    sandbox.faults.clear();
    // A plan that was refused has begun no task.
    await sandbox.intervene("ovh", "succeed-tasks", {});
    if (trial.disruption.kind === "full-disk") withoutBrokenState(this.terraform.directory, stateBefore);
    if (!trial.tasks.includes("hanging")) return;
    for (const ip of ["203.0.113.25", "203.0.113.26"]) {
      await sandbox.intervene("ovh", "end-task", { ip, port: 587, outcome: "done" }).catch(() => undefined);
    }
  }
}

const ACCEPTED = "of a clean run";
const isWrite = ({ method, path }: { method: string; path: string }) => method !== "GET" && !/token/i.test(path);

const GRACE_MS = 5_000;

/** A provider whose terraform was killed ends by itself, soon. */
async function goneAlone(mark: string): Promise<void> {
  const until = performance.now() + GRACE_MS;
  while (processesOf(mark).size > 0 && performance.now() < until) await new Promise((next) => setTimeout(next, 50));
}

/** A line break in a password is refused before anything is asked; people choose another then. */
const acceptedOf = (secret: string) => (/[\r\n]/.test(secret) ? ACCEPTED : secret);

/** Short: sockets lie in it. */
function temporaryIn(directory: string): string {
  const folder = join(directory, "tmp");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** What a killed process had sent is still done by a system that took its time: no later run could know of it. */
async function arrived({ faults }: Trial): Promise<void> {
  const delays = faults.map(({ effect }) => ("ms" in effect && effect.kind !== "stale" ? (effect.ms ?? 0) : 0));
  await new Promise((next) => setTimeout(next, Math.max(0, ...delays)));
}

function cleared(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (LEFT_BY_RUNS.test(name)) rmSync(join(directory, name), { recursive: true, force: true });
  }
}

/** The state as it is, where there is one. */
function stateIn(directory: string): string | undefined {
  const state = join(directory, "terraform.tfstate");
  return existsSync(state) ? readFileSync(state, "utf8") : undefined;
}

/**
 * What Terraform could write in part only is no state: people take its backup, or the one from before the run that every
 * backend with versions keeps, or none.
 */
function withoutBrokenState(directory: string, before: string | undefined): void {
  const [state, backup] = ["terraform.tfstate", "terraform.tfstate.backup"].map((name) => join(directory, name));
  if (!existsSync(state!) || isState(state!)) return;
  rmSync(state!);
  if (existsSync(backup!) && isState(backup!)) copyFileSync(backup!, state!);
  else if (before !== undefined) writeFileSync(state!, before);
}

function isState(file: string): boolean {
  try {
    return "version" in (JSON.parse(readFileSync(file, "utf8")) as object);
  } catch {
    return false;
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("terraform-provider") && entry.name !== "main.tf")
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

const loginsOf = (sandbox: Sandbox) =>
  Object.entries(sandbox.environment())
    .filter(
      ([name, value]) =>
        /PASSWORD|SECRET|_KEY$|TOKEN/.test(name) && !/APPLICATION_KEY$/.test(name) && value.length >= 8,
    )
    .map(([, value]) => value);
