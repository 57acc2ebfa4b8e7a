import { ProblemError, type Problem } from "../../core/problem";
import { importCommand } from "../../core/terraform-text";
import { problemsOf } from "../diagnostics";
import { attributesOfId } from "../imported-state";
import { requireImportId } from "../identity-errors";
import { objectName } from "../object-name";
import { encodePrivate } from "../private-state";
import type { Rpcs } from "../protocol";
import { Scope, type Engine, type Registered } from "../registry";
import { identityMessage, identityOfState, readIdentity } from "../resource-identity";
import type { Call } from "../service";
import type { Resource } from "../resource";
import { inReadTime } from "../timeouts";

/**
 * Handles ImportResourceState: returns only what the id determines, whether given as one or part by part (`identity`); the
 * read that follows adds the rest.
 */
export async function importState(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["ImportResourceState"]["request"],
  call: Call,
) {
  const { attributes, type } = entry.schema;
  const scope = new Scope(engine, attributes);
  const inTime = inReadTime(call);
  let id: string = request.id;
  try {
    const parts = readIdentity(entry.identity, request.identity);
    if (parts !== null) id = requireImportId(type, entry.schema.importIdentity!, parts);
    scope.object = () => objectName({ type, id, identity: "" });
    const context = scope.context(await entry.client(engine.provider), inTime);
    if (entry.handler.import === undefined && id === "") throw new ProblemError(idMissing(type));
    const state = await attributesOfId(entry, id, context);
    return {
      imported_resources: [
        {
          type_name: type,
          state: { msgpack: entry.codec.encode(state) },
          identity: identityMessage(entry.identity, identityOfState(entry.identity, state)),
          private: encodePrivate({ imported: true, notes: {} }),
        },
      ],
      diagnostics: scope.diagnostics(),
    };
  } catch (error) {
    scope.problems.push(...problemsOf(error, `import ${type} ${JSON.stringify(id)}`, inTime));
    return { imported_resources: [], diagnostics: scope.diagnostics() };
  }
}

const idMissing = (type: string): Problem => ({
  code: "terraform/import-id-missing",
  severity: "error",
  summary: `${type} is imported by its id, and none is given`,
  path: ["id"],
  got: '""',
  expected: "the id of the object",
  fix: `Write it after the address: ${importCommand(type, "ID")}`,
});
