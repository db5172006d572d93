import type { DashboardCampaignsQuery } from './__generated__/operations.ts';
import type { Shown } from './filters.ts';
import { formatDate, nameOf } from './labels.ts';

/** Events, each a link to its sources. */
export function Events({
  events,
  hrefOf,
}: {
  events: DashboardCampaignsQuery['events']['nodes'];
  hrefOf(shown: Shown): string;
}) {
  return (
    <ul class="events">
      {events.map(({ id, name, date, unit }) => (
        <li key={id}>
          <time dateTime={date ?? undefined}>{date && formatDate(date)}</time>
          <div>
            <a href={hrefOf({ kind: 'event', id })}>{nameOf(name)}</a>
            {unit && <p class="hint">{nameOf(unit.name)}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
