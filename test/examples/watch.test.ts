import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { outboundCommand } from "../../lib/cli/program";
import { Runner } from "../../lib/cli/runner";
import { parseYaml } from "../support/yaml";

// The unit and the CronJob of examples/watch, held against the commands that they run.

const folder = join(__dirname, "../../examples/watch");
const source = (name: string) => readFileSync(join(folder, name), "utf8");

/** Lines of a unit, by section; a name that is repeated has several values. */
function unit(text: string): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> {
  const sections: Record<string, Record<string, string[]>> = {};
  let section: Record<string, string[]> | undefined;
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const head = /^\[(\w+)\]$/.exec(line)?.[1];
    if (head !== undefined) {
      section = sections[head] = {};
      continue;
    }
    const [, name, value] = /^([A-Z]\w*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || section === undefined) throw new Error(`this is no line of a unit: ${line}`);
    (section[name] ??= []).push(value!);
  }
  return sections;
}

interface CronJob {
  readonly kind: string;
  readonly spec: {
    readonly schedule: string;
    readonly concurrencyPolicy: string;
    readonly jobTemplate: {
      readonly spec: {
        readonly backoffLimit: number;
        readonly activeDeadlineSeconds: number;
        readonly template: { readonly spec: PodSpec };
      };
    };
  };
}

interface PodSpec {
  readonly restartPolicy: string;
  readonly automountServiceAccountToken: boolean;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly containers: readonly {
    readonly command: readonly string[];
    readonly args: readonly string[];
    readonly env: readonly { readonly name: string; readonly value: string }[];
    readonly envFrom: readonly unknown[];
    readonly securityContext: Readonly<Record<string, unknown>>;
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
  readonly volumes: readonly { readonly name: string }[];
}

/** Parses the words as the command would, and gives its options in place of doing it. */
async function parsed(words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const runner = new Runner({
    out: () => undefined,
    err: () => undefined,
    environment: {},
    homeDirectory: "/nowhere",
    workingDirectory: "/nowhere",
    nodeVersion: "20.11.0",
    platform: "linux",
    interrupted: new AbortController().signal,
  });
  runner.run = async () => undefined;
  const program = await outboundCommand(runner);
  const strict = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    command.commands.forEach(strict);
  };
  strict(program);
  await program.parseAsync([...words], { from: "user" });
  let command: Command = program;
  for (const word of words) command = command.commands.find((one) => one.name() === word) ?? command;
  return command.opts();
}

it("words that a command does not take are found by what the other tests use", async () => {
  await expect(parsed(["watch", "--evry", "1h"])).rejects.toThrow(/unknown option/);
});

describe("the unit for systemd", () => {
  const { Unit, Service, Install } = unit(source("outbound-watch.service"));
  const one = (name: string) => Service![name]!.join();

  it("runs a command that exists with options that it has", async () => {
    const [program, ...words] = one("ExecStart").split(" ");
    expect(program).toBe(`${one("WorkingDirectory")}/node_modules/.bin/outbound`);
    expect(words[0]).toBe("watch");
    expect(await parsed(words)).toMatchObject({ every: "1h", roundTimeout: "15m" });
    // To systemd a percent sign is the beginning of something.
    expect(one("ExecStart")).not.toContain("%");
  });

  it("keeps the history where it may write, and takes secrets from a file alone", () => {
    expect(one("ExecStart")).toContain(`--history /var/lib/${one("StateDirectory")}/history.jsonl`);
    expect(one("EnvironmentFile")).toMatch(/^\/etc\//);
    expect(one("Environment")).not.toMatch(/PASSWORD|KEY|SECRET|TOKEN/);
    expect([one("StateDirectoryMode"), one("UMask")]).toEqual(["0700", "0077"]);
  });

  it("takes both ends for success, and is not begun again for ever", () => {
    expect(one("SuccessExitStatus")).toBe("130");
    expect(one("Restart")).toBe("on-failure");
    expect(Unit!["StartLimitBurst"]).toEqual(["5"]);
    expect(Install!["WantedBy"]).toEqual(["multi-user.target"]);
  });

  it("is as closed as Node.js lets it be", () => {
    expect(one("ProtectSystem")).toBe("strict");
    for (const name of ["NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "RestrictNamespaces"]) {
      expect({ name, value: one(name) }).toEqual({ name, value: "true" });
    }
    expect(one("CapabilityBoundingSet")).toBe("");
    expect(Service!["MemoryDenyWriteExecute"]).toBeUndefined();
  });
});

describe("the CronJob", () => {
  const { kind, spec } = parseYaml(source("cronjob.yaml")) as CronJob;
  const job = spec.jobTemplate.spec;
  const pod = job.template.spec;
  const container = pod.containers[0]!;

  it("runs one detection with options that it has", async () => {
    expect(kind).toBe("CronJob");
    expect(container.command).toEqual(["node_modules/.bin/outbound"]);
    expect(await parsed(container.args)).toMatchObject({ prove: "probe", allowUnmanaged: true, output: "cdktf.out" });
  });

  it("never beside another one, once, and with an end", () => {
    expect(spec.schedule.split(" ")).toHaveLength(5);
    expect(spec.concurrencyPolicy).toBe("Forbid");
    expect([job.backoffLimit, pod.restartPolicy]).toEqual([0, "Never"]);
    expect(job.activeDeadlineSeconds).toBeLessThan(3_600);
  });

  it("has its secrets from a Secret, and none in the file", () => {
    expect(container.envFrom).toEqual([{ secretRef: { name: "outbound-watch" } }]);
    for (const { name } of container.env) expect(name).not.toMatch(/PASSWORD|KEY|SECRET|TOKEN/);
  });

  it("has no more rights than it needs, and writes into memory alone", () => {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.volumeMounts).toEqual([{ name: "tmp", mountPath: "/tmp" }]);
    expect(pod.volumes).toEqual([{ name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "512Mi" } }]);
  });
});

it("the page beside them names the options of commands that exist, and both files", () => {
  for (const name of ["outbound-watch.service", "cronjob.yaml"]) expect(source("README.md")).toContain(`](${name})`);
});
