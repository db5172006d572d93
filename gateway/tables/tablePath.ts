/** Where tables are. */
export const TABLES_PATH = '/data';

/** The address of a table, or of its description where no format is named. */
export const tablePath = (name: string, extension?: string): string =>
  `${TABLES_PATH}/${name}${extension === undefined ? '' : `.${extension}`}`;
