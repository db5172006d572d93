import type { FastifyReply } from 'fastify';
import type { GraphQLError } from 'graphql';
import { addressGroup } from '../rates/addressGroup.ts';
import { createByteShares, type ByteShares } from './createByteShares.ts';
import { createStreams, type Streams } from './createStreams.ts';
import { createSlots, QueueFull, type Turn } from './createSlots.ts';
import type { LoadConfig } from './loadSettings.ts';
import { overloaded, stopping } from './overloaded.ts';
import { findExcess, processPressure, type Pressure } from './processPressure.ts';
import { watchReaders, type Readers } from './watchReaders.ts';

/** Why a request was turned away. */
export type ShedReason = 'queue' | 'eventLoopLag' | 'memory' | 'bodies' | 'answers' | 'stopping';

/** What a server bears at the moment, for those who watch it. */
export interface LoadState extends Pressure {
  running: number;
  queued: number;
  /** Requests that were turned away since the start, by reason. */
  shed: Readonly<Record<ShedReason, number>>;
  /** Bytes of large bodies that are being read, and of large answers that are not read yet. */
  bodyBytes: number;
  unreadBytes: number;
  /** Streams of events that are open. */
  streams: number;
}

/** What a server bears, and what it turns away. */
export interface Load {
  /** Carries out a request when its turn has come; throws a GraphQLError that refuses it when that does not come. */
  carryOut<T>(client: string, reply: FastifyReply, work: () => Promise<T>): Promise<T>;
  /** Why a request from an address is to be turned away before anything else is done for it. */
  findReason(address: string): ShedReason | undefined;
  bodies: ByteShares;
  readers: Readers;
  streams: Streams;
  /** Counts a request that is turned away. */
  countShed(reason: ShedReason): void;
  /** Why clients should go elsewhere, if they should. */
  unready(): 'stopping' | 'overloaded' | undefined;
  /** Whether each connection is to end with its next answer. */
  endsConnections(): boolean;
  /** From now on each connection ends with its next answer: another process has taken over, at the same address. */
  retire(): void;
  /** From now on clients are told to go elsewhere as well, unless another process answers them already. */
  stop(): void;
  isRetired(): boolean;
  /** Gives those who still wait for an answer one that says that there will be none. */
  cutOff(answer: (reply: FastifyReply, error: GraphQLError) => void): void;
  state(): LoadState;
}

const MB = 1024 * 1024;

/** Requests have been turned away all the time for so long: others should be asked. */
const UNREADY_AFTER_MS = 5_000;
/** After so long without one that is turned away, it is over. */
const CALM_MS = 1_000;

/** Makes what bounds the load of one server. */
export function createLoad(config: LoadConfig): Load {
  const share = (whole: number) => Math.ceil((whole * config.clientSharePercent) / 100);
  const slots = createSlots({
    slots: config.concurrentRequests,
    slotsPerClient: share(config.concurrentRequests),
    queued: config.queuedRequests,
    queueTimeoutMs: config.queueTimeoutMs,
  });
  const bodies = createByteShares({
    total: config.bodiesTotalMb * MB,
    perClient: share(config.bodiesTotalMb * MB),
  });
  const readers = watchReaders({
    totalBytes: config.answersTotalMb * MB,
    timeoutMs: config.answerTimeoutMs,
  });
  const shed = { queue: 0, eventLoopLag: 0, memory: 0, bodies: 0, answers: 0, stopping: 0 };
  const unanswered = new Set<FastifyReply>();
  let isStopping = false;
  let isRetired = false;
  let isCutOff = false;
  let firstShed = -Infinity;
  let lastShed = -Infinity;

  const countShed = (reason: ShedReason) => {
    shed[reason] += 1;
    if (reason === 'stopping') return;
    const now = performance.now();
    if (now - lastShed > CALM_MS) firstShed = now;
    lastShed = now;
  };
  const isLasting = () =>
    lastShed - firstShed > UNREADY_AFTER_MS && performance.now() - lastShed < CALM_MS;

  const enter = (client: string): Turn | undefined => {
    try {
      return slots.enter(client);
    } catch (error) {
      throw refused(error);
    }
  };
  /** Waits for the turn, for as long as the client does. */
  const wait = async ({ came, giveUp }: Turn, { raw: response }: FastifyReply) => {
    response.once('close', giveUp);
    await came.catch((error: unknown) => {
      throw refused(error);
    });
    response.off('close', giveUp);
  };
  const refused = (error: unknown) => {
    if (!(error instanceof QueueFull)) return error;
    countShed('queue');
    return overloaded();
  };

  const endConnections = () => {
    for (const { raw } of unanswered) if (!raw.headersSent) raw.setHeader('connection', 'close');
  };

  const streams = createStreams(config);
  return {
    bodies,
    readers,
    streams,
    countShed,
    async carryOut(client, reply, work) {
      if (isCutOff) throw stopping();
      unanswered.add(reply);
      try {
        const turn = enter(client);
        if (turn) await wait(turn, reply);
        try {
          return await work();
        } finally {
          slots.leave(client);
        }
      } finally {
        unanswered.delete(reply);
      }
    },
    findReason(address) {
      if (isCutOff) return 'stopping';
      const excess = findExcess(config);
      if (excess) return excess;
      if (slots.queued() < config.queuedRequests) return undefined;
      return slots.isFull(addressGroup(address)) ? 'queue' : undefined;
    },
    unready() {
      if (isStopping && !isRetired) return 'stopping';
      return isLasting() ? 'overloaded' : undefined;
    },
    endsConnections: () => isStopping || isRetired,
    retire() {
      isRetired = true;
      endConnections();
    },
    stop() {
      isStopping = true;
      endConnections();
    },
    isRetired: () => isRetired,
    cutOff(answer) {
      isCutOff = true;
      for (const reply of unanswered) {
        countShed('stopping');
        answer(reply, stopping());
      }
    },
    state: () => ({
      ...processPressure(),
      running: slots.running(),
      queued: slots.queued(),
      shed: { ...shed },
      bodyBytes: bodies.taken(),
      unreadBytes: readers.unreadBytes(),
      streams: streams.open(),
    }),
  };
}
