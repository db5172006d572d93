import type { FactFile } from './records.ts';

type Reasons = Record<string, string>;

const aboutTheFile = 'describes the file that the facts were taken from, not the article';
const aboutThePage = 'describes the page that the article stood on, not what it says';

/** The fields of the data set for which the graph has no place, each with the reason. */
export const notCarried: Partial<Record<FactFile, Reasons>> = {
  sources: {
    seedFile: aboutTheFile,
    capturedAt: aboutTheFile,
    paragraphCount: aboutTheFile,
    section: aboutThePage,
    'views.value': aboutThePage,
    'views.asPrinted': aboutThePage,
    'photoCredit[]': 'persons are named in public offices and as authors only',
    bylineAffiliation: 'of an author the graph tells the name only',
    publisherEn: 'a publisher is told by its Vietnamese name',
  },
  events: {
    timeOfDay: 'a date is a calendar day',
  },
  recognitions: {
    'provenance[].note': 'a provenance is a place in an article, without remarks',
  },
};
