import { ProblemError } from "../../core/problem";
import { nearestWord } from "../../validators";
import type { Integrations } from "./integrations";
import { ambiguousTemplate, noSuchModel, noTemplate } from "./errors";

/**
 * Finds the template of the integration with exactly this name: AlertOps publishes no numbers of its templates, but an
 * integration made by hand has one.
 *
 * @throws ProblemError `alertops/no-such-model` with similar names, `alertops/no-template`, `alertops/ambiguous-template`
 */
export async function templateOf(name: string, integrations: Integrations, signal: AbortSignal): Promise<number> {
  const all = await integrations.list(signal);
  const named = await integrations.named(name, signal);
  if (named.length === 0) {
    const names = all.map((one) => one.inbound_integration_name);
    throw new ProblemError(noSuchModel(name, names, nearestWord(name, names)));
  }
  const templates = [...new Set(named.map((one) => one.inbound_template_id || undefined))];
  const [template] = templates;
  if (templates.length > 1) throw new ProblemError(ambiguousTemplate(name, named.length));
  if (template === undefined) throw new ProblemError(noTemplate(name));
  return template;
}
