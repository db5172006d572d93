import type { ActivityRow } from '../../subgraphs/campaigns/models/Activity.ts';
import type { CampaignRow } from '../../subgraphs/campaigns/models/Campaign.ts';
import type { OfficialDocumentRow } from '../../subgraphs/campaigns/models/OfficialDocument.ts';
import type { OutcomeMetricRow } from '../../subgraphs/campaigns/models/OutcomeMetric.ts';
import type { OutcomeRow } from '../../subgraphs/campaigns/models/Outcome.ts';
import type { ParticipationRow } from '../../subgraphs/campaigns/models/Participation.ts';
import type { SecurityModelRow } from '../../subgraphs/campaigns/models/SecurityModel.ts';
import type { SourceRow as SourceCopyRow } from '../../subgraphs/campaigns/models/Source.ts';
import type { AdministrativeUnitRow } from '../../subgraphs/organizations/models/AdministrativeUnit.ts';
import type { DataNoteRow } from '../../subgraphs/organizations/models/DataNote.ts';
import type { OrganizationRow } from '../../subgraphs/organizations/models/Organization.ts';
import type { SourceRow } from '../../subgraphs/organizations/models/Source.ts';
import type { RecognitionRow } from '../../subgraphs/recognitions/models/Recognition.ts';
import { reviewId, toActivities, type PlaceYear } from './activities.ts';
import { apportion } from './apportion.ts';
import { toOrganizations, type GroupSettings } from './bodies.ts';
import { toEdition, toNationalCampaigns } from './campaigns.ts';
import { createPlaces, type Places } from './createPlaces.ts';
import { createRandom } from './createRandom.ts';
import { metrics, toMetric } from './metrics.ts';
import { toOutcomes } from './outcomes.ts';
import { toUnitRow, type Level, type Place } from './Place.ts';
import type { Register } from './readRegister.ts';
import { toRecognitions } from './recognitions.ts';
import { toSecurityModel } from './securityModels.ts';
import type { Size } from './sizes.ts';
import { citing, toSourceCopy, toSources } from './sources.ts';

interface RecordOf<TSubgraph extends string, TModel extends string, TRow> {
  subgraph: TSubgraph;
  model: TModel;
  row: TRow;
}

/** A row, with the subgraph and the model that it is of. */
export type SyntheticRecord =
  | RecordOf<'organizations', 'Source', SourceRow>
  | RecordOf<'campaigns' | 'recognitions', 'Source', SourceCopyRow>
  | RecordOf<'organizations', 'AdministrativeUnit', AdministrativeUnitRow>
  | RecordOf<'organizations', 'Organization', OrganizationRow>
  | RecordOf<'organizations', 'DataNote', DataNoteRow>
  | RecordOf<'campaigns', 'OfficialDocument', OfficialDocumentRow>
  | RecordOf<'campaigns', 'Campaign', CampaignRow>
  | RecordOf<'campaigns', 'Activity', ActivityRow>
  | RecordOf<'campaigns', 'Participation', ParticipationRow>
  | RecordOf<'campaigns', 'SecurityModel', SecurityModelRow>
  | RecordOf<'campaigns', 'OutcomeMetric', OutcomeMetricRow>
  | RecordOf<'campaigns', 'Outcome', OutcomeRow>
  | RecordOf<'recognitions', 'Recognition', RecognitionRow>;

/** How much the places of a level have, against each other. */
const weights = {
  activities: { COUNTRY: 4, PROVINCE: 3, DISTRICT: 1.5, COMMUNE: 1 },
  outcomes: { COUNTRY: 20, PROVINCE: 20, DISTRICT: 12, COMMUNE: 6 },
  recognitions: { COUNTRY: 12, PROVINCE: 5, DISTRICT: 3, COMMUNE: 1 },
} satisfies Record<string, Record<Level, number>>;
/** How much places of one level differ. */
const sigmas = { activities: 0.4, outcomes: 1, recognitions: 1 };

type Counted = keyof typeof weights;

/** How many records of a sort each place has in a year: heavy-tailed, in sum just what the size says. */
function share(what: Counted, size: Size, seed: number, year: number, places: readonly Place[]) {
  const total = apportion(
    size[what],
    size.years.map(() => 1),
  )[size.years.indexOf(year)];
  // Every place holds its review.
  const certain = what === 'activities' ? 1 : 0;
  return apportion(
    Math.max(0, (total ?? 0) - certain * places.length),
    places.map(({ level, key }) =>
      createRandom(seed, what, key).logNormal(weights[what][level], sigmas[what]),
    ),
  ).map((count) => count + certain);
}

const sources = (rows: ReturnType<typeof toSources>) =>
  rows.flatMap((row): SyntheticRecord[] => [
    { subgraph: 'organizations', model: 'Source', row },
    { subgraph: 'campaigns', model: 'Source', row: toSourceCopy(row) },
    { subgraph: 'recognitions', model: 'Source', row: toSourceCopy(row) },
  ]);

function* generatePlace(
  place: Place,
  places: Places,
  size: Size,
  settings: GroupSettings,
): Generator<SyntheticRecord> {
  const years = size.years.filter((year) => places.ofYear(year).includes(place));
  yield* sources(toSources(place, years));
  yield {
    subgraph: 'organizations',
    model: 'AdministrativeUnit',
    row: toUnitRow(place, citing({ place }, createRandom(settings.seed, place.id))),
  };
  for (const row of toOrganizations(place, settings)) {
    yield { subgraph: 'organizations', model: 'Organization', row };
  }
  const model = toSecurityModel(place, settings);
  if (model) yield { subgraph: 'campaigns', model: 'SecurityModel', row: model };
}

function* generateCampaigns(places: Places, size: Size, seed: number): Generator<SyntheticRecord> {
  const [country] = places.all;
  if (!country) return;
  const national = toNationalCampaigns(country, seed);
  const editions = size.years.flatMap((year) =>
    places
      .ofYear(year)
      .filter(({ level }) => level === 'COUNTRY' || level === 'PROVINCE')
      .map((place) => toEdition(place, year, seed)),
  );
  for (const row of [...national.documents, ...editions.map(({ document }) => document)]) {
    yield { subgraph: 'campaigns', model: 'OfficialDocument', row };
  }
  for (const { campaign, participations } of [...national.campaigns, ...editions]) {
    yield { subgraph: 'campaigns', model: 'Campaign', row: campaign };
    for (const row of participations) {
      yield { subgraph: 'campaigns', model: 'Participation', row };
    }
  }
  for (const metric of metrics) {
    yield { subgraph: 'campaigns', model: 'OutcomeMetric', row: toMetric(metric) };
  }
}

function* generatePlaceYear(
  work: PlaceYear,
  counts: Record<Counted, number>,
): Generator<SyntheticRecord> {
  let date: string | null | undefined;
  for (const { activity, participations } of toActivities(work, counts.activities)) {
    if (activity._id === reviewId(work)) date = activity.date;
    yield { subgraph: 'campaigns', model: 'Activity', row: activity };
    for (const row of participations) {
      yield { subgraph: 'campaigns', model: 'Participation', row };
    }
  }
  for (const row of toOutcomes(work, counts.outcomes, counts.activities)) {
    yield { subgraph: 'campaigns', model: 'Outcome', row };
  }
  const ceremony = { id: reviewId(work), date };
  for (const statement of toRecognitions(work, counts.recognitions, ceremony)) {
    yield 'note' in statement
      ? { subgraph: 'organizations', model: 'DataNote', row: statement.note }
      : { subgraph: 'recognitions', model: 'Recognition', row: statement.recognition };
  }
}

/**
 * All records of a synthetic data set, one after the other, so that it never stands in memory as a
 * whole. Equal sizes and seeds give equal records in equal order.
 */
export function* generateRecords(
  register: Register,
  size: Size,
  seed: number,
): Generator<SyntheticRecord> {
  const places = createPlaces(register, size);
  const settings = { seed, groupsPerCommune: size.groupsPerCommune };
  for (const place of places.all) yield* generatePlace(place, places, size, settings);
  yield* generateCampaigns(places, size, seed);
  for (const year of size.years) {
    const ofYear = places.ofYear(year);
    const activities = share('activities', size, seed, year, ofYear);
    const outcomes = share('outcomes', size, seed, year, ofYear);
    const recognitions = share('recognitions', size, seed, year, ofYear);
    for (const [index, place] of ofYear.entries()) {
      yield* generatePlaceYear(
        { place, year, settings },
        {
          activities: activities[index] ?? 0,
          outcomes: outcomes[index] ?? 0,
          recognitions: recognitions[index] ?? 0,
        },
      );
    }
  }
}
