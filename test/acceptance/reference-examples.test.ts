import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { moduleOf, type PlanJson } from "./support/declared";
import { Terraform } from "./support/terraform";

// The example of a reference page stands there in HCL and in TypeScript: both must say the same to Terraform. All of one
// language are modules of one configuration, so that one plan tells of all of them.

const root = resolve(__dirname, "../..");
const KINDS = {
  resources: "resource",
  "data-sources": "data-source",
  "ephemeral-resources": "ephemeral-resource",
  functions: "function",
};

const examples = Object.entries(KINDS).flatMap(([folder, file]) =>
  readdirSync(join(root, "examples", folder)).map((type) => ({
    name: `${file}-${type}`,
    path: join(root, "examples", folder, type, file),
  })),
);

let sandbox: Sandbox;
let plans: Readonly<Record<"hcl" | "typescript", PlanJson>>;

beforeAll(async () => {
  sandbox = await startSandbox();
  // What an example refers to that is made by hand.
  await sandbox.intervene("uptrends", "add-definition", { AlertName: "Shop is down" });
  plans = { hcl: await planned(writeHcl), typescript: await planned(writeTypeScript) };
}, 180_000);
afterAll(() => sandbox.close());

it.each(examples)("$name: TypeScript declares and plans what HCL does", ({ name }) => {
  const [hcl, typescript] = [moduleOf(plans.hcl, name), moduleOf(plans.typescript, name)];
  expect(Object.keys(hcl.resources)).not.toEqual([]);
  expect(typescript).toEqual(hcl);
});

it("plans something for every resource, so that there is something to compare", () => {
  for (const { name } of examples.filter(({ name }) => name.startsWith("resource-"))) {
    const type = name.slice("resource-".length);
    const addresses = Object.keys(moduleOf(plans.hcl, name).changes);
    expect(addresses.filter((address) => address.startsWith(`${type}.`))).toHaveLength(1);
  }
});

async function planned(write: (directory: string) => void): Promise<PlanJson> {
  const terraform = new Terraform({ ...sandbox.environment(), SMTP_PASSWORD: sandbox.mail.password });
  try {
    write(terraform.directory);
    terraform.write(examples.map(({ name }) => moduleCall(terraform.directory, name)).join("\n"));
    await terraform.init();
    await terraform.plan();
    return JSON.parse((await terraform.succeed("show", "-json", "saved.plan")).stdout) as PlanJson;
  } finally {
    terraform.remove();
  }
}

/** Variables are secrets, of no matter what value. */
function moduleCall(directory: string, name: string): string {
  const folder = join(directory, name);
  const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  const variables = existsSync(join(folder, "cdk.tf.json"))
    ? Object.keys((JSON.parse(text[0]!) as { variable?: object }).variable ?? {})
    : [...text[0]!.matchAll(/^variable "(\w+)"/gm)].map(([, variable]) => variable!);
  return `module "${name}" {\n  source = "./${name}"\n${variables.map((one) => `  ${one} = "x"\n`).join("")}}`;
}

function writeHcl(directory: string): void {
  for (const { name, path } of examples) {
    mkdirSync(join(directory, name));
    copyFileSync(`${path}.tf`, join(directory, name, "main.tf"));
  }
}

/** One process synthesises all programs, each into a directory of its own. */
function writeTypeScript(directory: string): void {
  const output = mkdtempSync(join(tmpdir(), "outbound-reference-examples-"));
  const program = examples.map(
    ({ name, path }) => `process.env.CDKTF_OUTDIR = ${JSON.stringify(join(output, name))}; await import("${path}.ts");`,
  );
  try {
    execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program.join("\n")], { cwd: root });
    for (const { name } of examples) {
      mkdirSync(join(directory, name));
      copyFileSync(join(output, name, "stacks/example/cdk.tf.json"), join(directory, name, "cdk.tf.json"));
    }
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
