/** How much data to make: everything but the seed. */
export interface Size {
  name: string;
  /** GSO codes of provinces since July 2025, with all that was merged into them; or the whole country. */
  provinces: readonly string[] | 'ALL';
  /** No more districts than this, each with its communes. */
  districts?: number;
  /** Until 2024 with districts, since 2025 (from 1 July) without. */
  years: readonly number[];
  activities: number;
  outcomes: number;
  recognitions: number;
  /** Security teams, on average. */
  groupsPerCommune: number;
}

/** The sizes to choose from. */
export const sizes = {
  /** 2 provinces, 18 districts, 313 communes: for CI. */
  S: {
    name: 'S',
    provinces: ['24'],
    years: [2024, 2025],
    activities: 5_000,
    outcomes: 4_000,
    recognitions: 800,
    groupsPerCommune: 1,
  },
  /** 10 provinces, 110 districts, 1,601 communes: for benchmarks. */
  M: {
    name: 'M',
    provinces: ['20', '24', '40', '46', '66', '92'],
    years: [2022, 2023, 2024, 2025, 2026],
    activities: 80_000,
    outcomes: 52_000,
    recognitions: 9_000,
    groupsPerCommune: 1,
  },
  /** The whole country, with 80,000 security teams: for stress, by hand. */
  L: {
    name: 'L',
    provinces: 'ALL',
    years: [2022, 2023, 2024, 2025, 2026],
    activities: 500_000,
    outcomes: 350_000,
    recognitions: 62_000,
    groupsPerCommune: 6,
  },
} as const satisfies Record<string, Size>;
