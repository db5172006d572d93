/** A report as it is stored. Put your database in the place of this list. */
export interface Report {
  id: string;
  title: string;
  reportedOn: string;
  subjectId: string;
}

/** Newest first. */
export const reports: readonly Report[] = [
  {
    id: 'template-name-2',
    title: 'Second report',
    reportedOn: '2024-06-01',
    subjectId: 'template-subject-id',
  },
  {
    id: 'template-name-1',
    title: 'First report',
    reportedOn: '2024-05-17',
    subjectId: 'template-subject-id',
  },
];
