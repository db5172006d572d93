import type { RecognitionRow } from '../../subgraphs/recognitions/models/Recognition.ts';
import { levelOf, type BodySort } from './bodies.ts';
import type { Random } from './createRandom.ts';
import type { Place } from './Place.ts';

type Issuer = RecognitionRow['issuers'][number];

/** What is given, and by whom. */
export interface Award {
  forms: RecognitionRow['forms'];
  vi: string;
  en: string;
  issuers: { sort: BodySort; of: Place; office: Issuer['office']; level: Issuer['level'] }[];
  /** Whom it can be given to. */
  takes: 'COLLECTIVES' | 'INDIVIDUALS' | 'BOTH';
  /** The single awards of a statement that sums several up. */
  parts: Award[];
}

const countryOf = (place: Place): Place => (place.parent ? countryOf(place.parent) : place);

function byMinister(form: 'BANG_KHEN' | 'KY_NIEM_CHUONG', place: Place): Award {
  const isMedal = form === 'KY_NIEM_CHUONG';
  return {
    forms: [form],
    vi: isMedal ? 'Kỷ niệm chương của Bộ Công an' : 'Bằng khen của Bộ trưởng Bộ Công an',
    en: isMedal ? 'Commemorative medals of the Ministry' : 'Certificates of merit of the Minister',
    issuers: [{ sort: 'police', of: countryOf(place), office: 'MINISTER', level: 'CENTRAL' }],
    takes: isMedal ? 'INDIVIDUALS' : 'BOTH',
    parts: [],
  };
}

function byChair(form: 'CO_THI_DUA' | 'BANG_KHEN' | 'GIAY_KHEN', place: Place): Award {
  const [vi, en] = {
    CO_THI_DUA: ['Cờ thi đua', 'Emulation flags'],
    BANG_KHEN: ['Bằng khen', 'Certificates of merit'],
    GIAY_KHEN: ['Giấy khen', 'Papers of merit'],
  }[form] as [string, string];
  return {
    forms: [form],
    vi: `${vi} của Chủ tịch Ủy ban nhân dân`,
    en: `${en} of the People's Committee chair`,
    issuers: [{ sort: 'committee', of: place, office: 'CHAIR', level: levelOf[place.level] }],
    takes: form === 'CO_THI_DUA' ? 'COLLECTIVES' : 'BOTH',
    parts: [],
  };
}

/** What the chair of a place gives most. */
const formOf = ({ level }: Place) => (level === 'PROVINCE' ? 'BANG_KHEN' : 'GIAY_KHEN');

const byDirector = (place: Place): Award => ({
  forms: ['GIAY_KHEN'],
  vi: 'Giấy khen của Giám đốc Công an',
  en: 'Papers of merit of the police director',
  issuers: [{ sort: 'police', of: place, office: 'DIRECTOR', level: levelOf[place.level] }],
  takes: 'BOTH',
  parts: [],
});

/** Several awards told in one number. */
function together(parts: [Award, ...Award[]]): Award {
  return {
    forms: [...new Set(parts.flatMap(({ forms }) => forms))],
    vi: 'Khen thưởng các hình thức',
    en: 'Awards of all forms',
    issuers: parts.flatMap(({ issuers }) => issuers),
    takes: 'BOTH',
    parts,
  };
}

/**
 * An award that places of this level report: the Minister's in the country; also flags and
 * certificates of the chair and papers of the police director in a province; papers of the chair
 * below. With `isTotal` several of them in one number.
 */
export function awardsOf(place: Place, random: Random, isTotal: boolean): Award {
  switch (place.level) {
    case 'COUNTRY':
      return isTotal
        ? together([byMinister('BANG_KHEN', place), byMinister('KY_NIEM_CHUONG', place)])
        : byMinister(random.pick(['BANG_KHEN', 'KY_NIEM_CHUONG']), place);
    case 'PROVINCE':
      return isTotal
        ? together([byChair('CO_THI_DUA', place), byChair('BANG_KHEN', place), byDirector(place)])
        : random.weighted([
            [byMinister('BANG_KHEN', place), 25],
            [byChair('CO_THI_DUA', place), 20],
            [byChair('BANG_KHEN', place), 30],
            [byDirector(place), 25],
          ]);
    case 'DISTRICT':
    case 'COMMUNE':
      return isTotal && place.parent
        ? together([byChair('GIAY_KHEN', place), byChair(formOf(place.parent), place.parent)])
        : byChair('GIAY_KHEN', place);
  }
}
