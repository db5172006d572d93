import type {
  CampaignFilter,
  PeriodFilter,
  RecognitionFilter,
} from './__generated__/operations.ts';

/** What the page is about: all of it where nothing is chosen. */
export interface Filters {
  /** Key of a province. */
  province?: string;
  year?: number;
  /** Key of a programme, or of the movement in one place and year. */
  campaign?: string;
}

/** In place of a form or an issuer: what is of several of them, or of none. */
export const SEVERAL = '*';

/** What stands behind one bar or one event, as the address says it. */
export type Shown =
  | { kind: 'outcome'; metric: string; unit?: string; year?: number }
  | { kind: 'form'; form: string }
  | { kind: 'issuer'; issuer: string }
  | { kind: 'event'; id: string };

export interface Address {
  filters: Filters;
  shown?: Shown;
}

/** Reads the address of the page. What makes no sense is as if it was not there. */
export function readAddress(search: string): Address {
  const parameters = new URLSearchParams(search);
  const get = (name: string) => parameters.get(name) || undefined;
  return {
    filters: { province: get('province'), year: toYear(get('year')), campaign: get('campaign') },
    shown: toShown(get('show')),
  };
}

/** The address of the page with other filters, or with other sources shown; the language stays. */
export function toAddress({ filters, shown }: Address, search: string): string {
  const parameters = new URLSearchParams(search);
  const set = (name: string, value: string | undefined) => {
    if (value) parameters.set(name, value);
    else parameters.delete(name);
  };
  set('province', filters.province);
  set('year', filters.year?.toString());
  set('campaign', filters.campaign);
  set('show', shown && fromShown(shown));
  const text = parameters.toString();
  return `?${text}`;
}

const SEPARATOR = '~';

function fromShown(shown: Shown): string {
  const parts = {
    outcome: ({ metric, unit, year }: Shown & { kind: 'outcome' }) => [metric, unit, year],
    form: ({ form }: Shown & { kind: 'form' }) => [form],
    issuer: ({ issuer }: Shown & { kind: 'issuer' }) => [issuer],
    event: ({ id }: Shown & { kind: 'event' }) => [id],
  }[shown.kind](shown as never);
  return [shown.kind, ...parts.map((part) => part ?? '')].join(SEPARATOR);
}

function toShown(text: string | undefined): Shown | undefined {
  const [kind, first, unit, year] = text?.split(SEPARATOR) ?? [];
  if (!first) return undefined;
  if (kind === 'outcome')
    return { kind, metric: first, unit: unit || undefined, year: toYear(year) };
  if (kind === 'form') return { kind, form: first };
  if (kind === 'issuer') return { kind, issuer: first };
  if (kind === 'event') return { kind, id: first };
  return undefined;
}

const toYear = (text: string | undefined) =>
  text && /^\d{4}$/.test(text) ? Number(text) : undefined;

const listOf = (value: string | undefined) => (value ? [value] : undefined);

/** What the campaigns, their activities and outcomes are asked for. */
export const campaignVariables = ({ province, year, campaign }: Filters) => ({
  unitIds: listOf(province),
  campaignIds: listOf(campaign),
  year,
  dates: year ? ({ from: String(year), to: String(year) } satisfies PeriodFilter) : undefined,
  programmes: {
    kind: ['JOINT_PROGRAMME', 'ACTION_PROGRAMME', 'TARGET_PROGRAMME'],
    unitIds: listOf(province),
    year,
  } satisfies CampaignFilter,
});

/** What the recognitions are asked for. */
export const recognitionFilter = ({ province, year, campaign }: Filters) =>
  ({
    unitIds: listOf(province),
    campaignIds: listOf(campaign),
    awardYear: year,
  }) satisfies RecognitionFilter;
