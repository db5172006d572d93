/**
 * Who may write what, in one place. A record belongs to the organizations that the words of its line
 * lead to: any one of them, or an agency above it by `parentId`, may create, change, correct and
 * withdraw it. Both the record as it is and the record as it is to be must belong to the agency.
 * Administrators may write all. Whatever is written needs the role `editor` and the scope
 * `<subgraph>:write`, or `*`.
 */
export const ownersBy = {
  /** Itself; to create or move it, the organization above it. What has none above is for administrators. */
  Organization: ['branch'],
  /** Organizations that signed or lead it. */
  Campaign: ['parties'],
  /** Organizations that organize it or carry it out; the parties of its campaigns. */
  Activity: ['organizers', 'partiesOfCampaigns'],
  /** The organization that takes part, unless the role makes it an owner: then only those below. */
  Participation: ['participant', 'ownersOfCampaign', 'ownersOfActivity'],
  /** The organization that runs it; the parties of its campaign. */
  SecurityModel: ['operator', 'partiesOfCampaign'],
  /** Organizations credited with it; whoever may write its activity, campaign or model. */
  Outcome: ['contributors', 'ownersOfActivity', 'partiesOfCampaign', 'ownersOfModel'],
  /** Organizations that gave it. */
  Recognition: ['issuers'],
  /** Whoever may write anything registers sources. They are never changed. */
  Source: ['author'],
} as const;

/** Types of records that are written by these rules. */
export type WrittenType = keyof typeof ownersBy;

/** Roles that make an organization an owner of the campaign. */
export const PARTY_ROLES: readonly string[] = ['SIGNATORY', 'LEAD'];

/** Roles that make an organization an owner of the activity. */
export const ORGANIZER_ROLES: readonly string[] = ['ORGANIZER', 'CO_ORGANIZER', 'ACTOR'];

/**
 * A role by which nobody may make himself an owner: it is given by those who own the campaign or
 * activity already. Without this an agency could sign any programme and then write it.
 */
export const givesOwnership = (role: string) =>
  PARTY_ROLES.includes(role) || ORGANIZER_ROLES.includes(role);
