/** A statement that may contradict others. */
export interface Statement {
  _id: string;
  conflictsWithIds: readonly string[];
}

/**
 * Puts statements that contradict one another, directly or through others of the list, together:
 * each list in the answer is one thing told in one or several ways.
 */
export function groupRivals<TStatement extends Statement>(
  statements: readonly TStatement[],
): TStatement[][] {
  const groups = new Map(statements.map((statement) => [statement._id, [statement]]));
  for (const { _id, conflictsWithIds } of statements) {
    for (const rivalId of conflictsWithIds) {
      const [group, other] = [groups.get(_id), groups.get(rivalId)];
      if (!group || !other || group === other) continue;
      group.push(...other);
      for (const member of other) groups.set(member._id, group);
    }
  }
  return [...new Set(groups.values())];
}
