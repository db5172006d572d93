import { isEnumType, type GraphQLLeafType } from 'graphql';

/** What a cell says, or why that can't be known. */
export type Cell = { value: unknown } | { problem: string };

const GROUPS = /^-?\d{1,3}(\.\d{3})+$/;

function readNumber(text: string): Cell {
  if (GROUPS.test(text)) {
    const whole = text.replaceAll('.', '');
    const [point] =
      text.split('.').length === 2 ? [`, or ${text}0 where the dot is a decimal point`] : [''];
    const problem = `"${text}" can be read in two ways: write ${whole}${point}`;
    return { problem };
  }
  if (/^-?\d+(\.\d+)?$/.test(text)) return { value: Number(text) };
  if (text.includes(',')) {
    const problem = `"${text}" can be read in two ways: write numbers without commas, such as 1447 or 1.5`;
    return { problem };
  }
  return { problem: `must be a plain number such as 1447; got "${text}"` };
}

function readWhole(text: string): Cell {
  const read = readNumber(text);
  if ('problem' in read || Number.isSafeInteger(read.value)) return read;
  return { problem: `must be a whole number such as 1447; got "${text}"` };
}

function readFlag(text: string): Cell {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return { value: word === 'true' };
  return { problem: `must be true or false; got "${text}"` };
}

/** Reads a cell that is not empty, as a value of its field's type. */
export function readCell(type: GraphQLLeafType, text: string): Cell {
  if (type.name === 'Int') return readWhole(text);
  if (type.name === 'Float') return readNumber(text);
  if (type.name === 'Boolean') return readFlag(text);
  if (isEnumType(type) && !type.getValue(text)) {
    const names = type.getValues().map(({ name }) => name);
    return { problem: `must be one of ${names.join(', ')}; got "${text}"` };
  }
  return { value: text };
}
