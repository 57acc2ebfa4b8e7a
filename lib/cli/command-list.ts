import type { Command } from "commander";
import type { Runner } from "./runner";

/** A command's entry in the list of all commands; its module is loaded when it is needed. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  /**
   * Loads the function that describes the command, with its arguments, options and help, and connects it to its action.
   */
  load(): Promise<(command: Command, runner: Runner) => void>;
}

/** In the order of the help. */
export const commandList: readonly ListedCommand[] = [
  {
    name: "init",
    summary: "write a project that can be deployed at once, into the sandbox first",
    load: async () => (await import("./commands/init")).initCommand,
  },
  {
    name: "sandbox",
    summary: "run simulators of every system and a real SMTP server, all on this machine",
    load: async () => (await import("./commands/sandbox")).sandboxCommand,
  },
  {
    name: "provider",
    summary: "the Terraform provider: install it for plain HCL, find it, name its version",
    load: async () => (await import("./commands/provider")).providerCommand,
  },
  {
    name: "doctor",
    summary: "check this machine; with --systems the configured systems, reading only",
    load: async () => (await import("./commands/doctor")).doctorCommand,
  },
  {
    name: "probe",
    summary: "walk through the SMTP stages to a server; sends nothing",
    load: async () => (await import("./commands/probe")).probeCommand,
  },
  {
    name: "send",
    summary: "send a test mail and say at which stage it breaks, as the deployment does",
    load: async () => (await import("./commands/send")).sendCommand,
  },
  {
    name: "explain",
    summary: "what a mail server's reply means, and what to do; asks no server",
    load: async () => (await import("./commands/explain")).explainCommand,
  },
  {
    name: "import",
    summary: "write code for what exists already, whose first deployment adopts everything",
    load: async () => (await import("./commands/import")).importCommand,
  },
  {
    name: "reconcile",
    summary: "find and repair what differs from the code; exit code 0 in sync, 2 drift, 1 could not tell",
    load: async () => (await import("./commands/reconcile")).reconcileCommand,
  },
  {
    name: "watch",
    summary: "detect and prove again and again, and keep a history; exit codes as those of reconcile",
    load: async () => (await import("./commands/watch")).watchCommand,
  },
  {
    name: "history",
    summary: "the rounds that watch has kept: as a table, as JSON, as a page with timelines",
    load: async () => (await import("./commands/history")).historyCommand,
  },
  {
    name: "review",
    summary: "what a change means: reachability, receivers, what stops alerts, broken rules",
    load: async () => (await import("./commands/review")).reviewCommand,
  },
  {
    name: "comment",
    summary: "keep a review as one comment of the pull request or merge request",
    load: async () => (await import("./commands/comment")).commentCommand,
  },
  {
    name: "apply-reviewed",
    summary: "apply stacks only if their plans are those that were reviewed",
    load: async () => (await import("./commands/apply-reviewed")).applyReviewedCommand,
  },
  {
    name: "routes",
    summary: "who is told when this happens, by which plugin and which flow",
    load: async () => (await import("./commands/routes")).routesCommand,
  },
  {
    name: "demo",
    summary: "deploy, break, repair and destroy the reference stack in a sandbox",
    load: async () => (await import("./commands/demo")).demoCommand,
  },
  {
    name: "completion",
    summary: "print what lets your shell complete commands and options",
    load: async () => (await import("./commands/completion")).completionCommand,
  },
];
