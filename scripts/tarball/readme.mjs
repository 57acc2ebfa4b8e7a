import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands, OWN_PROJECT } from "./readme-blocks.mjs";
import { PROVED, QUIET, STRICT } from "./shell.mjs";
import { compilations } from "./types.mjs";

/** What is offered beside the main entry. */
const SUBPATHS = `import { startSandbox } from "cdktf-provider-outbound/sandbox";
import { defineSchema } from "cdktf-provider-outbound/terraform-plugin";
void startSandbox;
void defineSchema;
`;

/** What the README lets a reader do in empty folders. */
export function playReadme(all, shell, { withDemo }) {
  const begun = shell.emptyFolder("begin");
  if (follow(all, shell, "Begin", begun, PROVED)) {
    all.run(shell.title("the new project's types"), () => shell.run("npm run typecheck", begun));
    // On the other releases the matrix plays it.
    if (withDemo)
      all.run(shell.title("outbound demo, from the package"), () =>
        shell.run("npx outbound demo", begun, /All \d+ checks held/),
      );
  }
  follow(all, shell, "Without CDKTF", shell.emptyFolder("hcl"), PROVED);
  inOwnProject(all, shell, shell.emptyFolder("own"));
}

/** Each command of a block is a check; what comes after one that failed makes no sense. */
function follow(all, shell, heading, folder, last) {
  const lines = commands(heading);
  return lines.every((line, index) =>
    all.run(shell.title(`"${heading}": ${line}`), () =>
      shell.run(line, folder, index === lines.length - 1 ? last : undefined),
    ),
  );
}

function inOwnProject(all, shell, folder) {
  const { manifest, program, app, installs } = OWN_PROJECT;
  writeFileSync(join(folder, "main.ts"), program);
  writeFileSync(join(folder, "cdktf.json"), manifest);
  const installed = installs.every((line) =>
    all.run(shell.title(`without a warning of ours, strict about engines: ${line}`), () =>
      shell.run(line, folder, QUIET, STRICT),
    ),
  );
  if (!installed) return;
  all.run(shell.title(`the program runs: ${app}`), () => {
    const failure = shell.run(app, folder);
    const stack = join(folder, "cdktf.out", "stacks", "alerting");
    if (failure !== undefined) return failure;
    return existsSync(join(stack, "cdk.tf.json")) && existsSync(join(stack, "terraform.d")) ? undefined : "no stack";
  });
  writeFileSync(join(folder, "types.ts"), SUBPATHS);
  all.run(shell.title("TypeScript 5.9"), () => shell.run("npm install --no-save typescript@5.9", folder));
  for (const { name, command } of compilations("main.ts types.ts", "--esModuleInterop --skipLibCheck")) {
    all.run(shell.title(`types, ${name}`), () => shell.run(command, folder));
  }
}
