// Writes every generated file of the checkout: `yarn generate`. `--check` writes nothing and fails when one is out of date.
await import('./openapi-types.mjs');
await import('./findings-docs.mjs');
