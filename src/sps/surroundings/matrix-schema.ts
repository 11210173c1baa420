import type { ValueFault } from '../../base/problem.ts';

/** What the tests of plugins may be run with, each in several versions. */
export const matrixAxes = {
  sdk: { pattern: /^\d+(?:\.\d+)+$/, example: '1.8.4,1.9.1' },
  python: { pattern: /^[^\s,]+$/, example: '3.11,3.12' },
  release: { pattern: /^\d+(?:\.\d+)*$/, example: '7.5.1,9.0.0' },
} as const;

export type MatrixAxis = keyof typeof matrixAxes;

/** In plugin-host.yaml. */
export type MatrixSettings = Partial<Record<MatrixAxis, (string | number)[]>>;

function listOf(pattern: RegExp, description: string): object {
  const items = { type: ['string', 'number'], pattern: pattern.source, description };
  return { type: 'array', minItems: 1, items, description };
}

export const matrixSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    sdk: listOf(matrixAxes.sdk.pattern, "Releases of the vendor's SDK, such as 1.9.1."),
    python: listOf(matrixAxes.python.pattern, 'Interpreters: a version such as "3.12", or a path.'),
    release: listOf(matrixAxes.release.pattern, 'Versions of the product, such as 9.0.0; each has its API.'),
  } satisfies Record<MatrixAxis, object>,
  description: 'Each case of `test` is run for every combination.',
};

/** YAML reads 3.10 as the number 3.1. @param matrix Of the shape of the schema */
export function checkMatrix(matrix: MatrixSettings = {}): ValueFault[] {
  return Object.entries(matrix).flatMap(([axis, values]) =>
    values.flatMap((value, index): ValueFault[] => {
      if (axis !== 'python' || value !== 3.1) return [];
      return [{ keys: ['matrix', axis, index], message: 'YAML reads 3.10 as the number 3.1. Write it as "3.10"' }];
    }),
  );
}
