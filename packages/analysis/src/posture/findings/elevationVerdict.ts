import { Elevation } from '../../elevation/listElevations';
import { evidenceOf, JudgedContainer } from '../judgedEntity';
import { byRisk } from './byRisk';
import { ContainerVerdict } from './judgeContainers';

/**
 * The verdict on some of a container's elevations: the riskiest decides, low risks pass, and all of them are evidence.
 *
 * @param options - `concerns`: ids of the elevations that the check is about; `text`: what to do about the riskiest
 */
export function elevationVerdict(
  container: JudgedContainer,
  options: { concerns: RegExp; text: (worst: Elevation) => string },
): ContainerVerdict {
  const asked = byRisk(
    container.elevations.filter(({ id }) => options.concerns.test(id)),
  );
  const [worst] = asked;
  if (!worst || worst.risk === 'low') {
    return { status: 'pass' };
  }
  const text = options.text(worst);
  return {
    status:
      worst.risk === 'critical' || worst.risk === 'high' ? 'fail' : 'warn',
    evidence: asked.map(({ field, value }) =>
      evidenceOf(container, { field, value }),
    ),
    fix: { text },
    step: { text },
  };
}
