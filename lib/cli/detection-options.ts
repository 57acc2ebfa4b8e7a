import { Option, type Command } from "commander";
import { PROOF_MODES, type ProofMode } from "../reconcile/proof";
import { systems } from "../systems";
import { placeOptions } from "./place-options";
import { collect } from "./repeated";

/** What a detection can be told, by whatever command it is made. */
export interface DetectionOptions {
  readonly output: string;
  readonly allowUnmanaged?: boolean;
  readonly acceptUnknown: readonly string[];
  readonly prove?: true | ProofMode;
}

/** Gives a command the options of a detection. */
export function detectionOptions(command: Command): Command {
  return placeOptions(outputOption(command), systems)
    .addOption(
      new Option(
        "--prove [how]",
        "also walk every declared way of the mail from here: `probe` sends nothing; `send` sends one test mail each and looks for its arrival",
      )
        .choices(PROOF_MODES)
        .preset("probe"),
    )
    .option("--allow-unmanaged", "what exists without code is listed, and no drift")
    .option(
      "--accept-unknown <system>",
      "do not fail because nobody can tell of this system; may be repeated",
      collect,
      [],
    );
}

export const outputOption = (command: Command): Command =>
  command.option("--output <directory>", "where `cdktf synth` wrote the stacks", "cdktf.out");
