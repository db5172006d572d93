import { expression, oneOf, type Condition } from '../shared/condition.ts';
import { overlaps } from '../shared/overlaps.ts';
import { searchConditions } from '../shared/search.ts';
import { unitField } from '../shared/unitField.ts';
import { AwardForm, type InputMaybe, type RecognitionFilter } from './__generated__/types.ts';

/** The conditions of a RecognitionFilter in lists: with a form filter, one of the forms is enough. */
export function recognitionConditions(
  filter: InputMaybe<RecognitionFilter> | undefined,
): Condition[] {
  return [
    ...oneOf('activityId', filter?.activityIds),
    ...oneOf('recipientIds', filter?.recipientId),
    ...oneOf('issuerIds', filter?.issuerId),
    ...oneOf('campaignId', filter?.campaignIds),
    ...oneOf(unitField(filter?.includeDescendants), filter?.unitIds),
    ...oneOf('sourceIds', filter?.sourceId),
    ...searchConditions(filter?.search),
    ...oneOf('isDisputed', filter?.isDisputed),
    ...oneOf('awardYear', filter?.awardYear),
    ...oneOf('forms', filter?.form),
    ...oneOf('recipientKinds', filter?.recipientKind),
    ...oneOf('issuerKinds', filter?.issuerKind),
    ...oneOf('issuerLevels', filter?.issuerLevel),
    ...overlaps(filter?.conferred),
  ];
}

/**
 * The same in totals: with a form filter, all forms of a statement must be among those asked for,
 * since a total over flags and certificates is no number of flags.
 */
export function countedConditions(filter: InputMaybe<RecognitionFilter> | undefined): Condition[] {
  const wanted = filter?.form;
  if (!wanted) return recognitionConditions(filter);
  const others = Object.values(AwardForm).filter((form) => !wanted.includes(form));
  return [...recognitionConditions(filter), ...expression({ forms: { $nin: others } })];
}
