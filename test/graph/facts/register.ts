import { readRegister, type RegisterEntry } from './records.ts';

/** A unit as the register names it: `Xã Thái Ninh (12922), Tỉnh Hưng Yên`. */
interface RegisteredUnit {
  name: string;
  gsoCode: string | undefined;
  parent: string | undefined;
}

function readUnit(printed: string): RegisteredUnit {
  const [, name = printed, gsoCode, parent] =
    /^(.+?)(?: \((\d+)\))?(?:, (.+))?$/.exec(printed) ?? [];
  return { name, gsoCode, parent };
}

export const register = readRegister();

/** The units that cover a place since the reform; none where its level was abolished. */
export const successorsOf = ({ successors2025 }: RegisterEntry) =>
  Array.isArray(successors2025) ? successors2025.map(readUnit) : [];

/** The codes of a place in the two registers, as `scheme code`. */
export const codesOf = ({ gso63, gso705, gso10599, iso3166_2 }: RegisterEntry) => [
  ...[gso63, gso705, gso10599].filter(Boolean).map((code) => `GSO ${code}`),
  ...(iso3166_2 ? [`ISO_3166_2 ${iso3166_2}`] : []),
];

/** The units that came with the reform under a name of their own. */
export const newUnits = [
  ...new Map(
    register.flatMap((entry) =>
      successorsOf(entry)
        .filter(({ name }) => name !== entry.nameVi)
        .map((unit): [string, RegisteredUnit] => [unit.name, unit]),
    ),
  ).values(),
];
