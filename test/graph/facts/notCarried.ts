import type { FactFile } from './records.ts';

type Reasons = Record<string, string>;

const editorsNotes: Reasons = {
  'notes[].vi': 'only activities and recognitions have notes in the contract',
  'notes[].en': 'only activities and recognitions have notes in the contract',
};

const aboutTheFile = 'describes the file that the facts were taken from, not the article';
const aboutThePage = 'describes the page that the article stood on, not what it says';

/** The fields of the data set for which the contract has no place, each with the reason. */
export const notCarried: Partial<Record<FactFile, Reasons>> = {
  sources: {
    ...editorsNotes,
    seedFile: aboutTheFile,
    capturedAt: aboutTheFile,
    paragraphCount: aboutTheFile,
    section: aboutThePage,
    'views.value': aboutThePage,
    'views.asPrinted': aboutThePage,
    'photoCredit[]': 'persons are named in public offices and as authors only',
    bylineAffiliation: 'of an author the graph tells the name only',
    publisherEn: 'a publisher is told by its Vietnamese name',
    scopePlace: 'every record of the article has the place itself',
  },
  places: editorsNotes,
  organizations: editorsNotes,
  people: editorsNotes,
  documents: editorsNotes,
  campaigns: {
    ...editorsNotes,
    recurrence: 'told by the name of the campaign («hàng năm», annual)',
  },
  events: {
    timeOfDay: 'a date is a calendar day',
    isPilotSite: 'told by a note of the event',
  },
  activities: {
    'quantity.unitVi': 'a measure has no unit; what was given is told by the name of the activity',
    'quantity.unitEn': 'a measure has no unit; what was given is told by the name of the activity',
  },
  models: editorsNotes,
  outcomes: editorsNotes,
  recognitions: {
    'provenance[].note': 'a provenance is a place in an article, without remarks',
  },
};
