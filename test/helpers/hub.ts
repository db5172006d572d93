import { citing, type createRecords } from './factories.ts';

/** The ids of the hub by the type of each record. */
export type Hub = Record<
  | 'Source'
  | 'AdministrativeUnit'
  | 'Organization'
  | 'PublicOfficial'
  | 'OfficialDocument'
  | 'Campaign'
  | 'Activity',
  string
>;

const DAYS = ['2020-05-17', '2020', '2020-01-01', undefined, '2021-02', '2020-01'];
const PERIODS = [
  { label: null, from: '2018', to: '2020' },
  { label: null, from: '2020-12-31' },
  undefined,
  { label: null, to: '2020-12' },
  { label: 'trong năm qua' },
];

const at = <T>(values: readonly T[], index: number) => values[index % values.length] as T;

const FIRST_ARE_NAMESAKES = ['Đoàn kết', 'Đoàn kết', 'Đoàn kết'];

/**
 * Makes a hub, one record of each type, and `size` records or more in each of its lists, with
 * `names` for the first of them. Among them are ties: equal names, days, years and values, and
 * records that have none.
 */
export function createHub(
  records: ReturnType<typeof createRecords>,
  size: number,
  names: readonly string[] = FIRST_ARE_NAMESAKES,
): Hub {
  const source = records.createSource().id;
  const provenance = citing(source);
  const place = records.createUnit({ provenance }).id;
  const organization = records.createOrganization({ provenance, place }).id;
  const official = records.createOfficial({ provenance }).id;
  const document = records.createDocument({ provenance, number: `${source}/CT` }).id;
  const indexes = Array.from({ length: size }, (_, index) => index);
  const name = (index: number) => (names[index] === undefined ? {} : { nameVi: names[index] });

  const organizations = indexes.map((index) => {
    const kinds = ['POLICE', 'FRONT', 'PARTY', 'POLICE'] as const;
    const levels = ['CENTRAL', 'COMMUNE', 'CENTRAL'] as const;
    return records.createOrganization({
      ...name(index),
      provenance,
      place,
      parent: organization,
      memberOf: [organization],
      orgKind: at(kinds, index),
      level: at(levels, index),
    }).id;
  });
  const parties = organizations.map((id) => ({ organization: id, role: 'SIGNATORY' as const }));
  const campaign = records.createCampaign({ provenance, campaignKind: 'MOVEMENT', parties }).id;
  const event = records.createEvent({
    provenance,
    participations: organizations.map((id) => ({ organization: id, role: 'ATTENDED' })),
  }).id;

  for (const index of indexes) {
    const common = { ...name(index), provenance };
    records.createSource({
      publishedAt: DAYS[index] ?? '2020',
      ...(names[index] === undefined ? {} : { titleVi: names[index] }),
    });
    records.createUnit({ ...common, parent: place, level: 'COMMUNE', unitType: 'XA' });
    records.createOfficial({
      ...common,
      roles: [{ titleVi: 'Giám đốc', titleEn: 'Director', organization, provenance }],
    });
    records.createDocument({ ...common, issuer: organization });
    records.createCampaign({
      ...common,
      place,
      parent: campaign,
      campaignKind: 'MOVEMENT_EDITION',
      period: at(PERIODS, index),
      guidingDocuments: [document],
      parties: [{ organization, role: 'LEAD' }],
    });
    records.createEvent({
      ...common,
      place,
      date: at(DAYS, index),
      campaigns: [campaign],
      participations: [
        { organization, role: 'ORGANIZER' },
        { person: official, role: 'SPOKE' },
      ],
    });
    records.createActivity({
      ...common,
      place,
      campaign,
      event,
      documents: [document],
      actors: [organization],
    });
    records.createModel({ ...common, place, campaign, operator: organization });
    records.createOutcome({
      ...common,
      place,
      campaign,
      event,
      actors: [organization],
      metric: at(['SESSIONS', 'LEAFLETS'], index),
      value: at([10, 2, 10, 1447], index),
    });
    records.createRecognition({
      ...common,
      place,
      campaign,
      event,
      conferredOn: at(DAYS, index),
      awardYear: at([2020, undefined, 2019, 2020], index),
      issuers: [{ organization, level: 'PROVINCE' }],
      recipients: [{ organization }],
      presentedBy: [official],
    });
    records.createNote({ provenance });
  }
  return {
    Source: source,
    AdministrativeUnit: place,
    Organization: organization,
    PublicOfficial: official,
    OfficialDocument: document,
    Campaign: campaign,
    Activity: event,
  };
}
