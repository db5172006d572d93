import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/** An administrative unit of the register. */
export interface RegisterUnit {
  /** GSO code: 2 digits for a province, 3 for a district, 5 for a commune. */
  code: string;
  name: string;
  /** Code of the unit that it lies in; null for a province. */
  parentCode: string | null;
  /** Codes of the units that took its ground over in July 2025; empty for a district. */
  successorCodes: string[];
}

/** The register of units before 1 July 2025, and since. Each unit stands after the one that it lies in. */
export interface Register {
  before: RegisterUnit[];
  since: RegisterUnit[];
}

const line = /^(\d{2}|\d{3}|\d{5}) ([^>]+?)(?: > (\d+(?: \d+)*))?$/;
const lines = z.array(z.string().regex(line));
const file = z.strictObject({ source: z.string(), before: lines, since: lines });

function parse(all: readonly string[]): RegisterUnit[] {
  let province: string | null = null;
  let district: string | null = null;
  return all.map((text) => {
    const [, code = '', name = '', successors] = line.exec(text) ?? [];
    let parentCode: string | null = null;
    if (code.length === 2) [province, district] = [code, null];
    else if (code.length === 3) [parentCode, district] = [province, code];
    else parentCode = district ?? province;
    return { code, name, parentCode, successorCodes: successors?.split(' ') ?? [] };
  });
}

/** Reads units.json. Throws a UserError when it cannot be read as what extractUnits.py writes. */
export async function readRegister(): Promise<Register> {
  const text = await readFile(new URL('units.json', import.meta.url), 'utf8');
  const read = file.safeParse(JSON.parse(text));
  if (!read.success) {
    throw new UserError('scripts/generate/units.json is damaged.', [z.prettifyError(read.error)]);
  }
  return { before: parse(read.data.before), since: parse(read.data.since) };
}
