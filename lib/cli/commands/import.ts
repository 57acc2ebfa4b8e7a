import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { mapStyled, styled, toned, type Styled } from "../../core/styled";
import { constructClasses } from "../../import/classes";
import { importDocument, type ImportDocument } from "../../import/document";
import { fileExists, nothingFound } from "../../import/errors";
import { gather, requireSystems } from "../../import/gather";
import { writeHcl } from "../../import/hcl";
import { inventoryToJson } from "../../import/json";
import { isIncomplete, overview } from "../../import/overview";
import { redactedItems } from "../../import/redacted-items";
import { writeTypeScript } from "../../import/typescript";
import { commandRuntime } from "../../inventory/runtime";
import { systems } from "../../systems";
import { LIBRARIES, type Library } from "../../package/libraries";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { writeOutput } from "../output-file";
import { placeOptions, placesOfOptions } from "../place-options";
import { libraryOfProject } from "../project-library";
import { warnOfTlsSwitch } from "../tls-warning";
import { terraformCommand } from "../terraform-version";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";
import { collect } from "../repeated";

interface Options {
  readonly system: readonly string[];
  readonly out?: string;
  readonly hcl?: boolean;
  readonly stack: string;
  readonly from?: string;
  readonly force?: boolean;
  readonly list?: boolean;
  readonly json?: boolean;
}

const help = `
Example:
  $ outbound import --ovh-service pcc-192-0-2-10 --out stacks/imported.ts
  $ npx cdktf diff --app "npx tsx stacks/imported.ts"     N to import, 0 to add, 0 to change, 0 to destroy

Systems are reached by the same environment variables as in a deployment. It only reads. Passwords are not shown by the
systems: each becomes a variable, and the list at the end names them.`;

/** `outbound import`: turns an existing set-up into code. */
export function importCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Lists what exists in the configured systems (flows, plugins, rules, mail settings, integrations) and writes a\n" +
        "TypeScript stack, or HCL, that declares it with imports: the first deployment takes everything over unchanged.",
    )
    .option("--system <name>", "only this system; may be repeated (default: those configured)", collect, [])
    .option("--out <file>", "where to write; - for standard output (default: imported.ts or imported.tf)")
    .option("--hcl", "write HCL with import blocks instead of TypeScript")
    .option("--stack <name>", "the name of the stack", "outbound-imported")
    .option("--from <module>", "where the constructs are imported from (default: by the library of this project)")
    .option("--force", "overwrite the file when it is there already")
    .option("--list", "only list what exists; write nothing")
    .option("--json", "with --list: as JSON")
    .addHelpText("after", help);
  placeOptions(command, systems).action((options: Options) =>
    runner.run((surroundings) => runImport(options, surroundings)),
  );
}

async function runImport(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { err, out, print, interrupted, redactor, workingDirectory } = surroundings;
  if (!/^[A-Za-z][\w-]*$/.test(options.stack)) {
    throw badOption("--stack", options.stack, "letters, digits, hyphens; a letter first");
  }
  if (options.json && !options.list) throw badOption("--json", "no --list", "--list --json: code is written as code");
  requireSystems(options.system, systems);
  const file =
    options.out === "-" || options.list ? undefined : (options.out ?? (options.hcl ? "imported.tf" : "imported.ts"));
  const path = file && resolve(workingDirectory, file);
  // Before any system is asked: a result that cannot be written need not be looked for.
  if (path !== undefined && existsSync(path) && !options.force) throw fileExists(file!);

  const library = options.from?.endsWith("/cdktn")
    ? LIBRARIES.cdktn
    : ((options.from === undefined ? libraryOfProject(workingDirectory) : undefined) ?? LIBRARIES.cdktf);
  warnOfTlsSwitch(surroundings);
  const runtime = commandRuntime(surroundings, redactor);
  const places = placesOfOptions(options, systems);
  const gathered = await gather(systems, { systems: options.system, places }, runtime, interrupted);
  const items = gathered.flatMap(({ inventory }) => inventory.flatMap((one) => ("items" in one ? one.items : [])));
  const redact = (text: string) => redactor.redact(text);
  const document = importDocument(
    redactedItems(items, redact),
    systems.flatMap((system) => system.resources.map(({ schema }) => schema)),
  );
  const show = options.list ? print : err;
  if (options.json) out(inventoryToJson(gathered, document, redact).trimEnd());
  else for (const line of overview(gathered, document)) show(mapStyled(line, redact));
  if (!options.list) {
    if (document.objects.length === 0) throw nothingFound();
    const text = redact(options.hcl ? writeHcl(document) : await program(document, options, library));
    if (path === undefined) out(text.trimEnd());
    else writeOutput(path, text, { flag: options.force ? "w" : "wx" });
    const command = await terraformCommand(surroundings);
    for (const line of conclusion(document, options, file, library, command)) err(mapStyled(line, redact));
  }
  return isIncomplete(gathered) ? ExitCode.failed : ExitCode.ok;
}

async function program(document: ImportDocument, { stack, from }: Options, library: Library): Promise<string> {
  const classes = await constructClasses(library.name);
  return writeTypeScript(document, { classes, stack, library: library.name, from: from ?? library.entry });
}

function conclusion(
  { objects, variables }: ImportDocument,
  { hcl }: Options,
  file: string | undefined,
  library: Library,
  terraform: string,
): Styled[] {
  const lines: Styled[] = ["", `${objects.length} to import${file === undefined ? "" : `, written to ${file}`}.`];
  if (variables.length > 0) {
    lines.push("", "To be supplied, for no system shows them:");
    for (const { name, purpose } of variables) lines.push(`  TF_VAR_${name}  ${purpose}`);
  }
  if (file === undefined) return lines;
  const next = hcl ? `${terraform} init && ${terraform} plan` : `npx ${library.name} diff --app "npx tsx ${file}"`;
  return [...lines, "", styled`Next: ${toned("code", next)}`, "It must say 0 to add, 0 to change, 0 to destroy."];
}
