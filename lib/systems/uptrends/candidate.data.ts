import type { DataSource } from "../../terraform-plugin/resource";
import {
  monitorGroupSchema,
  monitorSchema,
  operatorGroupSchema,
  operatorSchema,
  type CandidateSchema,
} from "./candidate.schema";
import type { UptrendsClient } from "./client";
import { ambiguousNamed, nothingNamed } from "./errors";
import { exactlyNamed } from "./exact-name";
import { MEMBER_KINDS, type MemberKind } from "./member-kinds";

function candidateData(schema: CandidateSchema, kind: MemberKind): DataSource<CandidateSchema, UptrendsClient> {
  return {
    schema,

    async read({ name, timeouts }, { client, signal }) {
      const all = await client.candidatesOf(kind, signal);
      const { kind: word } = MEMBER_KINDS[kind];
      const named = all.map((one) => ({ name: one.name, id: one.guid }));
      const { id } = exactlyNamed(named, name, {
        missing: (candidates, nearest) => nothingNamed(word, name, candidates, nearest),
        ambiguous: (ids) => ambiguousNamed(word, name, ids),
      });
      return { name, id, timeouts };
    },
  };
}

/** The data sources for monitors, operators and their groups, each by its exact name only. */
export const candidateDataSources = [
  candidateData(monitorSchema, "monitor"),
  candidateData(monitorGroupSchema, "monitor_group"),
  candidateData(operatorSchema, "operator"),
  candidateData(operatorGroupSchema, "operator_group"),
] as const;
