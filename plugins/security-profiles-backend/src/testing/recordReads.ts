/**
 * Runs a projection on an object and keeps the path of every field that it asks for, there or not, as
 * `spec.containers[].image`.
 */
export function recordReads<T extends object>(
  object: T,
  project: (object: T) => unknown,
): Set<string> {
  const paths = new Set<string>();
  project(observed(object, '', paths));
  return paths;
}

function observed<T extends object>(
  value: T,
  path: string,
  paths: Set<string>,
): T {
  return new Proxy(value, {
    get(target, property) {
      const found = Reflect.get(target, property);
      if (typeof property === 'symbol' || typeof found === 'function') {
        return found;
      }
      if (Array.isArray(target)) {
        return property === 'length' || typeof found !== 'object' || !found
          ? found
          : observed(found, `${path}[]`, paths);
      }
      const place = path ? `${path}.${property}` : property;
      paths.add(place);
      return typeof found === 'object' && found
        ? observed(found, place, paths)
        : found;
    },
  });
}
