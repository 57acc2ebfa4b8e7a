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

/** Each by its exact name or by its GUID. */
type MemberNames = Partial<
  Readonly<Record<"monitors" | "monitorGroups" | "operators" | "operatorGroups", readonly string[]>>
>;

/** Where the members belong. */
interface MembersOf {
  readonly alertDefinitionId: string;
  readonly level: number;
  /** What alerts leave through. */
  readonly attachment: UptrendsIntegrationAttachment;
  readonly provider: ProviderBlock | undefined;
}

/** Members of the definition come last and go first: it alerts once the way is whole. */
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

/** The GUID of each: as given, or looked up by the name that was given. What only Terraform knows is a GUID. */
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
