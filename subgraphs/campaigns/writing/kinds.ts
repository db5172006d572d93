import { activity } from './activity.ts';
import { campaign } from './campaign.ts';
import { outcome } from './outcome.ts';
import { participation } from './participation.ts';
import { securityModel } from './securityModel.ts';

/** The kinds of records that are written here, by the name of their mutations. */
export const kinds = { campaign, activity, participation, securityModel, outcome };
