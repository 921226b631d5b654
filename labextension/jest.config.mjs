export default {
  modulePathIgnorePatterns: ['<rootDir>/built'],
  testEnvironment: 'jsdom',
  testMatch: ['<rootDir>/src/__tests__/**/*.spec.ts?(x)'],
  transform: {
    '^.+\\.tsx?$': [
      'ts-jest',
      {
        tsconfig: {
          esModuleInterop: true,
          jsx: 'react',
          lib: ['DOM', 'DOM.Iterable', 'ES2020'],
          module: 'commonjs',
          resolveJsonModule: true,
          strict: true,
          types: ['jest']
        }
      }
    ]
  }
};
