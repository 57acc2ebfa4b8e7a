import { existsSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { systemClock } from "../../core/clock";
import { renderProblem } from "../../core/problem";
import { Redactor } from "../../core/redaction";
import { renderStages, reportToSandbox, runProbe, smtpProbeSchema, type Security, type Target } from "../../mail";
import { withDefaults } from "../../terraform-plugin/settle";
import { validateConfig } from "../../terraform-plugin/validate";
import { badOption, UsageError, variableMissing } from "../errors";
import { ExitCode } from "../exit-code";
import { integer } from "../numbers";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";

interface Options {
  readonly port?: string;
  readonly security: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly username?: string;
  readonly passwordEnvironment?: string;
  readonly ca?: string;
  readonly flow: readonly string[];
  readonly timeout?: string;
  readonly json?: boolean;
}

const help = `
Example:
  $ read -rs SMTP_PASSWORD && export SMTP_PASSWORD
  $ outbound probe smtp.example.com --from alerts@example.com --to oncall@example.com \\
      --username alerts --password-environment SMTP_PASSWORD

It proves what this machine can do. Whether the monitored platform can do it too, only the platform's own test
tells: the test mail of a deployment asks for it. Exit code 1 when a stage fails.`;

/** `outbound probe`: the diagnosis of the test mail up to the receivers, without a deployment. */
export function probeCommand(program: Command, runner: Runner): void {
  program
    .command("probe")
    .summary("walk through the SMTP stages to a server; sends nothing")
    .description(
      "Walks from DNS over TCP, TLS and login to sender and receivers, and says at which stage it breaks, why, and what to\n" +
        "do about it. Sends nothing. The same diagnosis as the data source outbound_smtp_probe.",
    )
    .argument("<host>", "name or address of the SMTP server")
    .option("--port <number>", "25, 465, 587, 2525… (default: 465 for tls, 25 for none, else 587)")
    .option("--security <kind>", "starttls, tls or none", "starttls")
    .requiredOption("--from <address>", "the sender's address, as the alerts will have it")
    .option("--to <address>", "a receiver to offer to the server; may be repeated", collect, [])
    .option("--username <name>", "log in as this user")
    .option("--password-environment <variable>", "the name of the environment variable that holds the password")
    .option("--ca <file>", "PEM file of an authority to trust besides the well-known ones")
    .option("--flow <ip:port>", "an outbound flow that is declared for this server; may be repeated", collect, [])
    .option("--timeout <seconds>", "for all stages together (default: 60)")
    .option("--json", "print {ok, verdict, stages} as JSON")
    .addHelpText("after", help)
    .action((host: string, options: Options) => runner.run((surroundings) => probe(host, options, surroundings)));
}

async function probe(host: string, options: Options, { out, err, environment, interrupted }: Surroundings) {
  const usual = { tls: 465, none: 25 }[options.security] ?? 587;
  const config = withDefaults(smtpProbeSchema.attributes, {
    smtp_host: host,
    smtp_port: integer("--port", options.port, 1, 65_535) ?? usual,
    security: options.security,
    username: options.username ?? null,
    password_environment: options.passwordEnvironment ?? null,
    ca_certificate: options.ca ?? null,
    declared_flows: options.flow.length === 0 ? null : [...options.flow],
    from_address: options.from,
    to: options.to.length === 0 ? null : [...options.to],
    timeout_seconds: integer("--timeout", options.timeout, 1, 3_600) ?? 60,
  });
  const problems = validateConfig(smtpProbeSchema, config);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new UsageError(...errors);
  if (options.ca !== undefined && !existsSync(options.ca)) throw badOption("--ca", options.ca, "an existing PEM file");
  for (const problem of problems) err(`Warning: ${renderProblem(problem)}`);

  const redactor = new Redactor();
  const login = loginOf(options, environment);
  if (login !== undefined) redactor.addCredentials(login.username, login.password);
  const target: Target = {
    host,
    port: config["smtp_port"] as number,
    security: options.security as Security,
    ...(login === undefined ? {} : { login }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(options.flow.length === 0 ? {} : { declaredFlows: options.flow }),
    from: options.from,
    to: options.to,
    timeoutMs: (config["timeout_seconds"] as number) * 1_000,
  };
  const runtime = {
    clock: systemClock,
    environment,
    readFile: (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : undefined),
  };
  const outcome = await runProbe(target, runtime, {
    signal: interrupted,
    redact: (text) => redactor.redact(text),
  });
  interrupted.throwIfAborted();
  await reportToSandbox("probe", target, outcome, runtime);
  if (options.json) out(JSON.stringify(outcome, undefined, 2));
  else out(`${renderStages(outcome.stages)}\n${outcome.verdict}`);
  return outcome.ok ? ExitCode.ok : ExitCode.failed;
}

function loginOf({ username, passwordEnvironment }: Options, environment: Surroundings["environment"]) {
  if (username === undefined || passwordEnvironment === undefined) return undefined;
  const password = environment[passwordEnvironment];
  if (!password) throw variableMissing(passwordEnvironment, `the password of ${username}`);
  return { username, password };
}

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}
