/** A program that is being written: functions, and the values that they refer to. */
export class Code {
  private readonly values: unknown[] = [];
  private readonly numberOf = numbering();
  private readonly functions: string[] = [];

  /** The name by which functions refer to a value. */
  constant(value: unknown): string {
    const number = this.numberOf(value);
    this.values[number] = value;
    return `k${number}`;
  }

  /** Adds a function; gives its name. */
  function(parameters: string, body: string): string {
    const name = `f${this.functions.length}`;
    this.functions.push(`function ${name}(${parameters}) {\n${body}\n}`);
    return name;
  }

  /** Turns what was written into the function of that name. Texts of clients must stand in it as JSON only. */
  compile(name: string): unknown {
    const constants = this.values.map((_value, index) => `k${index}`).join();
    const source = `'use strict';\nconst [${constants}] = constants;\n${this.functions.join('\n')}\nreturn ${name};`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- compiling is its purpose
    return new Function('constants', source)(this.values);
  }
}

/** Numbers values from 0 up, by identity. */
export function numbering<T = unknown>(): (value: T) => number {
  const numbers = new Map<T, number>();
  return (value) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  };
}
