s=open('scripts/screenshots.mjs').read()
a=s.index("const problems = await setUp"); b=s.index("const { chromium } = await import")
s=s[:a]+s[b:]
for l in ["import { Problem } from './setup/problem.mjs'\n","import { printOutcome, setUp } from './setup/setUp.mjs'\n","import { testStages } from './setup/steps.mjs'\n","import { runDemo } from './tour/runDemo.mjs'\n"]: s=s.replace(l,"")
open('scripts/.hshots.mjs','w').write(s)
