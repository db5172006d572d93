import type {
  DashboardCampaignsQuery,
  DashboardRecognitionsQuery,
} from './__generated__/operations.ts';
import { text } from '../shared/language.ts';
import type { Filters } from './filters.ts';
import { useId } from 'preact/hooks';
import { byName, nameOf } from './labels.ts';

interface Settings {
  filters: Filters;
  campaigns: DashboardCampaignsQuery | undefined;
  recognitions: DashboardRecognitionsQuery | undefined;
  onChange(filters: Filters): void;
}

/** What the page can be about: a province, a year, a programme. */
export function FilterBar({ filters, campaigns, recognitions, onChange }: Settings) {
  const provinces = new Map<string, string>();
  const years = new Set<number>();
  for (const { unit, year } of campaigns?.choices ?? []) {
    if (unit) provinces.set(unit.id, nameOf(unit.name));
    if (year) years.add(year);
  }
  for (const { unit, awardYear } of recognitions?.choices ?? []) {
    if (unit?.level === 'PROVINCE') provinces.set(unit.id, nameOf(unit.name));
    if (awardYear) years.add(awardYear);
  }
  const programmes = (campaigns?.campaignChoices?.nodes ?? []).map(
    ({ id, name }) => [id, nameOf(name)] as const,
  );
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label={text('Tỉnh, thành phố', 'Province')}
        all={text('Tất cả', 'All')}
        value={filters.province}
        options={[...provinces].sort(([, a], [, b]) => byName(a, b))}
        onChange={(province) => onChange({ ...filters, province })}
      />
      <Choice
        label={text('Năm', 'Year')}
        all={text('Mọi năm', 'All years')}
        value={filters.year?.toString()}
        options={[...years].sort((a, b) => b - a).map((year) => [String(year), String(year)])}
        onChange={(year) => onChange({ ...filters, year: year ? Number(year) : undefined })}
      />
      <Choice
        label={text('Chương trình', 'Programme')}
        all={text('Tất cả', 'All')}
        value={filters.campaign}
        options={programmes}
        onChange={(campaign) => onChange({ ...filters, campaign })}
      />
      {isFiltered && (
        <button type="button" onClick={() => onChange({})}>
          {text('Bỏ lọc', 'Clear')}
        </button>
      )}
    </form>
  );
}

function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  label: string;
  all: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChange(value: string | undefined): void;
}) {
  const id = useId();
  // The address may hold what is not among the choices, or these are not there yet.
  const isKnown = !value || options.some(([id]) => id === value);
  return (
    <div class="choice">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      >
        <option value="">{all}</option>
        {!isKnown && <option value={value}>{value}</option>}
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
