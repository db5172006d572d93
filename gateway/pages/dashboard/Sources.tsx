import { useEffect, useRef } from 'preact/hooks';
import {
  DashboardSourcesOfEvent,
  DashboardSourcesOfOutcomes,
  DashboardSourcesOfRecognitions,
  type DashboardSourcesOfOutcomesQuery,
  type AwardForm,
} from './__generated__/operations.ts';
import { language, text } from '../shared/language.ts';
import { Skeleton } from './Skeleton.tsx';
import {
  campaignVariables,
  recognitionFilter,
  SEVERAL,
  type Filters,
  type Shown,
} from './filters.ts';
import { formatDate, formLabel, formatNumber, hedge, nameOf } from './labels.ts';
import { useAnswer } from './useAnswer.ts';

type Outcome = DashboardSourcesOfOutcomesQuery['outcomes']['nodes'][number];

/** A record with what it says about where it comes from. */
interface SourcedRecord extends Pick<Outcome, 'provenance' | 'inferences'> {
  id: string;
  title: string;
  value?: string;
  conflicts: readonly string[];
}

/** Most records that are shown at once. */
const MOST = 50;

interface Settings {
  shown: Shown;
  filters: Filters;
  onClose(): void;
}

/** The sources behind one bar or event, beside the page. Escape closes it, and gives the focus back. */
export function Sources(settings: Settings) {
  const { shown, onClose } = settings;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const Body = {
    outcome: OfOutcomes,
    form: OfRecognitions,
    issuer: OfRecognitions,
    event: OfEvent,
  }[shown.kind];
  return (
    <dialog
      class="sources"
      ref={dialog}
      aria-labelledby="sources-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div>
        <header>
          <h2 id="sources-title">{text('Nguồn', 'Sources')}</h2>
          <button
            type="button"
            aria-label={text('Đóng', 'Close')}
            onClick={() => dialog.current?.close()}
          >
            ✕
          </button>
        </header>
        <Body {...settings} />
      </div>
    </dialog>
  );
}

function OfOutcomes({ shown, filters }: Settings) {
  const { metric, unit, year } = shown as Shown & { kind: 'outcome' };
  const { unitIds, campaignIds } = campaignVariables(filters);
  const answer = useAnswer(
    DashboardSourcesOfOutcomes,
    {
      filter: {
        metric: [metric],
        unitIds: unit ? [unit] : unitIds,
        campaignIds,
        year: year ?? filters.year,
      },
      first: MOST,
    },
    0,
  );
  const outcomes = answer.data?.outcomes;
  // A bar of no province holds what is above provinces.
  const nodes = outcomes?.nodes.filter(
    (node) => unit || !node.unit || ['COUNTRY', 'REGION'].includes(node.unit.level),
  );
  const records = nodes?.map(
    ({ id, name, measure, metric: of, unit: place, period, conflictsWith, ...about }) => ({
      ...about,
      id,
      title: [nameOf(name), place && nameOf(place.name), period.label].filter(Boolean).join(' · '),
      value: `${hedge(measure.qualifier)}${formatNumber(measure.value)} ${nameOf(of.unit)}`,
      conflicts: conflictsWith.map((other) => `${nameOf(other.name)}: ${other.measure.asPrinted}`),
    }),
  );
  return (
    <Records
      {...answer}
      records={records}
      rest={outcomes?.pageInfo.hasNextPage ? outcomes.totalCount - outcomes.nodes.length : 0}
    />
  );
}

function OfRecognitions({ shown, filters }: Settings) {
  const isForm = shown.kind === 'form' && shown.form !== SEVERAL;
  const isIssuer = shown.kind === 'issuer' && shown.issuer !== SEVERAL;
  const answer = useAnswer(
    DashboardSourcesOfRecognitions,
    {
      filter: {
        ...recognitionFilter(filters),
        ...(isForm && { form: [shown.form as AwardForm] }),
        ...(isIssuer && { issuerId: shown.issuer }),
      },
      first: MOST,
    },
    0,
  );
  const recognitions = answer.data?.recognitions;
  const nodes = recognitions?.nodes.filter(({ forms, issuers }) => {
    if (isForm || isIssuer) return true;
    return (shown.kind === 'form' ? forms : issuers).length !== 1;
  });
  const records = nodes?.map(({ id, name, counts, conflictsWith, ...about }) => ({
    ...about,
    id,
    title: nameOf(name),
    value:
      counts.status === 'STATED'
        ? [
            counts.collectives !== null &&
              `${formatNumber(counts.collectives)} ${text('tập thể', 'collectives')}`,
            counts.individuals !== null &&
              `${formatNumber(counts.individuals)} ${text('cá nhân', 'individuals')}`,
          ]
            .filter(Boolean)
            .join(', ')
        : text('không nêu số lượng', 'no number stated'),
    conflicts: conflictsWith.map((other) => nameOf(other.name)),
  }));
  return (
    <Records
      {...answer}
      records={records}
      rest={
        recognitions?.pageInfo.hasNextPage ? recognitions.totalCount - recognitions.nodes.length : 0
      }
      title={isForm ? formLabel(shown.form as AwardForm) : undefined}
    />
  );
}

function OfEvent({ shown }: Settings) {
  const answer = useAnswer(
    DashboardSourcesOfEvent,
    { id: (shown as Shown & { kind: 'event' }).id },
    0,
  );
  const event = answer.data?.activity;
  return (
    <Records
      {...answer}
      records={event ? [{ ...event, title: nameOf(event.name), conflicts: [] }] : undefined}
    />
  );
}

function Records({
  records,
  rest = 0,
  title,
  isLoading,
  hasFailed,
}: {
  records: readonly SourcedRecord[] | undefined;
  rest?: number;
  title?: string;
  isLoading: boolean;
  hasFailed: boolean;
}) {
  if (isLoading && !records) {
    return <Skeleton />;
  }
  if (hasFailed || !records?.length) {
    return (
      <p class="nothing" role="alert">
        {hasFailed
          ? text('Chưa tải được nguồn. Hãy thử lại.', 'The sources could not be loaded. Try again.')
          : text('Không có bản ghi nào.', 'There are no records.')}
      </p>
    );
  }
  return (
    <>
      {title && <p class="hint">{title}</p>}
      {records.map((record) => (
        <article key={record.id}>
          <h3>{record.title}</h3>
          {record.value && <p class="value">{record.value}</p>}
          {record.conflicts.length > 0 && (
            <div class="warning">
              <strong>{text('Các nguồn mâu thuẫn', 'Sources contradict each other')}</strong>
              <ul>
                {record.conflicts.map((other) => (
                  <li key={other}>{other}</li>
                ))}
              </ul>
            </div>
          )}
          {record.provenance.map(({ source, paragraphs, asPrinted }, index) => (
            <div class="source" key={index}>
              {source.url ? (
                <a href={source.url} target="_blank" rel="noreferrer noopener">
                  {source.title}
                </a>
              ) : (
                source.title
              )}
              <p class="hint">
                {source.publisher}, {formatDate(source.publishedAt)}
                {paragraphs.length > 0 &&
                  ` · ${text('đoạn', 'paragraph')} ${paragraphs.join(', ')}`}
              </p>
              {asPrinted && <blockquote lang="vi">{asPrinted}</blockquote>}
            </div>
          ))}
          {record.inferences.map(({ field, reason }) => (
            <p class="hint" key={field} lang={language === 'vi' ? 'en' : undefined}>
              {text('Suy ra', 'Worked out')} <code>{field}</code>: {reason}
            </p>
          ))}
        </article>
      ))}
      {rest > 0 && (
        <p class="hint">{text(`và ${rest} bản ghi khác`, `and ${rest} more records`)}</p>
      )}
    </>
  );
}
