import { Option, type Command } from "commander";
import { PROOF_MODES, type ProofMode } from "../proof/proof";
import { systems } from "../systems";
import { notifyOptions, type NotifyOptions } from "./notify-options";
import { placeOptions } from "./place-options";
import { collect } from "./repeated";

/** The options of a detection, for every command that makes one. */
export interface DetectionOptions extends NotifyOptions {
  readonly output: string;
  readonly allowUnmanaged?: boolean;
  readonly acceptUnknown: readonly string[];
  readonly prove?: ProofMode;
  readonly horizon?: string;
  readonly since?: string;
  readonly ics?: string;
  readonly metrics?: string;
}

/** Adds the options of a detection to a command. */
export function detectionOptions(command: Command): Command {
  const described = placeOptions(outputOption(command), systems)
    .addOption(
      new Option(
        "--prove [how]",
        "also walk every declared way of the mail from here: `probe` sends nothing; `send` sends one test mail each and looks for its arrival",
      )
        .choices(PROOF_MODES)
        .preset("probe"),
    )
    .addOption(
      new Option(
        "--horizon [time]",
        "also tell what ends, and fail when something does so within this time: certificates, logins, retired authentication; implies --prove",
      ).preset("30d"),
    )
    .option(
      "--since <file>",
      "with --horizon: a detection of before, as JSON; what the sender's domain publishes is held against it",
    )
    .option("--ics <file>", "with --horizon: also write the dates as a calendar")
    .option("--metrics <file>", "also write numbers in Prometheus' text format")
    .option("--allow-unmanaged", "what exists without code is listed, and no drift")
    .option(
      "--accept-unknown <system>",
      "do not fail because nobody can tell of this system; may be repeated",
      collect,
      [],
    );
  return notifyOptions(described);
}

export const outputOption = (command: Command): Command =>
  command.option("--output <directory>", "where `cdktf synth` wrote the stacks", "cdktf.out");
