// Tests run what the window runs, without a window: modules are made as for a browser.
export default {
  name: 'window',
  viteEnvironment: 'client',
  setup: () => ({ teardown() {} }),
};
