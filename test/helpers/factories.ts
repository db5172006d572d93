import type { Connection } from 'mongoose';
import type { Fact, Facts } from '../../scripts/seed/factsSchema.ts';
import { toCampaignsRows } from '../../scripts/seed/toCampaignsRows.ts';
import { toOrganizationsRows } from '../../scripts/seed/toOrganizationsRows.ts';
import { toRecognitionsRows } from '../../scripts/seed/toRecognitionsRows.ts';
import { subgraphs } from '../../subgraphs/index.ts';

let lastNumber = 0;

/** A number that no record of the test file has yet; its text sorts as it does. */
const nextNumber = () => String((lastNumber += 1)).padStart(6, '0');

/** The provenance of a record that stands in the given sources. */
export const citing = (...sources: string[]): Fact<'places'>['provenance'] =>
  sources.map((source) => ({ source, quoteLocator: { paragraphs: [1], section: 'body' } }));

/** Figures can contradict one another in the graph; in the articles none does, so facts can't say it. */
type OutcomeGiven = Partial<Fact<'outcomes'>> & { conflictsWith?: readonly string[] };

interface Row {
  _id: string;
}

async function write(database: Connection, model: string, rows: readonly Row[]): Promise<void> {
  if (!rows.length) return;
  await database.collection<Row>(database.model(model).collection.name).bulkWrite(
    rows.map((row) => ({
      replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true },
    })),
    { ordered: false, ignoreUndefined: true },
  );
}

/**
 * An empty data set and the factories that fill it. They make facts, as the articles' own, and what
 * those cannot be without; what is given overrides. A record given in `conflictsWith` contradicts the
 * new one in turn. `store` turns them into rows as the seed does.
 */
export function createRecords() {
  const facts: Facts = {
    sources: [],
    places: [],
    organizations: [],
    people: [],
    documents: [],
    campaigns: [],
    events: [],
    activities: [],
    models: [],
    outcomes: [],
    recognitions: [],
    discrepancies: [],
  };
  const outcomeRivals = new Map<string, string[]>();

  const add = <TFact>(list: TFact[], fact: TFact): TFact => {
    list.push(fact);
    return fact;
  };
  const anySource = () => (facts.sources[0] ?? createSource()).id;
  const anyUnit = () => (facts.places[0] ?? createUnit()).id;
  const anyOrganization = () => (facts.organizations[0] ?? createOrganization()).id;

  const named = (
    prefix: string,
    noun: string,
    given: { provenance?: Fact<'places'>['provenance'] },
  ) => {
    const number = nextNumber();
    const provenance = given.provenance ?? citing(anySource());
    return {
      id: `${prefix}-${number}`,
      nameVi: `${noun} ${number}`,
      nameEn: `Record ${number}`,
      provenance,
    };
  };

  const createSource = (given: Partial<Fact<'sources'>> = {}) => {
    const number = nextNumber();
    return add(facts.sources, {
      id: `src-${number}`,
      kind: 'source',
      seedFile: `${number}.txt`,
      titleVi: `Bài ${number}`,
      titleStated: true,
      publisherVi: 'Báo',
      publisherStated: true,
      url: null,
      publishedAt: '2020-01-01',
      publishedPrecision: 'DAY',
      byline: ['Người viết'],
      language: 'vi',
      paragraphCount: 1,
      scopePlace: 'place-viet-nam',
      ...given,
    });
  };

  const createUnit = (given: Partial<Fact<'places'>> = {}) =>
    add(facts.places, {
      ...named('place', 'Tỉnh', given),
      kind: 'place',
      level: 'PROVINCE',
      unitType: 'TINH',
      ...given,
    });

  const createOrganization = (given: Partial<Fact<'organizations'>> = {}) =>
    add(facts.organizations, {
      ...named('org', 'Tổ chức', given),
      kind: 'organization',
      orgKind: 'POLICE',
      level: 'PROVINCE',
      place: given.place ?? anyUnit(),
      instance: 'SINGLE',
      ...given,
    });

  const createOfficial = (given: Partial<Fact<'people'>> = {}) =>
    add(facts.people, {
      ...named('person', 'Nguyễn Văn', given),
      kind: 'person',
      roles: [
        {
          titleVi: 'Giám đốc',
          titleEn: 'Director',
          provenance: given.provenance ?? citing(anySource()),
        },
      ],
      ...given,
    });

  const createDocument = (given: Partial<Fact<'documents'>> = {}) =>
    add(facts.documents, {
      ...named('doc', 'Chỉ thị', given),
      kind: 'document',
      docType: 'CHI_THI',
      instance: 'SINGLE',
      ...given,
    });

  const createCampaign = (given: Partial<Fact<'campaigns'>> = {}) =>
    add(facts.campaigns, {
      ...named('prog', 'Chương trình', given),
      kind: 'campaign',
      campaignKind: 'JOINT_PROGRAMME',
      ...given,
    });

  const createEvent = (given: Partial<Fact<'events'>> = {}) =>
    add(facts.events, {
      ...named('evt', 'Hội nghị', given),
      kind: 'event',
      form: 'CONFERENCE',
      participations: given.participations ?? [
        { organization: anyOrganization(), role: 'ORGANIZER' },
      ],
      ...given,
    });

  const createActivity = (given: Partial<Fact<'activities'>> = {}) =>
    add(facts.activities, {
      ...named('act', 'Tuyên truyền', given),
      kind: 'activity',
      form: 'COMMUNICATION',
      status: 'DONE',
      ...given,
    });

  const createModel = (given: Partial<Fact<'models'>> = {}) =>
    add(facts.models, {
      ...named('mdl', 'Mô hình', given),
      kind: 'model',
      modelKind: 'SELF_MANAGEMENT',
      ...given,
    });

  const createOutcome = ({ conflictsWith, ...given }: OutcomeGiven = {}) => {
    const outcome = add<Fact<'outcomes'>>(facts.outcomes, {
      ...named('out', 'Số buổi', given),
      kind: 'outcome',
      metric: 'SESSIONS',
      value: 10,
      unitVi: 'buổi',
      unitEn: 'sessions',
      qualifier: 'EXACT',
      asPrinted: String(given.value ?? 10),
      place: given.place ?? anyUnit(),
      period: { label: null, from: '2020', to: '2020' },
      ...given,
    });
    if (conflictsWith) outcomeRivals.set(outcome.id, [...conflictsWith]);
    for (const rival of conflictsWith ?? []) {
      outcomeRivals.set(rival, [...(outcomeRivals.get(rival) ?? []), outcome.id]);
    }
    return outcome;
  };

  const createRecognition = (given: Partial<Fact<'recognitions'>> = {}) => {
    const recognition = add<Fact<'recognitions'>>(facts.recognitions, {
      ...named('rec', 'Khen thưởng', given),
      kind: 'recognition',
      forms: ['BANG_KHEN'],
      issuers: [],
      counts: { status: 'STATED', collectives: 1 },
      ...given,
    });
    for (const rival of facts.recognitions) {
      if (given.conflictsWith?.includes(rival.id)) {
        rival.conflictsWith = [...(rival.conflictsWith ?? []), recognition.id];
      }
    }
    return recognition;
  };

  const createNote = (given: Partial<Fact<'discrepancies'>> = {}) =>
    add(facts.discrepancies, {
      ...named('note', 'Ghi chú', given),
      kind: 'discrepancy',
      type: 'AMBIGUITY',
      descriptionEn: 'Two readings.',
      records: given.records ?? [anySource()],
      resolution: 'KEEP_AS_PRINTED',
      ...given,
    });

  /** Writes the records into the databases of the subgraphs, which must be connected. */
  const store = async () => {
    const dataSet = { facts, places: [] };
    const campaigns = toCampaignsRows(dataSet);
    for (const row of campaigns.Outcome) {
      const rivals = outcomeRivals.get(row._id);
      if (rivals) Object.assign(row, { conflictsWithIds: rivals, isPlain: false });
    }
    const rows: Record<string, Record<string, Row[]>> = {
      organizations: toOrganizationsRows(dataSet),
      campaigns,
      recognitions: toRecognitionsRows(dataSet),
    };
    await Promise.all(
      subgraphs.flatMap(({ name, database }) =>
        Object.entries(rows[name] ?? {}).map(([model, all]) => write(database, model, all)),
      ),
    );
  };

  return {
    facts,
    createSource,
    createUnit,
    createOrganization,
    createOfficial,
    createDocument,
    createCampaign,
    createEvent,
    createActivity,
    createModel,
    createOutcome,
    createRecognition,
    createNote,
    store,
  };
}
