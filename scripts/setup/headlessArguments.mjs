/** How tests, pictures and benchmarks start Chromium: without a screen, WebGL2 drawn by processors where there is no card. */
export const headlessArguments = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // Pages are put together without the emulated graphics card, which took a third of a window's processor time.
  '--disable-gpu-compositing',
  '--disable-gpu-rasterization',
  '--disable-quic',
  // Every tab loaded two pages for an address bar that nobody sees (WebUIOmnibox…): 1.6 s of processor time a tab. Of
  // several such switches only the last counts, so what playwright turns off is here again where it matters.
  `--disable-features=${[
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'AimEnabled',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'MediaRouter',
    'OptimizationHints',
    'PaintHolding',
  ].join(',')}`,
]
