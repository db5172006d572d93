import { z } from 'zod';
import {
  ActivityForm,
  ActivityStatus,
  CampaignKind,
  DocumentRelationType,
  DocumentType,
  ModelKind,
  Qualifier,
} from '../../subgraphs/campaigns/__generated__/types.ts';
import {
  AdministrativeLevel,
  DataNoteResolution,
  DataNoteType,
  DatePrecision,
  OrganizationInstance,
  OrganizationKind,
  PlaceLevel,
  UnitType,
} from '../../subgraphs/organizations/__generated__/types.ts';
import { AwardForm, CountStatus } from '../../subgraphs/recognitions/__generated__/types.ts';
import { isPartialDate } from '../../subgraphs/shared/partialDate.ts';

const text = z
  .string()
  .min(1)
  .refine((value) => value === value.normalize('NFC'), {
    message: 'must be in Unicode form NFC',
  });
const slug = z
  .string()
  .regex(
    /^(src|place|org|person|doc|mov|prog|ed|fest|evt|act|mdl|out|rec|note)-[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be an identifier such as org-bo-cong-an',
  );
const slugs = z.array(slug);
const date = z
  .string()
  .refine(isPartialDate, 'must be YYYY, YYYY-MM or YYYY-MM-DD of the calendar');
const integer = z.int();

const provenance = z.strictObject({
  source: slug,
  quoteLocator: z.strictObject({
    /** Numbers of the non-blank lines of the article, from 1. */
    paragraphs: z
      .array(integer.min(1))
      .min(1)
      .refine((all) => new Set(all).size === all.length, 'names a paragraph twice'),
    section: z.enum(['body', 'caption', 'byline', 'headline', 'dateline']),
  }),
  asPrinted: text.optional(),
  note: text.optional(),
});

const inference = z.strictObject({
  field: text,
  reason: text,
  confidence: z.enum(['high', 'medium', 'low']),
});

const period = z.strictObject({
  label: text.nullable(),
  from: date.nullish(),
  to: date.nullish(),
  inferred: z.boolean().optional(),
});

const qualifier = z.enum(Qualifier);

const count = z.strictObject({
  value: z.number(),
  qualifier,
  asPrinted: text,
  unitVi: text.optional(),
  unitEn: text.optional(),
});

/** Editor's remark: Vietnamese always, English where it has been written. */
const note = z.strictObject({ vi: text, en: text.optional() });

const base = {
  id: slug,
  abbreviations: z.array(text).optional(),
  aliasesVi: z.array(text).optional(),
  inferences: z.array(inference).optional(),
  notes: z.array(note).optional(),
};
const asserted = { ...base, provenance: z.array(provenance).min(1) };
const named = { ...asserted, nameVi: text, nameEn: text };

const level = z.enum(AdministrativeLevel);
const views = z.strictObject({ value: integer, asPrinted: text });

const source = z.strictObject({
  ...base,
  kind: z.literal('source'),
  seedFile: text,
  titleVi: text,
  titleStated: z.boolean(),
  publisherVi: text,
  publisherEn: text.optional(),
  publisherStated: z.boolean(),
  url: z.url().nullable(),
  urlStated: z.boolean().optional(),
  publishedAt: date,
  publishedPrecision: z.enum(DatePrecision),
  publishedTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)
    .optional(),
  capturedAt: text.optional(),
  section: text.optional(),
  byline: z.array(text).min(1),
  bylineAffiliation: text.optional(),
  photoCredit: z.array(text).optional(),
  views: views.optional(),
  language: z.literal('vi'),
  paragraphCount: integer,
  scopePlace: slug,
});

const place = z.strictObject({
  ...asserted,
  kind: z.literal('place'),
  nameVi: text,
  nameEn: text.optional(),
  level: z.enum(PlaceLevel),
  unitType: z.enum(UnitType),
  parent: slug.optional(),
  designation: text.optional(),
});

const organization = z.strictObject({
  ...named,
  kind: z.literal('organization'),
  orgKind: z.enum(OrganizationKind),
  subKind: text.optional(),
  level,
  place: slug,
  instance: z.enum(OrganizationInstance),
  parent: slug.optional(),
  memberOf: slugs.optional(),
  groupCount: count.optional(),
});

const person = z.strictObject({
  ...asserted,
  kind: z.literal('person'),
  nameVi: text,
  nameEn: text.optional(),
  rankVi: text.optional(),
  rankEn: text.optional(),
  roles: z
    .array(
      z.strictObject({
        titleVi: text,
        titleEn: text,
        organization: slug.optional(),
        asOf: date.nullish(),
        validFrom: date.nullish(),
        validTo: date.nullish(),
        provenance: z.array(provenance).min(1),
      }),
    )
    .min(1),
});

const document = z.strictObject({
  ...named,
  kind: z.literal('document'),
  docType: z.enum(DocumentType),
  instance: z.enum(['SINGLE', 'CATEGORY']),
  number: text.optional(),
  numberVariants: z.array(text).optional(),
  issuer: slug.optional(),
  issuers: slugs.optional(),
  issuerTerm: text.optional(),
  issuedOn: date.nullish(),
  campaign: slug.optional(),
  relations: z
    .array(
      z.strictObject({
        type: z.enum(DocumentRelationType),
        target: slug,
      }),
    )
    .optional(),
});

const campaign = z.strictObject({
  ...named,
  kind: z.literal('campaign'),
  campaignKind: z.enum(CampaignKind),
  parent: slug.optional(),
  place: slug.optional(),
  period: period.optional(),
  document: slug.optional(),
  guidingDocuments: slugs.optional(),
  parties: z
    .array(
      z.strictObject({
        organization: slug,
        role: z.enum(['SIGNATORY', 'LEAD', 'PARTICIPANT']),
      }),
    )
    .optional(),
  leadOrganizations: slugs.optional(),
  predecessor: slug.optional(),
  successor: slug.optional(),
  linkedTo: slugs.optional(),
  recurrence: z.literal('ANNUAL').optional(),
  reviewedPeriodYears: integer.optional(),
  mottoVi: text.optional(),
  subjectVi: text.optional(),
});

const event = z.strictObject({
  ...named,
  kind: z.literal('event'),
  form: z.enum(ActivityForm).extract(['CONFERENCE', 'HONOURING_CONFERENCE', 'FESTIVAL', 'VISIT']),
  date: date.nullish(),
  timeOfDay: z.enum(['sáng', 'chiều']).optional(),
  place: slug.optional(),
  participations: z
    .array(
      z
        .strictObject({
          organization: slug.optional(),
          person: slug.optional(),
          role: z.enum([
            'ORGANIZER',
            'CO_ORGANIZER',
            'HOST',
            'DIRECTED',
            'SPOKE',
            'ATTENDED',
            'SHARED_EXPERIENCE',
            'PRESENTED_AWARDS',
          ]),
        })
        .refine((part) => part.organization || part.person, 'needs an organization or a person'),
    )
    .min(1),
  campaigns: slugs.optional(),
  models: slugs.optional(),
  reviewType: z.enum(['SO_KET', 'TONG_KET']).optional(),
  bridgePoints: count.optional(),
  attendance: count.optional(),
  isPilotSite: z.boolean().optional(),
  coverage: z.strictObject({ provinces: integer.optional(), region: slug.optional() }).optional(),
});

const activity = z.strictObject({
  ...named,
  kind: z.literal('activity'),
  form: z.enum(ActivityForm).exclude(['CONFERENCE', 'HONOURING_CONFERENCE', 'VISIT']),
  status: z.enum(ActivityStatus),
  place: slug.optional(),
  campaign: slug.optional(),
  event: slug.optional(),
  actors: slugs.optional(),
  recipients: slugs.optional(),
  statedBy: slug.optional(),
  documents: slugs.optional(),
  quantity: count.optional(),
});

const model = z.strictObject({
  ...named,
  kind: z.literal('model'),
  modelKind: z.enum(ModelKind),
  place: slug.optional(),
  sites: slugs.optional(),
  count: count.optional(),
  exemplary: z.boolean().optional(),
  operator: slug.optional(),
  groupOrganization: slug.optional(),
  campaign: slug.optional(),
  settingsVi: z.array(text).optional(),
});

const outcome = z.strictObject({
  ...named,
  kind: z.literal('outcome'),
  metric: z.string().regex(/^[A-Z][A-Z0-9_]+$/),
  value: z.number(),
  unitVi: text,
  unitEn: text,
  qualifier,
  asPrinted: text,
  place: slug,
  period,
  campaign: slug.optional(),
  activity: slug.optional(),
  event: slug.optional(),
  model: slug.optional(),
  actors: slugs.optional(),
  subsetOf: slug.optional(),
  nonExhaustiveList: z.boolean().optional(),
});

const recognition = z.strictObject({
  ...named,
  kind: z.literal('recognition'),
  forms: z.array(z.enum(AwardForm)).min(1),
  issuers: z.array(
    z.strictObject({
      organization: slug,
      office: z.enum(['Bộ trưởng', 'Chủ tịch', 'Giám đốc']).optional(),
      asPrinted: text.optional(),
      level,
    }),
  ),
  counts: z.strictObject({
    status: z.enum(CountStatus),
    collectives: integer.optional(),
    individuals: integer.optional(),
  }),
  recipients: z
    .array(
      z.strictObject({
        organization: slug.optional(),
        person: slug.optional(),
        place: slug.optional(),
        scopeVi: text.optional(),
        scopeEn: text.optional(),
      }),
    )
    .optional(),
  campaign: slug.optional(),
  event: slug.optional(),
  conferredOn: date.nullish(),
  awardYear: integer.optional(),
  place: slug.optional(),
  presentedBy: slugs.optional(),
  reasonVi: text.optional(),
  breakdownOf: slug.optional(),
  conflictsWith: slugs.optional(),
});

const discrepancy = z.strictObject({
  ...asserted,
  kind: z.literal('discrepancy'),
  type: z.enum(DataNoteType),
  descriptionEn: text,
  records: slugs.min(1),
  resolution: z.enum(DataNoteResolution),
});

/** The schema of each fact file, by its name. */
export const factFiles = {
  sources: source,
  places: place,
  organizations: organization,
  people: person,
  documents: document,
  campaigns: campaign,
  events: event,
  activities: activity,
  models: model,
  outcomes: outcome,
  recognitions: recognition,
  discrepancies: discrepancy,
};

/** What the register of administrative units says of a place: codes and successors, nothing of the articles. */
export const placeEnrichment = z.strictObject({
  place: slug,
  nameVi: text,
  gso63: text.nullish(),
  gso705: text.nullish(),
  gso10599: text.nullish(),
  inLegacy696: z.boolean().optional(),
  legacyDistrict: text.nullish(),
  /** Names, with code and province where the file has them; a text says that the level was abolished. */
  successors2025: z.union([z.array(text), text, z.null()]),
  iso3166_2: text.optional(),
  note: text.optional(),
});

/** All facts by file. */
export type Facts = { [File in keyof typeof factFiles]: z.infer<(typeof factFiles)[File]>[] };
export type Fact<File extends keyof Facts> = Facts[File][number];
export type PlaceEnrichment = z.infer<typeof placeEnrichment>;
export type FactProvenance = z.infer<typeof provenance>;
export type FactInference = z.infer<typeof inference>;
export type FactPeriod = z.infer<typeof period>;
export type FactCount = z.infer<typeof count>;
