import { UserError } from '../UserError.ts';

interface Listening {
  host: string;
  port: number;
  portSetting: string;
}

/** The error of a server that can't listen, as one line that says what to do. */
export function listenError(error: unknown, { host, port, portSetting }: Listening): Error {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return new UserError(
        `port ${port} is taken: stop what uses it, or set ${portSetting} to another port`,
        [],
        { cause: error },
      );
    case 'EACCES':
      return new UserError(
        `port ${port} is reserved for the system: set ${portSetting} to 1024 or more`,
        [],
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UserError(
        `"${host}" is not an address of this machine: set HOST to one, for example 127.0.0.1`,
        [],
        { cause: error },
      );
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
