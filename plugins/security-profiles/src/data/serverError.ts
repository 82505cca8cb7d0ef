interface ServerErrorBody {
  error?: {
    id?: string;
    name?: string;
    message?: string;
    code?: string;
    reviewId?: string;
    changed?: { expected: string; observed: string | null };
    fields?: { field: string; message: string }[];
  };
  requestId?: string;
}

interface MaybeResponseError extends Error {
  response?: { status?: number };
  statusCode?: number;
  body?: ServerErrorBody;
}

/** What an answer that is not 2xx says; `status` is undefined where no answer came. */
export interface ServerError {
  status: number | undefined;
  /** What the server says happened, in its words. */
  message: string | undefined;
  /** As in openapi.yaml. */
  code: string | undefined;
  reviewId: string | undefined;
  changed: { expected: string; observed: string | null } | undefined;
  fields: { field: string; message: string }[];
  /** To be given to an administrator. */
  id: string | undefined;
}

/** Reads an error of the client. */
export function serverError(error: Error): ServerError {
  const { response, statusCode, body } = error as MaybeResponseError;
  const status = response?.status ?? statusCode;
  const told = body?.error;
  return {
    status,
    message: told?.message,
    code: told?.code,
    reviewId: told?.reviewId,
    changed: told?.changed,
    fields: told?.fields ?? [],
    id:
      told?.id ??
      body?.requestId ??
      (status === undefined ? undefined : String(status)),
  };
}
