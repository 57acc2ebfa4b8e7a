import type { Clock } from "../../core/clock";
import type { Problem } from "../../core/problem";
import { diagnosticMessages, problemsOf } from "../diagnostics";
import { readDynamicValue } from "../dynamic-value";
import type { Ledger } from "../ownership/ledger";
import { Ownership } from "../ownership/ownership";
import type { DynamicValue } from "../protocol";
import { learnSecrets, type Engine } from "../registry";
import { ReportedErrors } from "../reported-errors";
import type { Schema, StateOf } from "../schema";
import type { ProviderService } from "../service";
import { validateAttributes } from "../validate";
import { isObject, type ValueObject } from "../values";
import { objectType } from "../wire-schema";

/** Handles ValidateProviderConfig and ConfigureProvider, with which a run begins. */
export function configurationHandlers(
  engine: Engine,
  { openLedger, clock, onPrepared }: Readonly<{ openLedger(): Ledger; clock: Clock; onPrepared?(): void }>,
) {
  const provider = engine.definition;
  const type = objectType(provider.attributes);

  const decode = (message: DynamicValue | null): ValueObject => {
    const value = readDynamicValue(type, message);
    const config = isObject(value) ? value : {};
    learnSecrets(engine.redactor, provider.attributes, config);
    return config;
  };

  const shown = (problems: readonly Problem[]) =>
    diagnosticMessages(
      problems,
      provider.attributes,
      engine.redactor,
      provider.nameOfSetting,
      provider.terraformCommand,
    );

  /** Does this once the call is answered. */
  const prepareAfterwards = (configured: unknown) =>
    setImmediate(() => {
      const prepare = async () => provider.prepare?.(configured);
      void prepare()
        .catch(() => undefined)
        .then(onPrepared);
    });

  return {
    async ValidateProviderConfig({ config }) {
      return { diagnostics: shown(validateAttributes(provider.attributes, decode(config), [])) };
    },

    async ConfigureProvider({ config, terraform_version }, call) {
      const warnings: Problem[] = [];
      try {
        engine.provider = provider.configure(decode(config) as StateOf<Schema>, {
          terraformVersion: terraform_version,
          signal: call.signal,
          log: engine.log,
          redactor: engine.redactor,
          report: (warning) => warnings.push(warning),
        });
        // Terraform configures once; another client may do so again.
        engine.ownership?.close();
        engine.ownership = new Ownership(openLedger, clock);
        engine.reportedErrors = new ReportedErrors();
        prepareAfterwards(engine.provider);
        return { diagnostics: shown(warnings) };
      } catch (error) {
        return { diagnostics: shown([...warnings, ...problemsOf(error, "configure the provider")]) };
      }
    },
  } satisfies ProviderService;
}
