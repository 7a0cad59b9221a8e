import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { redact } from '../core/redact.ts';

/** One line of JSON an event, without anything that looks like a secret. Without a serialiser of its own an error would be written as `{}`. */
export const createLog = ({ logLevel }: Environment): Logger =>
  pino(
    { level: logLevel, serializers: { error: pino.stdSerializers.err } },
    { write: line => void process.stdout.write(redact(line)) },
  );

/** Lanes or deliveries that one line names at most. */
export const MAX_LOGGED = 50;
