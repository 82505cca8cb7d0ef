import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { openapiDocument } from '@security-profiles/backstage-plugin-security-profiles-common';
import express from 'express';
import { middleware as openApiMiddleware } from 'express-openapi-validator';
import Router from 'express-promise-router';
import type { ReviewsService } from '../approvals/ReviewsService';
import type { AuditService } from '../audit/AuditService';
import type { SecurityProfilesService } from '../posture/SecurityProfilesService';
import type { ScorecardsService } from '../scorecards/ScorecardsService';
import { createHandlers } from './createHandlers';
import { errorAnswer } from './errorAnswer';
import { operationRoutes } from './operationRoutes';
import { isTextStream, sendTextStream } from './sendTextStream';
import { toRequestError } from './RequestError';
import { requireStorableText } from './requireStorableText';

/** Options of {@link createRouter}. */
export interface CreateRouterOptions {
  httpAuth: HttpAuthService;
  /** Checks the caller's own rights in every method. */
  service: SecurityProfilesService;
  /** Checks the caller's own rights in every method. */
  reviews: ReviewsService;
  /** Checks the caller's own rights in every method. */
  audit: AuditService;
  /** Checks the caller's own rights in every method. */
  scorecards: ScorecardsService;
  /** `checked`: answers must fit openapi.yaml as well; for tests. */
  answers?: 'checked' | 'trusted';
}

const largestBody = '256kb';

/** Serves openapi.yaml: validate, call one method of the authorised service, answer. */
export async function createRouter(
  options: CreateRouterOptions,
): Promise<express.Router> {
  const { audit, httpAuth, service, reviews, scorecards } = options;
  const handlers = createHandlers({ audit, service, reviews, scorecards });
  const router = Router();
  router.use(express.json({ limit: largestBody }));
  router.get('/openapi.json', (_request, response) => {
    response.json(openapiDocument);
  });
  router.use(
    openApiMiddleware({
      apiSpec: structuredClone(openapiDocument) as never,
      validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
      validateResponses: options.answers === 'checked',
      validateSecurity: false,
      ignoreUndocumented: true,
      useRequestUrl: true,
    }),
  );
  for (const { operationId, method, path } of operationRoutes()) {
    const handle = handlers[operationId] as (request: {
      path: unknown;
      query: unknown;
      body: unknown;
      idempotencyKey: string | undefined;
      credentials: unknown;
    }) => Promise<unknown>;
    router[method](path, async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const valid = {
        path: request.params,
        query: request.query,
        body: request.body,
      };
      requireStorableText(valid);
      const answer = await handle({
        ...valid,
        idempotencyKey: request.header('idempotency-key'),
        credentials,
      });
      if (isTextStream(answer)) {
        await sendTextStream(answer, response);
      } else {
        response.json(answer);
      }
    });
  }
  const answerErrors: express.ErrorRequestHandler = (
    error,
    _request,
    response,
    next,
  ) => {
    const failure = toRequestError(error);
    const answer = response.headersSent ? undefined : errorAnswer(failure);
    if (answer) {
      response.status(answer.status).json(answer.body);
    } else {
      next(failure);
    }
  };
  router.use(answerErrors);
  return router;
}
