/**
 * Shares `total` out by weight in whole numbers that add up to it exactly: each share is what the
 * rounded running sum grows by. Without any weight nothing is shared out.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  let reached = 0;
  let given = 0;
  return weights.map((weight, index) => {
    reached += weight;
    const upTo = index === weights.length - 1 ? total : Math.round((reached / sum) * total);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}
