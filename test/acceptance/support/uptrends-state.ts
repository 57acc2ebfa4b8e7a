import type { Sandbox } from "../../../lib/sandbox";

export interface UptrendsDefinition {
  readonly AlertDefinitionGuid: string;
  readonly AlertName: string;
  readonly IsActive: boolean;
  readonly levels: readonly {
    readonly Id: number;
    readonly [field: string]: unknown;
    readonly integrations: readonly { readonly name: string; readonly active: boolean }[];
  }[];
}

export const definitionsIn = (sandbox: Sandbox): readonly UptrendsDefinition[] =>
  (sandbox.state().systems["uptrends"] as { definitions: readonly UptrendsDefinition[] }).definitions;
