import { periodFields } from '../../shared/derivedFields.ts';
import type { Places } from '../../shared/Lineage.ts';
import { unique } from '../../shared/unique.ts';
import type { Head } from '../../shared/writing/RecordKind.ts';
import type { OutcomeRow } from '../models/Outcome.ts';

/** What a source, or an agency, states of a published figure. */
export interface OutcomeStated extends Pick<
  OutcomeRow,
  | 'inferences'
  | 'notes'
  | 'name'
  | 'metricCode'
  | 'measure'
  | 'unitId'
  | 'period'
  | 'campaignId'
  | 'activityId'
  | 'modelId'
  | 'contributorIds'
  | 'subsetOfId'
  | 'listIsOpen'
  | 'conflictsWithIds'
> {
  /** The event at which the figure was told. */
  eventId?: string | null | undefined;
}

/** What has to be known of other records to derive a figure's row. */
export interface AroundOutcome {
  measuredIn: string;
  isAdditive: boolean;
  places: Places;
  /** What `subsetOfId` names, what that is a subset of, and so on. */
  wholeIds: string[];
  /** Whether another figure is a subset of this one. */
  isWhole: boolean;
}

/** The row of a figure. */
export function toOutcomeRow(
  { eventId, ...stated }: OutcomeStated,
  head: Head,
  { measuredIn, isAdditive, places, wholeIds, isWhole }: AroundOutcome,
): OutcomeRow {
  const activityIds = unique([stated.activityId, eventId]);
  return {
    ...head,
    ...stated,
    measuredIn,
    isAdditive,
    value: stated.measure.value,
    ...places.unitFields(stated.unitId),
    provinceId: places.provinceOf(stated.unitId),
    ...periodFields(stated.period),
    activityId: activityIds[0],
    activityIds,
    wholeIds,
    isPlain: !wholeIds.length && !isWhole && !stated.conflictsWithIds.length,
  };
}
