import { Elevation } from '../../elevation/listElevations';
import { evidenceOf, JudgedContainer } from '../judgedEntity';
import { Patch } from '../posture';
import { byRisk } from './byRisk';
import { ContainerVerdict } from './judgeContainers';

/**
 * The verdict on some of a container's elevations: the riskiest decides, low risks pass, and all of them are evidence.
 *
 * @param options - `concerns`: ids of the elevations that the check is about; `text`: what to do about the riskiest;
 *   `patch`: takes those away that are of more than low risk
 */
export function elevationVerdict(
  container: JudgedContainer,
  options: {
    concerns: RegExp;
    text: (worst: Elevation) => string;
    patch: (asked: Elevation[]) => Patch | undefined;
  },
): ContainerVerdict {
  const asked = byRisk(
    container.elevations.filter(({ id }) => options.concerns.test(id)),
  );
  const [worst] = asked;
  if (!worst || worst.risk === 'low') {
    return { status: 'pass' };
  }
  const text = options.text(worst);
  const patch = options.patch(asked.filter(({ risk }) => risk !== 'low'));
  return {
    status:
      worst.risk === 'critical' || worst.risk === 'high' ? 'fail' : 'warn',
    evidence: asked.map(({ field, value }) =>
      evidenceOf(container, { field, value }),
    ),
    fix: { text, ...(patch && { patch }) },
    step: { text },
  };
}
