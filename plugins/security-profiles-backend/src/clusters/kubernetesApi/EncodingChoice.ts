import type { Depth, ResourceRef } from '../ClusterSource';
import { SPO_GROUP } from '../spoGroup';
import type { AnswerReader } from './AnswerReader';
import type { BodyEncoding } from './ApiTransport';
import { JsonAnswerReader } from './JsonAnswerReader';
import type { WantedMessage } from './protobuf/fields';
import { ProtobufAnswerReader } from './protobuf/ProtobufAnswerReader';
import { wantedFields, wantedMetadata } from './protobuf/wantedFields';

/** What is asked for. */
export interface Asked {
  resource: ResourceRef;
  depth: Depth;
}

const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const JSON_TYPE = 'application/json';

/**
 * In which encoding one cluster is asked, remembering what its server, or a proxy before it, refuses.
 *
 * @remarks
 * Custom resources have no protobuf of their own; their metadata alone may come in it.
 */
export class EncodingChoice {
  private readonly refused = new Set<string>();

  /** `protobuf` where it is known what is wanted, and where it was not refused. */
  preferred(asked: Asked): BodyEncoding {
    return wantedOf(asked) && !this.refused.has(groupOf(asked))
      ? 'protobuf'
      : 'json';
  }

  /** Protobuf was refused, while JSON was not. */
  refuse(asked: Asked): void {
    this.refused.add(groupOf(asked));
  }

  /** Another version of the server may do what the last one did not. */
  forget(): void {
    this.refused.clear();
  }

  /** The `Accept` header; the server picks, so JSON always stands in it. */
  accept(asked: Asked, form: 'list' | 'watch', encoding: BodyEncoding): string {
    const partial =
      asked.depth === 'metadata'
        ? `;as=PartialObjectMetadata${
            form === 'list' ? 'List' : ''
          };g=meta.k8s.io;v=v1`
        : '';
    const json = partial ? [`${JSON_TYPE}${partial}`, JSON_TYPE] : [JSON_TYPE];
    return encoding === 'json'
      ? json.join(', ')
      : [
          `${PROTOBUF}${partial}`,
          ...json.map((type, index) => `${type};q=0.${9 - index}`),
        ].join(', ');
  }

  /** Reads what came in an encoding. */
  readerOf(asked: Asked, encoding: BodyEncoding): AnswerReader {
    const wanted = wantedOf(asked);
    return encoding === 'protobuf' && wanted
      ? new ProtobufAnswerReader({ wanted })
      : new JsonAnswerReader({
          integers: asked.resource.group === SPO_GROUP ? 'exact' : 'fast',
        });
  }
}

function wantedOf({ resource, depth }: Asked): WantedMessage | undefined {
  const { group, version, plural } = resource;
  return depth === 'metadata'
    ? wantedMetadata
    : wantedFields.get(`${plural}${group && `.${group}`}/${version}`);
}

/** Kubernetes' own groups and custom ones are served by different parts of the server. */
function groupOf({ resource: { group } }: Asked): 'own' | 'custom' {
  return !group.includes('.') ||
    (group.endsWith('.k8s.io') && !group.endsWith('.x-k8s.io'))
    ? 'own'
    : 'custom';
}
