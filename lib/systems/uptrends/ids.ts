import type { AlertDefinition } from "./contract";
import { memberKey, type MemberRef } from "./member-kinds";
import type { MemberPlace } from "./member-kinds";

/** The ids of the resources, made of the vendor's. Apart from the collections, which load what only a call needs. */
export const definitionId = ({ AlertDefinitionGuid }: AlertDefinition) => AlertDefinitionGuid;

// GUIDs are the same whatever the case of their letters; of an id there is one spelling.
export const levelId = (definition: string, level: number) => `${definition}/${level}`.toLowerCase();
export const attachmentId = (definition: string, level: number, integration: string) =>
  `${levelId(definition, level)}/${integration.toLowerCase()}`;
export const memberId = ({ definition, level }: MemberPlace, member: MemberRef) =>
  `${level === undefined ? definition.toLowerCase() : levelId(definition, level)}/${memberKey(member)}`;
