import { compareVersions } from './ciliumReleases';
import { compareMinors, minorOf } from './minorOf';
import { parseCiliumImage } from './parseCiliumImage';

/** What is kept of the Deployment `cilium-operator`. @public */
export interface CiliumOperator {
  image: string;
  desired?: number;
  ready?: number;
}

/** How the operator's version stands to the agents'. @public */
export interface OperatorSkew {
  state: 'same' | 'differs' | 'rolling' | 'unknown' | 'not-applicable';
  version?: string;
  desired?: number;
  ready?: number;
  because: string;
}

/**
 * Compares operator and agents: all components are to run one version outside a roll-out. An operator that is older than
 * an agent is wrong in a roll-out too. Source: cilium, Documentation/operations/upgrade.rst.
 *
 * @param agents - versions of the agents, without `unknown`
 */
export function operatorSkew(
  operator: CiliumOperator | undefined,
  agents: readonly string[],
  rollOut: 'under-way' | 'done',
): OperatorSkew {
  if (!operator) {
    return {
      state: 'not-applicable',
      because: 'no Deployment of the operator was seen',
    };
  }
  const { desired, ready } = operator;
  const replicas = {
    ...(desired !== undefined && { desired }),
    ...(ready !== undefined && { ready }),
  };
  const { version } = parseCiliumImage(operator.image);
  if (version === undefined || agents.length === 0) {
    return {
      ...replicas,
      state: 'unknown',
      because:
        version === undefined
          ? `the operator's image names no version: ${operator.image.slice(
              0,
              200,
            )}`
          : 'the versions of the agents are not known',
    };
  }
  const older = agents.filter(agent => compareVersions(version, agent) < 0);
  const others = agents.filter(agent => agent !== version);
  const skew = (state: OperatorSkew['state'], because: string) => ({
    ...replicas,
    state,
    version,
    because,
  });
  const minor = minorOf(version)!;
  if (older.some(agent => compareMinors(minor, minorOf(agent)!) < 0)) {
    return skew(
      'differs',
      `the operator is ${version}, older than agents at ${older.join(', ')}`,
    );
  }
  if (others.length === 0) {
    return skew('same', `operator and agents are ${version}`);
  }
  return rollOut === 'under-way'
    ? skew(
        'rolling',
        `the operator is ${version}, agents are at ${agents.join(
          ', ',
        )}; the roll-out goes on`,
      )
    : skew(
        'differs',
        `the operator is ${version}, agents are at ${agents.join(', ')}`,
      );
}
