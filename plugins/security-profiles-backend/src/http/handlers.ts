import type { operations } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { CallerOptions } from '../posture/SecurityProfilesService';

type PathOf<O> = O extends { parameters: { path: infer P } } ? P : {};
type QueryOf<O> = O extends { parameters: { query?: infer Q } }
  ? NonNullable<Q>
  : {};
type BodyOf<O> = O extends {
  requestBody: { content: { 'application/json': infer B } };
}
  ? B
  : undefined;
type AnswerOf<O> = O extends {
  responses: { 200: { content: { 'application/json': infer A } } };
}
  ? A
  : O extends { responses: { 200: { content: { 'text/csv': string } } } }
  ? TextStream
  : O extends {
      responses: { 200: { content: { 'application/x-ndjson': string } } };
    }
  ? TextStream
  : never;

/** An answer that is sent in parts, as fast as it is taken. */
export interface TextStream {
  contentType: string;
  /** Name under which a browser saves it. */
  fileName: string;
  parts: AsyncIterable<string>;
}

/** A request after validation: values have the types and defaults of openapi.yaml. */
export interface ValidRequest<O> extends CallerOptions {
  path: PathOf<O>;
  query: QueryOf<O>;
  body: BodyOf<O>;
  /** Of the header `idempotency-key`. */
  idempotencyKey?: string;
}

/** One handler per operation of openapi.yaml; a forgotten one is a type error. */
export type Handlers = {
  [Id in keyof operations]: (
    request: ValidRequest<operations[Id]>,
  ) => Promise<AnswerOf<operations[Id]>>;
};
