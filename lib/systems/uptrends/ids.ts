import type { AlertDefinition } from "./contract";
import { memberKey, type MemberRef } from "./member-kinds";
import type { MemberPlace } from "./member-kinds";

/**
 * The ids of the resources, composed of the vendor's. Separate from the collections, whose code is loaded only for calls.
 */
export const definitionId = ({ AlertDefinitionGuid }: AlertDefinition) => AlertDefinitionGuid;

// The case of a GUID does not matter, but an id has one spelling.
export const levelId = (definition: string, level: number) => `${definition}/${level}`.toLowerCase();
export const attachmentId = (definition: string, level: number, integration: string) =>
  `${levelId(definition, level)}/${integration.toLowerCase()}`;
export const memberId = ({ definition, level }: MemberPlace, member: MemberRef) =>
  `${level === undefined ? definition.toLowerCase() : levelId(definition, level)}/${memberKey(member)}`;
