import type { Construct } from "constructs";
import { Token } from "../../constructs/cdktf";
import type { ProviderBlock } from "../../constructs/provider-block";
import {
  DataUptrendsMonitor,
  DataUptrendsMonitorGroup,
  DataUptrendsOperator,
  DataUptrendsOperatorGroup,
  UptrendsAlertDefinitionMember,
  UptrendsEscalationLevelMember,
  type UptrendsIntegrationAttachment,
} from "./elements.target";
import { isGuid } from "../kit/guid";

/** Members by exact name or by GUID. */
type MemberNames = Partial<
  Readonly<Record<"monitors" | "monitorGroups" | "operators" | "operatorGroups", readonly string[]>>
>;

/** The definition and level that the members belong to. */
interface MembersOf {
  readonly alertDefinitionId: string;
  readonly level: number;
  /** The attachment that alerts use. */
  readonly attachment: UptrendsIntegrationAttachment;
  readonly provider: ProviderBlock | undefined;
}

/** Adds members. Those of the definition come last and are removed first: it alerts once the path is complete. */
export function addMembers(
  scope: Construct,
  { alertDefinitionId, level, attachment, provider }: MembersOf,
  { monitors, monitorGroups, operators, operatorGroups }: MemberNames,
): void {
  const watched = { alertDefinitionId, provider, dependsOn: [attachment] };
  const told = { alertDefinitionId, level, provider };
  each(scope, "monitor", monitors, DataUptrendsMonitor, provider, (id, monitorId) => {
    new UptrendsAlertDefinitionMember(scope, id, { ...watched, monitorId });
  });
  each(scope, "monitor-group", monitorGroups, DataUptrendsMonitorGroup, provider, (id, monitorGroupId) => {
    new UptrendsAlertDefinitionMember(scope, id, { ...watched, monitorGroupId });
  });
  each(scope, "operator", operators, DataUptrendsOperator, provider, (id, operatorId) => {
    new UptrendsEscalationLevelMember(scope, id, { ...told, operatorId });
  });
  each(scope, "operator-group", operatorGroups, DataUptrendsOperatorGroup, provider, (id, operatorGroupId) => {
    new UptrendsEscalationLevelMember(scope, id, { ...told, operatorGroupId });
  });
}

type DataByName = new (
  scope: Construct,
  id: string,
  props: { name: string; provider?: ProviderBlock | undefined },
) => { readonly id: string };

/** The GUID of each member: given, or looked up by the given name. A value that only Terraform knows is a GUID. */
function each(
  scope: Construct,
  kind: string,
  given: readonly string[] = [],
  Data: DataByName,
  provider: ProviderBlock | undefined,
  add: (id: string, guid: string) => void,
): void {
  given.forEach((one, index) => {
    if (Token.isUnresolved(one)) return add(`${kind}-member-${index + 1}`, one);
    const guid = isGuid(one) ? one : new Data(scope, `${kind}-${one}`, { name: one, provider }).id;
    add(`${kind}-member-${one}`, guid);
  });
}
