import type { OutcomeRow } from '../../subgraphs/campaigns/models/Outcome.ts';
import type { Random } from './createRandom.ts';

type Measure = OutcomeRow['measure'];

/** «56.600» */
const printed = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, '.');

/** 56,623 becomes 56,000: what is not exact is told in round numbers. */
function round(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.floor(value / unit) * unit;
}

/** A whole number of at least 1 as an article prints it: exact, or «hơn», «gần», «khoảng» so much. */
export function toMeasure(random: Random, value: number): Measure {
  const exact = Math.max(1, Math.round(value));
  const [qualifier, word] = random.weighted<[Measure['qualifier'], string]>([
    [['EXACT', ''], 70],
    [['MORE_THAN', 'hơn '], 10],
    [['MORE_THAN', 'trên '], 5],
    [['NEARLY', 'gần '], 11],
    [['APPROXIMATE', 'khoảng '], 4],
  ]);
  const told = qualifier === 'EXACT' ? exact : round(exact);
  return { value: told, qualifier, asPrinted: `${word}${printed(told)}` };
}

/** The same for a share in per cent. */
export function toShare(random: Random): Measure {
  if (random.chance(0.04)) return { value: 100, qualifier: 'UP_TO_ALL', asPrinted: 'đến 100%' };
  const value = random.integer(70, 100);
  return random.chance(0.27)
    ? { value, qualifier: 'MORE_THAN', asPrinted: `trên ${value}%` }
    : { value, qualifier: 'EXACT', asPrinted: `${value}%` };
}
