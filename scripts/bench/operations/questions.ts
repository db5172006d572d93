/**
 * What is asked, without GraphQL: the hand-written endpoint answers these, and `toQuery` writes each as
 * a query. A root field goes by the alias `answer`, so that the 200 of the mix can differ in it.
 */

/** Organizations of a kind, level and place, by name. */
export interface OrganizationsQuestion {
  kind: 'organizations';
  alias: string;
  first: number;
  kinds: readonly string[];
  levels: readonly string[];
  fields: readonly string[];
  withUnit: boolean;
}

/** Organizations with what they do and receive; with `id` only that one. */
export interface DashboardQuestion {
  kind: 'dashboard';
  alias: string;
  id?: string;
  first: number;
  kinds: readonly string[];
  levels: readonly string[];
  campaigns: number;
  activities: number;
  outcomes: number;
  recognitions: number;
}

/** Recognitions of a unit, and from them down to the recognitions of organizations of the campaign's unit. */
export interface DeepQuestion {
  kind: 'deep';
  alias: string;
  unitId: string;
  first: number;
  organizations: number;
  recognitions: number;
}

/** One organization with its unit and first campaigns. */
export interface SingleQuestion {
  kind: 'single';
  alias: string;
  id: string;
  campaigns: number;
  fields: readonly string[];
}

/** Counts of organizations of a unit, and of an organization's participations. */
export interface StatisticsQuestion {
  kind: 'statistics';
  alias: string;
  unitId: string;
  organizationId: string;
}

/** One activity with who took part in it, its figures and the awards given there. */
export interface ActivityQuestion {
  kind: 'activity';
  alias: string;
  id: string;
  fields: readonly string[];
  participations: number;
  outcomes: number;
  recognitions: number;
}

/** Recognitions of a unit with who gave them and for what. */
export interface RecognitionsQuestion {
  kind: 'recognitions';
  alias: string;
  unitId: string;
  first: number;
  withIssuers: boolean;
  withCampaign: boolean;
}

/** One unit with the units below it and its organizations. */
export interface UnitQuestion {
  kind: 'unit';
  alias: string;
  id: string;
  children: number;
  organizations: number;
}

export type Question =
  | OrganizationsQuestion
  | DashboardQuestion
  | DeepQuestion
  | SingleQuestion
  | StatisticsQuestion
  | ActivityQuestion
  | RecognitionsQuestion
  | UnitQuestion;
