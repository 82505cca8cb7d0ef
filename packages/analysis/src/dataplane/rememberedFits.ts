import { SettingReader } from './ciliumSettings';
import { KernelFit, kernelFit, KernelNode } from './kernelFit';

/** {@link kernelFit} that judges each kernel once: hundreds of nodes have a handful of them. */
export function rememberedFits(
  settings: SettingReader,
): (node: KernelNode, version: string) => KernelFit {
  const byVersion = new Map<string, Map<string | undefined, KernelFit[]>>();
  const shapes: KernelNode[] = [];
  return (node, version) => {
    let byKernel = byVersion.get(version);
    if (!byKernel) {
      byKernel = new Map();
      byVersion.set(version, byKernel);
    }
    let shape = shapes.findIndex(
      one =>
        one.architecture === node.architecture &&
        one.operatingSystem === node.operatingSystem,
    );
    if (shape < 0) {
      shape = shapes.push(node) - 1;
    }
    let fits = byKernel.get(node.kernel);
    if (!fits) {
      fits = [];
      byKernel.set(node.kernel, fits);
    }
    fits[shape] ??= kernelFit(node, version, settings);
    return fits[shape];
  };
}
