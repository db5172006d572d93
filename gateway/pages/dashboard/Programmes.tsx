import type { DashboardCampaignsQuery } from './__generated__/operations.ts';
import { text } from '../shared/language.ts';
import { nameOf } from './labels.ts';

/** Programmes and who signed them. */
export function Programmes({ programmes }: Pick<DashboardCampaignsQuery, 'programmes'>) {
  const rest = programmes.totalCount - programmes.nodes.length;
  return (
    <>
      <ul class="programmes">
        {programmes.nodes.map(
          ({ id, name, document, period, participations, activities, recognitionTotals }) => (
            <li key={id}>
              <h3>{nameOf(name)}</h3>
              <p class="hint">
                {[
                  document?.number,
                  period?.label ?? period?.from?.slice(0, 4),
                  activities.totalCount > 0 &&
                    `${activities.totalCount} ${text('hoạt động', 'activities')}`,
                  !!recognitionTotals?.recognitions &&
                    `${recognitionTotals.recognitions} ${text('lần khen thưởng', 'recognitions')}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <ul class="parties">
                {participations.nodes.map(
                  ({ id: key, organization }) =>
                    organization && (
                      <li key={key} data-kind={organization.kind}>
                        {nameOf(organization.name)}
                      </li>
                    ),
                )}
                {participations.totalCount > participations.nodes.length && (
                  <li>+{participations.totalCount - participations.nodes.length}</li>
                )}
              </ul>
            </li>
          ),
        )}
      </ul>
      {rest > 0 && (
        <p class="hint">{text(`và ${rest} chương trình khác`, `and ${rest} more programmes`)}</p>
      )}
    </>
  );
}
