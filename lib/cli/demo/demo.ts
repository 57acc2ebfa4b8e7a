import { elapsed, type Clock } from "../../core/clock";
import { forCommand } from "../../core/terraform-text";
import type { Sandbox } from "../../sandbox";
import type { DeployCommand } from "../deploy-command";
import { commandOf, type TerraformInstallation } from "../terraform-version";
import { runChild, type ChildResult } from "./child";
import type { Narrator } from "./narrator";
import type { Check, Step, TestRun } from "./report";
import { Terraform } from "./terraform";
import type { Workspace } from "./workspace";

/** A step failed so that the following ones would make no sense. */
class DemoStopped extends Error {}

const TIMEOUT_MS = 120_000;

/** One run of the demo: its surroundings, and what has happened so far. Chapters are functions that take it. */
export class Demo {
  readonly steps: Step[] = [];
  readonly checks: Check[] = [];
  readonly tests: TestRun[] = [];
  /** Everything that cdktf and terraform printed. */
  readonly output: string[] = [];
  private chapters = 0;

  constructor(
    readonly narrator: Narrator,
    readonly clock: Clock,
    readonly signal: AbortSignal,
    readonly installation: TerraformInstallation,
    readonly sandbox: Sandbox,
    readonly workspace: Workspace,
    readonly deployCommand: Pick<DeployCommand, "name">,
  ) {}

  chapter(title: string): void {
    this.signal.throwIfAborted();
    this.narrator.chapter(++this.chapters, title);
  }

  async step<T>(title: string, body: () => Promise<T>, run?: string): Promise<T> {
    const [name, command] = [this.inUse(title), run === undefined ? undefined : this.inUse(run)];
    const began = elapsed(this.clock);
    const done = (status: Step["status"]) => {
      const durationMs = elapsed(this.clock) - began;
      this.steps.push({ name, ...(command === undefined ? {} : { command }), durationMs, status });
      this.narrator.step(name, durationMs, status === "failed");
    };
    try {
      const result = await body();
      done("done");
      return result;
    } catch (error) {
      done("failed");
      throw error;
    }
  }

  /** Writes the commands in a text with the name of the program in use. */
  private readonly inUse = (text: string) => forCommand(commandOf(this.installation), text);

  /** Checks a promise of the demo; continues when one is broken, so that all of them are seen. */
  check(name: string, held: boolean, expected: string, got: unknown): void {
    const check: Check = { name, held, expected, got: typeof got === "string" ? got : JSON.stringify(got) };
    this.checks.push(check);
    this.narrator.check(check);
  }

  /** Runs cdktf as a user does, without a terminal for prompts. Ends the demo when it fails. */
  cdktf(...args: string[]): Promise<ChildResult> {
    const command = `npx ${this.deployCommand.name} ${args.join(" ")}`;
    return this.step(
      command,
      async () => {
        const result = await this.run(this.workspace.cdktf(...args), this.workspace.directory);
        if (result.exitCode === 0) return result;
        this.narrator.quote(result.output);
        throw new DemoStopped(`${command} ended with exit code ${result.exitCode ?? "none"}`);
      },
      command,
    );
  }

  /** Runs this package's command line as a user does. The caller judges its exit code. */
  outbound(...args: string[]): Promise<ChildResult> {
    const command = `npx outbound ${args.join(" ")}`;
    return this.step(command, () => this.run(this.workspace.outbound(...args), this.workspace.directory), command);
  }

  /** The stack that sends the test mail, known once it is synthesised. */
  get stack(): string {
    return this.workspace.stacks()[0]!;
  }

  get terraform(): Terraform {
    const directory = this.workspace.stackDirectory(this.stack);
    return new Terraform(directory, (...args) => this.run([this.installation.binary, ...args], directory));
  }

  private async run(command: readonly string[], cwd: string): Promise<ChildResult> {
    const { environment } = this.workspace;
    const result = await runChild(command, { cwd, environment, signal: this.signal, timeoutMs: TIMEOUT_MS });
    this.output.push(result.output);
    return result;
  }

  get held(): boolean {
    return this.checks.every(({ held }) => held);
  }
}
