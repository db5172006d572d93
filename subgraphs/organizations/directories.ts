import { createDirectory } from '../shared/createDirectory.ts';
import { OrganizationModel } from './models/Organization.ts';
import { AdministrativeUnitModel } from './models/AdministrativeUnit.ts';
import { SourceModel } from './models/Source.ts';

/** Small records that are asked for by id again and again. */
export const directories = {
  organization: createDirectory(OrganizationModel),
  unit: createDirectory(AdministrativeUnitModel),
  source: createDirectory(SourceModel),
};
