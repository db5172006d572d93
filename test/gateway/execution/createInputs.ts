import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputType,
} from 'graphql';
import { pick, rarely, type Choose } from './choose.ts';

/** A value as it is written in an operation, and as a variable holds it. */
export interface Input {
  literal: string;
  value: unknown;
}

/** How a value is made: inside of another, and of variables too. */
interface Making {
  isInside?: boolean;
  mayVary?: boolean;
}

/** The values of an operation: those of its arguments and variables. */
export interface Inputs {
  /** A value of a type as an argument has it: written there, or that of a variable. */
  inputText(type: GraphQLInputType): string;
  /** A variable of a type, with one of these values; declares it if need be. */
  variable(type: string, from: readonly Input[]): string;
  /** What the operation declares. */
  declared(): string;
  variables: Record<string, unknown>;
}

/** The type of what @skip and @include ask for. */
export const CONDITION_TYPE = 'Boolean!';

/** Makes the generator of the values of one operation; `values` are those of scalars, by the name of the type. */
export function createInputs(choose: Choose, values: Record<string, readonly unknown[]>): Inputs {
  const declarations: { name: string; type: string; text: string }[] = [];
  const variables: Record<string, unknown> = {};

  function inputText(type: GraphQLInputType): string {
    return choose(3) === 2
      ? variable(String(type), inputs(type))
      : input(type, { mayVary: true }).literal;
  }

  function input(type: GraphQLInputType, making: Making = {}): Input {
    if (making.isInside && making.mayVary && rarely(choose, 6)) {
      return { literal: variable(String(type), inputs(type)), value: undefined };
    }
    if (isNonNullType(type)) return present(type.ofType, making);
    return rarely(choose, 8) ? { literal: 'null', value: null } : present(type, making);
  }

  function present(type: Exclude<GraphQLInputType, { kind: 'nonNull' }>, making: Making): Input {
    const inside = { ...making, isInside: true };
    if (isNonNullType(type)) return present(type.ofType, making);
    if (isListType(type)) {
      // A single value stands for a list of one.
      if (rarely(choose, 6) && !making.isInside) return input(type.ofType, { isInside: true });
      const items = Array.from({ length: choose(3) }, () => input(type.ofType, inside));
      return {
        literal: `[${items.map(({ literal }) => literal).join(', ')}]`,
        value: items.map(({ value }) => value),
      };
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields())
        .filter((field) => isRequiredInputField(field) || choose(3))
        .map((field) => ({ name: field.name, ...input(field.type, inside) }));
      return {
        literal: `{${fields.map(({ name, literal }) => `${name}: ${literal}`).join(', ')}}`,
        value: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
      };
    }
    if (isEnumType(type)) {
      const { name } = pick(choose, type.getValues());
      return { literal: name, value: name };
    }
    const value = pick(choose, values[type.name] ?? [null]);
    return { literal: written(value), value };
  }

  const inputs = (type: GraphQLInputType) => [input(type)];

  function variable(type: string, from: readonly Input[]): string {
    const known = declarations.filter((declared) => declared.type === type);
    if (known.length && choose(2)) return `$${pick(choose, known).name}`;
    const name = `v${declarations.length}`;
    const { literal, value } = pick(choose, from);
    const hasDefault = rarely(choose, 3) && !(type.endsWith('!') && literal === 'null');
    // With a default, a variable may stand where no null may be, and yet be null.
    const declaredType = hasDefault && rarely(choose, 3) ? type.replace(/!$/, '') : type;
    declarations.push({
      name,
      type,
      text: `$${name}: ${declaredType}${hasDefault ? ` = ${literal}` : ''}`,
    });
    const mayBeLeftOut = hasDefault || !declaredType.endsWith('!');
    const isNull = declaredType !== type && type !== CONDITION_TYPE && rarely(choose, 6);
    if (isNull) variables[name] = null;
    else if (!mayBeLeftOut || choose(2)) variables[name] = pick(choose, from).value ?? value;
    return `$${name}`;
  }

  return {
    inputText,
    variable,
    declared: () => declarations.map(({ text }) => text).join(', '),
    variables,
  };
}

/** A value as GraphQL writes it. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, each]) => `${name}: ${written(each)}`);
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value);
}
